#include "peer.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AMPLIFICATION = 3 };

peer *peer_new(uint32_t session, room *where, const session_terms *terms, double now) {
    peer *who = calloc(1, sizeof *who);
    if (!who) return NULL;
    who->session = session;
    who->room = where;
    who->terms = *terms;
    who->last_heard = now;
    who->report_due = INFINITY;
    speaker_begin(&who->speaker);
    speaking_begin(&who->speaking);
    reception_begin(&who->reception);
    hearing_begin(&who->hearing);
    return who;
}

bool peer_use(peer *who, const ice_credentials *ice) {
    if (strlen(ice->local_ufrag) >= PEER_TEXT || strlen(ice->local_password) >= PEER_TEXT ||
        strlen(ice->remote_ufrag) >= PEER_TEXT)
        return false;
    strcpy(who->ice.local_ufrag, ice->local_ufrag);
    strcpy(who->ice.password, ice->local_password);
    snprintf(who->ice.username, sizeof who->ice.username, "%s:%s", ice->local_ufrag, ice->remote_ufrag);
    return true;
}

void peer_alive(peer *who, double now) {
    who->last_heard = now;
    who->lively = true;
}

bool peer_may_send(peer *who, int size) {
    if (who->proven) return true;
    if (who->spent + (uint64_t)size > AMPLIFICATION * who->received) return false;
    who->spent += (uint64_t)size;
    return true;
}

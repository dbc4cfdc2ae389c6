#include "state.h"

#include <math.h>
#include <stdlib.h>

void plane_enter(plane *p) {
    pthread_mutex_lock(&p->entry);
    pthread_mutex_lock(&p->inside);
    pthread_mutex_unlock(&p->entry);
}

void plane_exit(plane *p) {
    outbox_send(&p->out);
    pthread_mutex_unlock(&p->inside);
}

plane *plane_new(const srtp_functions *srtp, send_datagrams send, void *sender, double silence_seconds, uint64_t seed) {
    plane *p = calloc(1, sizeof *p);
    if (!p) return NULL;
    pthread_mutex_init(&p->entry, NULL);
    pthread_mutex_init(&p->inside, NULL);
    p->srtp = *srtp;
    p->out.send = send;
    p->out.sender = sender;
    p->out.counts = p->counts;
    p->silence_seconds = silence_seconds;
    p->round_due = -INFINITY;
    p->routes.seed = seed;
    return p;
}

void plane_free(plane *p) {
    for (peer *who = p->first, *after; who; who = after) {
        after = who->after;
        free(who);
    }
    for (int i = 0; i < ROOMS; i++)
        if (p->rooms[i]) room_free(p->rooms[i]);
    free(p->routes.addresses.entries);
    free(p->routes.ufrags.entries);
    pthread_mutex_destroy(&p->inside);
    pthread_mutex_destroy(&p->entry);
    free(p);
}

/* What goes through a plane to somebody, and what is read of it. */
#include <math.h>

#include "state.h"

void plane_send(plane *p, uint32_t session, const uint8_t *record, int length) {
    plane_enter(p);
    peer *who = routes_peer(&p->routes, session);
    if (who && who->has_address) {
        if (!peer_may_send(who, length))
            p->counts[COUNT_HELD_BACK]++;
        else
            outbox_copy(&p->out, record, length, &who->address);
    }
    plane_exit(p);
}

int plane_told(plane *p, event *out, int most) {
    plane_enter(p);
    int count = events_fetch(&p->told, out, most);
    plane_exit(p);
    return count;
}

double plane_heard_at(plane *p, uint32_t session) {
    plane_enter(p);
    const peer *who = routes_peer(&p->routes, session);
    double at = who && who->lively ? who->last_heard : NAN;
    plane_exit(p);
    return at;
}

void plane_counts(plane *p, uint64_t *out) {
    plane_enter(p);
    p->counts[COUNT_UNTOLD] = p->told.untold;
    for (int i = 0; i < COUNTS; i++) out[i] = p->counts[i];
    plane_exit(p);
}

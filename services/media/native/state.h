/* All that a plane has, and the lock that keeps its one loop and the control calls apart. */
#ifndef HALLWAY_STATE_H
#define HALLWAY_STATE_H

#include <pthread.h>

#include "events.h"
#include "fan_out.h"
#include "room.h"
#include "routes.h"

enum { ROOMS = 1 << 16 };

struct plane {
    pthread_mutex_t entry, inside; /* who waits at the entry comes next: a busy loop keeps nobody out */
    srtp_functions srtp;
    outbox out;
    double silence_seconds, unix_ahead, round_due; /* seconds; unix_ahead: of the monotonic clock */
    uint64_t counts[COUNTS];
    room *rooms[ROOMS]; /* by the index in their number */
    peer *first, *last; /* in the order in which they were added */
    routes routes;
    event_ring told;
};

void plane_enter(plane *p);
void plane_exit(plane *p);

#endif

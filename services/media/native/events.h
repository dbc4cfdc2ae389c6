/* What happened, in order, for whoever fetches it: bounded, and what finds no room is counted. */
#ifndef HALLWAY_EVENTS_H
#define HALLWAY_EVENTS_H

#include "plane.h"

enum { EVENTS = 1024 };

typedef struct {
    event ring[EVENTS];
    unsigned told, fetched; /* ever */
    uint64_t untold;
} event_ring;

void events_tell(event_ring *r, int kind, uint32_t session, const double *values, int count);
void events_record(event_ring *r, uint32_t session, const uint8_t *datagram, int length);
int events_fetch(event_ring *r, event *out, int most);

#endif

/* What happened, in order, for whoever fetches it: bounded, and what finds no room is counted. */
#ifndef HALLWAY_EVENTS_H
#define HALLWAY_EVENTS_H

#include <stdbool.h>

#include "plane.h"

enum { EVENTS = 1024 };

typedef struct {
    event ring[EVENTS];
    unsigned told, fetched; /* ever */
    unsigned pressing;      /* so many were told when the last came that is no measurement */
    uint64_t untold;
} event_ring;

void events_tell(event_ring *r, int kind, uint32_t session, const double *values, int count);
void events_record(event_ring *r, uint32_t session, const uint8_t *datagram, int length);
bool events_wait(const event_ring *r);  /* is there anything to fetch */
bool events_press(const event_ring *r); /* and not a few measurements alone */
int events_fetch(event_ring *r, event *out, int most);

#endif

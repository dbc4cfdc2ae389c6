/* From one voice to everyone's ears: written and encrypted for each. */
#ifndef HALLWAY_FAN_OUT_H
#define HALLWAY_FAN_OUT_H

#include "room.h"

typedef struct {
    send_datagram send;
    void *sender;
    srtp_step protect;
    uint64_t *counts; /* by `enum count` */
} way_out;

/* To everyone in the room who has a line for it but the one who speaks. */
void fan_out(const room *r, const voice *v, const peer *own, const way_out *way);

#endif

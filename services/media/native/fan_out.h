/* From one voice to everyone's ears: written and encrypted for each. */
#ifndef HALLWAY_FAN_OUT_H
#define HALLWAY_FAN_OUT_H

#include "outbox.h"
#include "room.h"

/* To everyone in the room who has a line for it but the one who speaks. */
void fan_out(const room *r, const voice *v, const peer *own, srtp_step protect, outbox *out);

#endif

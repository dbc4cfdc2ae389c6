/* What leaves, gathered, so that the kernel is asked once for many. */
#ifndef HALLWAY_OUTBOX_H
#define HALLWAY_OUTBOX_H

#include <stdbool.h>

#include "plane.h"

enum { OUTBOX_PLACE = 2048, OUTBOX_DATAGRAMS = 32, OUTBOX_USUAL = 256 }; /* bytes of a place; so many wait, so long mostly */

typedef struct {
    send_datagrams send;
    void *sender;
    uint64_t *counts; /* by `enum count` */
    int waiting, used;
    outgoing datagrams[OUTBOX_DATAGRAMS];
    uint8_t bytes[OUTBOX_DATAGRAMS * OUTBOX_USUAL + OUTBOX_PLACE];
} outbox;

uint8_t *outbox_place(outbox *out); /* where the next datagram is written */
void outbox_add(outbox *out, int length, const address *to, bool voice); /* what was written there */
void outbox_copy(outbox *out, const uint8_t *datagram, int length, const address *to);
void outbox_send(outbox *out);

#endif

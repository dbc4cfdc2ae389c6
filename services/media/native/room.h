/* One room's sound: from a decrypted microphone, past the gate, into a slot. */
#ifndef HALLWAY_ROOM_H
#define HALLWAY_ROOM_H

#include "events.h"
#include "peer.h"

struct room {
    uint32_t number, reporter; /* the SSRC of our receiver reports */
    stream streams[SLOTS];
    slots slots;
    peer *inside[SLOTS]; /* whose voice each slot carried last */
    peer **listeners;    /* in the order in which they connected */
    int people, listener_count, places;
};

typedef enum { HEARD_NOTHING, HEARD_VOICE, HEARD_MALFORMED, HEARD_UNDECRYPTABLE } heard;

room *room_new(uint32_t number, uint32_t reporter, const stream_start streams[SLOTS]);
void room_free(room *r);
bool room_expect(room *r); /* places for one more person; false when there is no memory */
void room_connect(room *r, peer *who, void *seal, void *unseal);
void room_leave(room *r, peer *who, event_ring *told, double now);
void room_hush(room *r, peer *who, event_ring *told, double now); /* they may not be heard any more */

/* An SRTP packet of theirs, decrypted where it lies, as it goes out. */
heard room_hear(room *r, peer *who, srtp_step unprotect, uint8_t *packet, int length, event_ring *told, double now,
                voice *out);

#endif

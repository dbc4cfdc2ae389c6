/* One media session as the plane knows it: where it is, its microphone and its ears. */
#ifndef HALLWAY_PEER_H
#define HALLWAY_PEER_H

#include <stdbool.h>
#include <stdint.h>

#include "listener.h"
#include "plane.h"
#include "reception.h"
#include "rollover.h"
#include "rtcp.h"
#include "slots.h"
#include "speaking.h"

enum { PEER_ADDRESSES = 16, PEER_TEXT = 257 }; /* an ufrag or password has 256 characters at most (RFC 8839 section 5.4) */

typedef struct room room;

typedef struct {
    char local_ufrag[PEER_TEXT], password[PEER_TEXT], username[2 * PEER_TEXT];
} peer_ice;

typedef struct peer {
    /* What every voice to them needs comes first, so that it lies together. */
    void *seal, *unseal;  /* SRTP; NULL until the DTLS handshake is done */
    session_terms terms;
    listener ears;
    address address; /* where their sound goes */
    bool heard, lively, told_silent, proven, has_address;
    uint32_t session;
    room *room;
    struct peer *before, *after; /* in the order in which they were added */
    double last_heard, report_due; /* seconds */
    peer_ice ice;
    address addresses[PEER_ADDRESSES]; /* proven by a check */
    uint64_t proven_at[PEER_ADDRESSES]; /* counts up, so that the oldest can be told */
    int address_count;
    uint64_t received, spent;  /* bytes, before that */
    unsigned reports;
    speaker speaker;
    speaking speaking;
    reception reception;
    hearing hearing;
    roll_over roll_over;
} peer;

peer *peer_new(uint32_t session, room *where, const session_terms *terms, double now);
bool peer_use(peer *who, const ice_credentials *ice); /* false when a text is too long */
void peer_alive(peer *who, double now);

/* Whether so many bytes more are no amplification, before DTLS is done; they count as sent then. */
bool peer_may_send(peer *who, int size);

#endif

/* One slot as a single unbroken stream, whoever speaks in it (RFC 3550 section 5.1). */
#ifndef HALLWAY_STREAM_H
#define HALLWAY_STREAM_H

#include <stdbool.h>
#include <stdint.h>

#include "plane.h"
#include "rtp.h"

typedef struct {
    uint32_t seat, ssrc;
    unsigned turn;
} stream_source;

typedef struct {
    int slot;
    uint32_t ssrc, timestamp; /* of the last packet that left */
    uint16_t sequence;
    double left_at; /* seconds; NaN before the first */
    uint64_t packets, octets;
    bool occupied;
    stream_source source; /* who is in it */
    uint16_t newest;      /* the source's sequence number, the greatest so far, and its timestamp */
    uint32_t newest_timestamp;
    int64_t since_switch; /* its distance from the source's first here */
    uint16_t sequence_offset;
    uint32_t timestamp_offset;
} stream;

/* One packet as it leaves, the same for all listeners but for their own sequence offset and payload type. */
typedef struct {
    int slot, level_dbov;
    uint32_t ssrc, seat, timestamp;
    uint16_t sequence;
    bool marker, padded;
    const uint8_t *payload;
    int payload_length;
} voice;

void stream_begin(stream *out, int slot, const stream_start *start);

/* The packet with this slot's numbers; false when it comes too late to be of use. */
bool stream_carry(stream *s, const rtp_packet *packet, stream_source source, double now, voice *out);

/* What the RTP clock of this slot shows (for sender reports). */
uint32_t stream_timestamp_at(const stream *s, double now);

#endif

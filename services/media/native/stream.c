#include "stream.h"

#include <math.h>
#include <stdlib.h>

#include "bytes.h"

enum { ONE_PACKET = 960, MOST_LATE = 64, MOST_AHEAD = 500, MOST_ASTRAY = 5 * 48000 };

void stream_begin(stream *out, int slot, const stream_start *start) {
    *out = (stream){.slot = slot, .ssrc = start->ssrc, .sequence = start->sequence, .timestamp = start->timestamp,
                    .left_at = NAN};
}

static int64_t ticks_since(const stream *s, double now) {
    return isnan(s->left_at) ? 0 : (int64_t)((now - s->left_at) * RTP_CLOCK_HZ);
}

static bool same(stream_source one, stream_source other) {
    return one.seat == other.seat && one.turn == other.turn && one.ssrc == other.ssrc;
}

/* A source that begins its numbers or its clock anew, under the same name. */
static bool jumps(const stream *s, const rtp_packet *packet, double now) {
    uint32_t expected = s->newest_timestamp + (uint32_t)ticks_since(s, now);
    return abs(ahead(packet->sequence, s->newest)) > MOST_AHEAD ||
           llabs(ahead_timestamp(packet->timestamp, expected)) > MOST_ASTRAY;
}

/* The next number, and a timestamp as much later as time has passed. */
static void switch_to(stream *s, const rtp_packet *packet, stream_source source, double now) {
    int64_t ticks = ticks_since(s, now);
    s->occupied = true;
    s->source = source;
    s->newest = packet->sequence;
    s->since_switch = 0;
    s->sequence_offset = (uint16_t)(s->sequence + 1 - packet->sequence);
    s->timestamp_offset = s->timestamp + (uint32_t)(ticks > ONE_PACKET ? ticks : ONE_PACKET) - packet->timestamp;
}

static void remember(stream *s, const voice *left, const rtp_packet *packet, int progress, double now) {
    s->packets++;
    s->octets += (uint64_t)packet->payload_length;
    if (!progress && s->since_switch) return;
    s->newest = packet->sequence;
    s->newest_timestamp = packet->timestamp;
    s->since_switch += progress;
    s->sequence = left->sequence;
    s->timestamp = left->timestamp;
    s->left_at = now;
}

bool stream_carry(stream *s, const rtp_packet *packet, stream_source source, double now, voice *out) {
    bool begins = !s->occupied || !same(source, s->source) || jumps(s, packet, now);
    if (begins) switch_to(s, packet, source, now);
    int distance = ahead(packet->sequence, s->newest);
    if (-distance > (s->since_switch < MOST_LATE ? s->since_switch : MOST_LATE)) return false;
    *out = (voice){
        .slot = s->slot,
        .level_dbov = packet->level_dbov,
        .ssrc = s->ssrc,
        .seat = source.seat,
        .timestamp = packet->timestamp + s->timestamp_offset,
        .sequence = (uint16_t)(packet->sequence + s->sequence_offset),
        .marker = begins || packet->marker,
        .padded = packet->padded,
        .payload = packet->payload,
        .payload_length = packet->payload_length,
    };
    remember(s, out, packet, distance > 0 ? distance : 0, now);
    return true;
}

uint32_t stream_timestamp_at(const stream *s, double now) { return s->timestamp + (uint32_t)ticks_since(s, now); }

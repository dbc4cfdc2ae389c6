#include "reception.h"

#include <stdlib.h>

#include "bytes.h"

enum { MOST_LOST = 0x7FFFFF }; /* a signed 24-bit number */

void reception_begin(reception *r) { *r = (reception){.fraction_lost = NOTHING_KNOWN}; }

static void start(reception *r, const rtp_packet *packet) {
    r->counting = true;
    r->ssrc = packet->ssrc;
    r->first = r->highest = packet->sequence;
    r->received = r->expected_before = r->received_before = 0;
    r->jitter = 0;
    r->has_transit = false;
}

void reception_count(reception *r, const rtp_packet *packet, double now) {
    if (!r->counting || packet->ssrc != r->ssrc) start(r, packet);
    int progress = ahead(packet->sequence, (uint16_t)r->highest);
    r->received++;
    r->highest += progress > 0 ? progress : 0;
    int64_t transit = (int64_t)(now * RTP_CLOCK_HZ) - packet->timestamp;
    if (r->has_transit) {
        double apart = (double)llabs(ahead_timestamp((uint32_t)transit, (uint32_t)r->transit));
        r->jitter += (apart - r->jitter) / 16;
    }
    r->transit = transit;
    r->has_transit = true;
}

void reception_forget(reception *r) {
    r->counting = false;
    r->fraction_lost = NOTHING_KNOWN;
}

void reception_sender_report(reception *r, uint64_t ntp_timestamp, double now) {
    r->has_sender_report = true;
    r->sender_report = (uint32_t)(ntp_timestamp >> 16);
    r->sender_report_at = now;
}

static int64_t within(int64_t value, int64_t most) { return value > most ? most : value < -most ? -most : value; }

bool reception_block(reception *r, double now, report_block *out) {
    if (!r->counting) return false;
    int64_t expected = r->highest - r->first + 1;
    int64_t since = expected - r->expected_before, got = r->received - r->received_before;
    int64_t fraction = since > got ? ((since - got) << 8) / since : 0;
    r->expected_before = expected;
    r->received_before = r->received;
    r->fraction_lost = (int)(fraction > 255 ? 255 : fraction);
    *out = (report_block){
        .ssrc = r->ssrc,
        .fraction_lost = r->fraction_lost,
        .packets_lost = (uint32_t)within(expected - r->received, MOST_LOST) & 0xFFFFFF,
        .highest_sequence = (uint32_t)r->highest,
        .jitter = (uint32_t)r->jitter,
        .lsr = r->has_sender_report ? r->sender_report : 0,
        .dlsr = r->has_sender_report ? (uint32_t)(int64_t)((now - r->sender_report_at) * 65536) : 0,
    };
    return true;
}

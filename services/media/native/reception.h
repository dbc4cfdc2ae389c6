/* How well one microphone arrives (RFC 3550 appendices A.1, A.3 and A.8). */
#ifndef HALLWAY_RECEPTION_H
#define HALLWAY_RECEPTION_H

#include <stdbool.h>
#include <stdint.h>

#include "rtp.h"

enum { NOTHING_KNOWN = -1 };

typedef struct {
    bool counting, has_transit, has_sender_report;
    uint32_t ssrc, sender_report; /* the middle of its NTP time */
    int fraction_lost;            /* of 256, in the last block */
    int64_t first, highest, received, expected_before, received_before, transit;
    double jitter, sender_report_at; /* RTP clock ticks; seconds */
} reception;

/* A report block (RFC 3550 section 6.4.1). */
typedef struct {
    uint32_t ssrc, packets_lost, highest_sequence, jitter, lsr, dlsr;
    int fraction_lost;
} report_block;

void reception_begin(reception *r);
void reception_count(reception *r, const rtp_packet *packet, double now);
void reception_forget(reception *r); /* packets go by uncounted from here */
void reception_sender_report(reception *r, uint64_t ntp_timestamp, double now);
bool reception_block(reception *r, double now, report_block *out); /* since the last call; false before the first packet */

#endif

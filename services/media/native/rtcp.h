/* RTCP: what we tell of what we sent and received, and what we take from theirs (RFC 3550 section 6.4). */
#ifndef HALLWAY_RTCP_H
#define HALLWAY_RTCP_H

#include <stdbool.h>
#include <stdint.h>

#include "listener.h"
#include "reception.h"

enum { RTCP_MOST_BYTES = 256 };
extern const double REPORT_SECONDS;

/* One moment on both clocks, in seconds: monotonic, and since 1970. */
typedef struct {
    double now, unix_now;
} moment;

/* What they say of our slots: the worst of the blocks of their last report; NOTHING_KNOWN before. */
typedef struct {
    int fraction_lost;                  /* of 256 */
    int64_t jitter, round_trip;         /* RTP clock ticks; 1/65,536 s */
} hearing;

void hearing_begin(hearing *h);

/* One compound packet for one participant into `out`: what arrived of theirs, then what was sent to them, slot by slot.
 * `reporter` is the SSRC we report reception under. Returns its length. */
int rtcp_compose(uint32_t reporter, reception *in, const listener *ears, const stream streams[SLOTS], moment at,
                 uint8_t *out);

/* Take from a decrypted compound packet their sender report, and what they say of our slots. False when malformed. */
bool rtcp_read(const uint8_t *packet, int length, reception *in, hearing *h, const stream streams[SLOTS], moment at);

#endif

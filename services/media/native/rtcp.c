#include "rtcp.h"

#include <math.h>
#include <string.h>

#include "bytes.h"

enum {
    SENDER_REPORT = 200, RECEIVER_REPORT = 201, SOURCE_DESCRIPTION = 202,
    HEADER = 4, SENDER = 24, REPORTER = 4, BLOCK = 24, CHUNK = 16, CNAME_ITEM = 1, VERSION = 0x80,
};
const double REPORT_SECONDS = 5.0;
static const char CNAME[] = "hallway";
static const double IDLE_SECONDS = 10.0, NTP_EPOCH = 2208988800.0; /* seconds from 1900 to 1970 */

void hearing_begin(hearing *h) { *h = (hearing){NOTHING_KNOWN, NOTHING_KNOWN, NOTHING_KNOWN}; }

static uint64_t ntp(moment at) { return (uint64_t)((at.unix_now + NTP_EPOCH) * 4294967296.0); }

static uint8_t *head(uint8_t *out, int kind, int count, int body) {
    out[0] = (uint8_t)(VERSION | count);
    out[1] = (uint8_t)kind;
    write16(out + 2, (uint16_t)(body / 4));
    return out + HEADER;
}

static uint8_t *receiver_report(uint8_t *out, uint32_t reporter, reception *in, double now) {
    report_block block;
    bool known = reception_block(in, now, &block);
    out = head(out, RECEIVER_REPORT, known, REPORTER + (known ? BLOCK : 0));
    write32(out, reporter);
    out += REPORTER;
    if (!known) return out;
    write32(out, block.ssrc);
    write32(out + 4, (uint32_t)block.fraction_lost << 24 | block.packets_lost);
    write32(out + 8, block.highest_sequence);
    write32(out + 12, block.jitter);
    write32(out + 16, block.lsr);
    write32(out + 20, block.dlsr);
    return out + BLOCK;
}

static uint8_t *sender_report(uint8_t *out, const stream *s, uint64_t packets, uint64_t octets, moment at) {
    out = head(out, SENDER_REPORT, 0, SENDER);
    write32(out, s->ssrc);
    write64(out + 4, ntp(at));
    write32(out + 12, stream_timestamp_at(s, at.now));
    write32(out + 16, (uint32_t)packets);
    write32(out + 20, (uint32_t)octets);
    return out + SENDER;
}

static uint8_t *description(uint8_t *out, uint32_t ssrc) {
    out = head(out, SOURCE_DESCRIPTION, 1, CHUNK);
    memset(out, 0, CHUNK);
    write32(out, ssrc);
    out[4] = CNAME_ITEM;
    out[5] = sizeof CNAME - 1;
    memcpy(out + 6, CNAME, sizeof CNAME - 1);
    return out + CHUNK;
}

int rtcp_compose(uint32_t reporter, reception *in, const listener *ears, const stream streams[SLOTS], moment at,
                 uint8_t *out) {
    uint32_t sources[1 + SLOTS] = {reporter};
    int count = 1;
    uint8_t *end = receiver_report(out, reporter, in, at.now);
    for (int i = 0; i < SLOTS; i++) {
        uint64_t packets, octets;
        listener_got(ears, &streams[i], &packets, &octets);
        if (!packets || isnan(streams[i].left_at) || at.now - streams[i].left_at >= IDLE_SECONDS) continue;
        end = sender_report(end, &streams[i], packets, octets, at);
        sources[count++] = streams[i].ssrc;
    }
    for (int i = 0; i < count; i++) end = description(end, sources[i]);
    return (int)(end - out);
}

static bool ours(const stream streams[SLOTS], uint32_t ssrc) {
    for (int i = 0; i < SLOTS; i++)
        if (streams[i].ssrc == ssrc) return true;
    return false;
}

static void worst(int64_t *known, int64_t value) {
    if (value > *known) *known = value;
}

/* A block about a slot of ours. */
static void hear(hearing *said, int64_t *fraction, const uint8_t *block, uint32_t middle) {
    uint32_t lsr = read32(block + 16), trip = middle - lsr - read32(block + 20);
    worst(fraction, block[4]);
    worst(&said->jitter, read32(block + 12));
    if (lsr && trip < 0x80000000) worst(&said->round_trip, trip); /* answered before it was asked: it says nothing */
}

/* One packet of a compound, of `length` bytes at most: the length of its body, or -1 when it is not whole. */
static int body_of(const uint8_t *packet, int length) {
    if (length < HEADER || packet[0] >> 6 != 2) return -1;
    int body = 4 * read16(packet + 2), blocks = BLOCK * (packet[0] & 31);
    int least = packet[1] == SENDER_REPORT ? SENDER + blocks : packet[1] == RECEIVER_REPORT ? REPORTER + blocks : 0;
    return body > length - HEADER || body < least ? -1 : body;
}

static void read_part(const uint8_t *packet, reception *in, hearing *said, int64_t *fraction, const stream *streams,
                      moment at) {
    bool sender = packet[1] == SENDER_REPORT;
    const uint8_t *body = packet + HEADER, *block = body + (sender ? SENDER : REPORTER);
    if (sender && in->counting && read32(body) == in->ssrc) reception_sender_report(in, read64(body + 4), at.now);
    for (int i = packet[0] & 31; i > 0; i--, block += BLOCK)
        if (ours(streams, read32(block))) hear(said, fraction, block, (uint32_t)(ntp(at) >> 16));
}

bool rtcp_read(const uint8_t *packet, int length, reception *in, hearing *h, const stream streams[SLOTS], moment at) {
    hearing said;
    int64_t fraction = NOTHING_KNOWN;
    hearing_begin(&said);
    for (int start = 0, body; start < length; start += HEADER + body) {
        body = body_of(packet + start, length - start);
        if (body < 0) return false;
        int kind = packet[start + 1];
        if (kind == SENDER_REPORT || kind == RECEIVER_REPORT)
            read_part(packet + start, in, &said, &fraction, streams, at);
    }
    if (fraction == NOTHING_KNOWN) return true;
    h->fraction_lost = (int)fraction;
    h->jitter = said.jitter;
    if (said.round_trip != NOTHING_KNOWN) h->round_trip = said.round_trip;
    return true;
}

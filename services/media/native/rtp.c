#include "rtp.h"

#include "bytes.h"

enum { EXTENSION = 4, ONE_BYTE = 0xBEDE, TWO_BYTES = 0x1000, RESERVED_ID = 15 };

/* The level among extensions of one byte or two (RFC 8285), whichever the profile says. */
static int level_in(int profile, const uint8_t *at, const uint8_t *end, int level_id) {
    int head = profile == ONE_BYTE ? 1 : (profile & 0xFFF0) == TWO_BYTES ? 2 : 0;
    while (head && at < end) {
        if (!*at) { /* padding */
            at++;
            continue;
        }
        if (end - at < head) break;
        int id = head == 1 ? at[0] >> 4 : at[0], size = head == 1 ? (at[0] & 15) + 1 : at[1];
        if (end - at < head + size || (head == 1 && id == RESERVED_ID)) break;
        if (id == level_id) return size ? at[head] & 0x7F : RTP_NO_LEVEL;
        at += head + size;
    }
    return RTP_NO_LEVEL;
}

bool rtp_parse(const uint8_t *packet, int length, int level_id, rtp_packet *out) {
    if (length < RTP_HEADER || packet[0] >> 6 != 2) return false;
    int start = RTP_HEADER + 4 * (packet[0] & 15), level = RTP_NO_LEVEL;
    if (packet[0] & 0x10) {
        if (start + EXTENSION > length) return false;
        int body = start + EXTENSION, end = body + 4 * read16(packet + start + 2);
        if (end > length) return false;
        if (level_id) level = level_in(read16(packet + start), packet + body, packet + end, level_id);
        start = end;
    }
    if (start > length) return false;
    bool padded = packet[0] & 0x20;
    int padding = packet[length - 1];
    if (padded && (!padding || padding > length - start)) return false;
    *out = (rtp_packet){
        .marker = packet[1] >> 7,
        .padded = padded,
        .payload_type = packet[1] & 0x7F,
        .level_dbov = level,
        .sequence = read16(packet + 2),
        .timestamp = read32(packet + 4),
        .ssrc = read32(packet + 8),
        .payload = packet + start,
        .payload_length = length - start,
    };
    return true;
}

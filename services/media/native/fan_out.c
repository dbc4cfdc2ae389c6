#include "fan_out.h"

#include <string.h>

#include "bytes.h"

enum {
    ONE_CSRC = 0x81, PADDED = 0x20, EXTENDED = 0x10, MARKER = 0x80, ONE_BYTE_EXTENSIONS = 0xBEDE,
    TRAILER = 144, /* the longest that libsrtp adds */
};

/* How loud the one contributing source is (RFC 6465 section 3). */
static int write_level(uint8_t *out, int level_id, int level_dbov) {
    write16(out, ONE_BYTE_EXTENSIONS);
    write16(out + 2, 1);
    out[4] = (uint8_t)(level_id << 4);
    out[5] = (uint8_t)level_dbov;
    out[6] = out[7] = 0;
    return 8;
}

/* The voice as the RTP packet of this listener; its length. */
static int write_packet(uint8_t *out, const voice *v, const peer *who) {
    bool level = who->terms.source_level_id && v->level_dbov != RTP_NO_LEVEL;
    out[0] = (uint8_t)(ONE_CSRC | (v->padded ? PADDED : 0) | (level ? EXTENDED : 0));
    out[1] = (uint8_t)(who->terms.payload_type | (v->marker ? MARKER : 0));
    write16(out + 2, (uint16_t)(v->sequence - who->ears.offsets[v->slot]));
    write32(out + 4, v->timestamp);
    write32(out + 8, v->ssrc);
    write32(out + 12, v->seat);
    int at = RTP_HEADER + 4;
    if (level) at += write_level(out + at, who->terms.source_level_id, v->level_dbov);
    memcpy(out + at, v->payload, (size_t)v->payload_length);
    return at + v->payload_length;
}

static void send_one(const voice *v, const peer *who, srtp_step protect, outbox *out) {
    uint8_t *packet = outbox_place(out);
    int length = write_packet(packet, v, who);
    if (length > OUTBOX_PLACE - TRAILER || protect(who->seal, packet, &length))
        out->counts[COUNT_REFUSED]++;
    else
        outbox_add(out, length, &who->address, true);
}

void fan_out(const room *r, const voice *v, const peer *own, srtp_step protect, outbox *out) {
    for (int i = 0; i < r->listener_count; i++) {
        const peer *who = r->listeners[i];
        if (i + 1 < r->listener_count) __builtin_prefetch(r->listeners[i + 1]);
        if (who != own && v->slot < who->terms.lines && who->has_address) send_one(v, who, protect, out);
    }
}

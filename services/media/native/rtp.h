/* RTP as bytes: the part of a header we read (RFC 3550 section 5.1). */
#ifndef HALLWAY_RTP_H
#define HALLWAY_RTP_H

#include <stdbool.h>
#include <stdint.h>

enum { RTP_HEADER = 12, RTP_SILENT_DBOV = 127, RTP_NO_LEVEL = -1 };
#define RTP_CLOCK_HZ 48000.0 /* of opus (RFC 7587 section 4.1) */

/* One packet of a microphone, decrypted. `level_dbov` is RFC 6464's; the payload still holds its padding. */
typedef struct {
    bool marker, padded;
    int payload_type, level_dbov;
    uint16_t sequence;
    uint32_t timestamp, ssrc;
    const uint8_t *payload;
    int payload_length;
} rtp_packet;

/* `level_id` is the negotiated id of the audio level extension, 0 for none. False when it is no RTP packet. */
bool rtp_parse(const uint8_t *packet, int length, int level_id, rtp_packet *out);

#endif

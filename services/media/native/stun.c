#include "stun.h"

#include <string.h>

#include "bytes.h"
#include "crc32.h"
#include "sha1.h"

enum {
    HEADER = 20, ATTRIBUTE = 4, FINGERPRINT_BYTES = 4,
    REQUEST = 0x0001, RESPONSE = 0x0101,
    USERNAME = 0x0006, INTEGRITY = 0x0008, XOR_MAPPED_ADDRESS = 0x0020, USE_CANDIDATE = 0x0025, FINGERPRINT = 0x8028,
};
static const uint32_t COOKIE = 0x2112A442, FINGERPRINT_XOR = 0x5354554E;

/* Where attributes begin; 0: not there. Of several of one kind the first counts. */
typedef struct {
    int username, integrity, fingerprint, use_candidate;
} places;

static void note(int *place, int at) {
    if (!*place) *place = at;
}

static void take(places *found, int type, int at) {
    if (type == FINGERPRINT) note(&found->fingerprint, at);
    if (found->integrity) return; /* what comes after it does not count (RFC 8489 section 14.5) */
    if (type == USERNAME) note(&found->username, at);
    if (type == USE_CANDIDATE) note(&found->use_candidate, at);
    if (type == INTEGRITY) note(&found->integrity, at);
}

static bool find(const uint8_t *datagram, int length, places *found) {
    for (int at = HEADER; at < length;) {
        int size = read16(datagram + at + 2);
        if (at + ATTRIBUTE + size > length) return false;
        take(found, read16(datagram + at), at);
        at += ATTRIBUTE + size + (-size & 3);
    }
    return found->username && found->integrity && found->fingerprint;
}

static uint32_t fingerprint(const uint8_t *message, int length) { return crc32(message, (size_t)length) ^ FINGERPRINT_XOR; }

static bool sound(const uint8_t *datagram, int length, const places *found) {
    const uint8_t *print = datagram + found->fingerprint;
    return read16(datagram + found->integrity + 2) == SHA1_BYTES &&
           read16(datagram + found->username + 2) <= STUN_MOST_USERNAME &&
           found->fingerprint == length - ATTRIBUTE - FINGERPRINT_BYTES && read16(print + 2) == FINGERPRINT_BYTES &&
           read32(print + ATTRIBUTE) == fingerprint(datagram, found->fingerprint);
}

bool stun_parse(const uint8_t *datagram, int length, stun_request *out) {
    places found = {0};
    if (length < HEADER || read16(datagram) != REQUEST || read32(datagram + 4) != COOKIE ||
        read16(datagram + 2) != length - HEADER || length % 4 || !find(datagram, length, &found) ||
        !sound(datagram, length, &found))
        return false;
    *out = (stun_request){
        .datagram = datagram,
        .transaction = datagram + 8,
        .username = datagram + found.username + ATTRIBUTE,
        .username_length = read16(datagram + found.username + 2),
        .signature = datagram + found.integrity + ATTRIBUTE,
        .signed_length = found.integrity,
        .nominates = found.use_candidate != 0,
    };
    return true;
}

bool stun_proves(const stun_request *request, const char *password, size_t length) {
    uint8_t header[HEADER], signature[SHA1_BYTES], differs = 0;
    memcpy(header, request->datagram, HEADER);
    write16(header + 2, (uint16_t)(request->signed_length + ATTRIBUTE + SHA1_BYTES - HEADER)); /* as if it ended there */
    hmac_sha1 mac;
    hmac_begin(&mac, (const uint8_t *)password, length);
    hmac_add(&mac, header, HEADER);
    hmac_add(&mac, request->datagram + HEADER, (size_t)(request->signed_length - HEADER));
    hmac_end(&mac, signature);
    for (int i = 0; i < SHA1_BYTES; i++) differs |= signature[i] ^ request->signature[i];
    return !differs; /* in the same time, however many bytes are right */
}

static int begin(uint8_t *out, int at, int type, int size) {
    write16(out + at, (uint16_t)type);
    write16(out + at + 2, (uint16_t)size);
    return at + ATTRIBUTE;
}

/* RFC 8489 section 14.2 */
static int mapped(uint8_t *out, int at, const address *from) {
    int bytes = from->family == 4 ? 4 : 16;
    at = begin(out, at, XOR_MAPPED_ADDRESS, 4 + bytes);
    out[at] = 0;
    out[at + 1] = from->family == 4 ? 1 : 2;
    write16(out + at + 2, (uint16_t)(from->port ^ COOKIE >> 16));
    for (int i = 0; i < bytes; i++) out[at + 4 + i] = from->host[i] ^ out[4 + i]; /* cookie, then transaction */
    return at + 4 + bytes;
}

static void count_length(uint8_t *out, int at, int more) { write16(out + 2, (uint16_t)(at + ATTRIBUTE + more - HEADER)); }

int stun_answer(const stun_request *request, const address *from, const char *password, size_t length, uint8_t *out) {
    write16(out, RESPONSE);
    write32(out + 4, COOKIE);
    memcpy(out + 8, request->transaction, STUN_TRANSACTION_BYTES);
    int at = mapped(out, HEADER, from);
    count_length(out, at, SHA1_BYTES);
    hmac_sha1 mac;
    hmac_begin(&mac, (const uint8_t *)password, length);
    hmac_add(&mac, out, (size_t)at);
    at = begin(out, at, INTEGRITY, SHA1_BYTES);
    hmac_end(&mac, out + at);
    at += SHA1_BYTES;
    count_length(out, at, FINGERPRINT_BYTES);
    uint32_t print = fingerprint(out, at);
    at = begin(out, at, FINGERPRINT, FINGERPRINT_BYTES);
    write32(out + at, print);
    return at + FINGERPRINT_BYTES;
}

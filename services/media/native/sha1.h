/* HMAC-SHA1 (RFC 2104, RFC 3174), which STUN signs with. */
#ifndef HALLWAY_SHA1_H
#define HALLWAY_SHA1_H

#include <stddef.h>
#include <stdint.h>

enum { SHA1_BYTES = 20, SHA1_BLOCK = 64 };

typedef struct {
    uint32_t state[5];
    uint64_t length; /* bytes so far */
    uint8_t block[SHA1_BLOCK];
} sha1;

typedef struct {
    sha1 inner, outer;
} hmac_sha1;

void sha1_begin(sha1 *hash);
void sha1_add(sha1 *hash, const uint8_t *bytes, size_t length);
void sha1_end(sha1 *hash, uint8_t out[SHA1_BYTES]);

void hmac_begin(hmac_sha1 *mac, const uint8_t *key, size_t length);
void hmac_add(hmac_sha1 *mac, const uint8_t *bytes, size_t length);
void hmac_end(hmac_sha1 *mac, uint8_t out[SHA1_BYTES]);

#endif

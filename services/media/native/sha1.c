#include "sha1.h"

#include <string.h>

#include "bytes.h"

enum { ROUNDS = 80, LENGTH_AT = SHA1_BLOCK - 8 };

static uint32_t rotate(uint32_t word, int by) { return word << by | word >> (32 - by); }

/* What a round mixes of three words, and its constant (RFC 3174 section 5). */
static uint32_t mixed(int round, uint32_t b, uint32_t c, uint32_t d) {
    switch (round / 20) {
        case 0: return ((b & c) | (~b & d)) + 0x5A827999;
        case 1: return (b ^ c ^ d) + 0x6ED9EBA1;
        case 2: return ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC;
        default: return (b ^ c ^ d) + 0xCA62C1D6;
    }
}

static void crunch(uint32_t state[5], const uint8_t block[SHA1_BLOCK]) {
    uint32_t words[ROUNDS];
    for (int i = 0; i < 16; i++) words[i] = read32(block + 4 * i);
    for (int i = 16; i < ROUNDS; i++) words[i] = rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t next = rotate(a, 5) + mixed(i, b, c, d) + e + words[i];
        e = d;
        d = c;
        c = rotate(b, 30);
        b = a;
        a = next;
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
    state[4] += e;
}

void sha1_begin(sha1 *hash) {
    static const uint32_t start[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    memcpy(hash->state, start, sizeof start);
    hash->length = 0;
}

void sha1_add(sha1 *hash, const uint8_t *bytes, size_t length) {
    while (length) {
        size_t at = hash->length % SHA1_BLOCK, room = SHA1_BLOCK - at, part = length < room ? length : room;
        memcpy(hash->block + at, bytes, part);
        hash->length += part;
        bytes += part;
        length -= part;
        if (part == room) crunch(hash->state, hash->block);
    }
}

void sha1_end(sha1 *hash, uint8_t out[SHA1_BYTES]) {
    static const uint8_t padding[SHA1_BLOCK] = {0x80};
    uint8_t bits[8];
    write64(bits, hash->length * 8);
    size_t at = hash->length % SHA1_BLOCK;
    sha1_add(hash, padding, at < LENGTH_AT ? LENGTH_AT - at : SHA1_BLOCK + LENGTH_AT - at);
    sha1_add(hash, bits, sizeof bits);
    for (int i = 0; i < 5; i++) write32(out + 4 * i, hash->state[i]);
}

static void begin_with(sha1 *hash, const uint8_t key[SHA1_BLOCK], uint8_t mask) {
    uint8_t masked[SHA1_BLOCK];
    for (int i = 0; i < SHA1_BLOCK; i++) masked[i] = key[i] ^ mask;
    sha1_begin(hash);
    sha1_add(hash, masked, sizeof masked);
}

void hmac_begin(hmac_sha1 *mac, const uint8_t *key, size_t length) {
    uint8_t block[SHA1_BLOCK] = {0};
    if (length > SHA1_BLOCK) {
        sha1_begin(&mac->inner);
        sha1_add(&mac->inner, key, length);
        sha1_end(&mac->inner, block);
    } else {
        memcpy(block, key, length);
    }
    begin_with(&mac->inner, block, 0x36);
    begin_with(&mac->outer, block, 0x5C);
}

void hmac_add(hmac_sha1 *mac, const uint8_t *bytes, size_t length) { sha1_add(&mac->inner, bytes, length); }

void hmac_end(hmac_sha1 *mac, uint8_t out[SHA1_BYTES]) {
    uint8_t inner[SHA1_BYTES];
    sha1_end(&mac->inner, inner);
    sha1_add(&mac->outer, inner, sizeof inner);
    sha1_end(&mac->outer, out);
}

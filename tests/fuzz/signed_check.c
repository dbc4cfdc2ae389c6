/* A connectivity check as a client signs it, written with the plane's own hashes: those are compared with Python's. */
#include <string.h>

#include "bytes.h"
#include "crc32.h"
#include "sha1.h"

int signed_check(uint8_t *out, const char *ufrag, const char *password, const char *remote, int nominate);

static int attribute(uint8_t *out, int at, int type, const char *value, int length) {
    write16(out + at, (uint16_t)type);
    write16(out + at + 2, (uint16_t)length);
    memset(out + at + 4, 0, (size_t)(length + 3) & ~3u);
    if (length) memcpy(out + at + 4, value, (size_t)length);
    return at + 4 + ((length + 3) & ~3);
}

int signed_check(uint8_t *out, const char *ufrag, const char *password, const char *remote, int nominate) {
    char username[64];
    hmac_sha1 mac;
    memset(out, 0, 20);
    write16(out, 1);
    write32(out + 4, 0x2112A442);
    strcpy(username, ufrag);
    strcat(username, ":");
    strcat(username, remote);
    int at = attribute(out, 20, 6, username, (int)strlen(username));
    if (nominate) at = attribute(out, at, 0x25, "", 0);
    write16(out + 2, (uint16_t)(at + 4));
    hmac_begin(&mac, (const uint8_t *)password, strlen(password));
    hmac_add(&mac, out, (size_t)at);
    write16(out + at, 8);
    write16(out + at + 2, SHA1_BYTES);
    hmac_end(&mac, out + at + 4);
    at += 24;
    write16(out + 2, (uint16_t)(at - 12));
    write32(out + at + 4, crc32(out, (size_t)at) ^ 0x5354554E);
    write16(out + at, 0x8028);
    write16(out + at + 2, 4);
    return at + 8;
}

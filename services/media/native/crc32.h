/* CRC-32 as of ISO 3309, which STUN's FINGERPRINT is (RFC 8489 section 14.7). */
#ifndef HALLWAY_CRC32_H
#define HALLWAY_CRC32_H

#include <stddef.h>
#include <stdint.h>

uint32_t crc32(const uint8_t *bytes, size_t length);

#endif

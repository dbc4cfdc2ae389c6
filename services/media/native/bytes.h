/* Numbers in network byte order, and what wraps around. */
#ifndef HALLWAY_BYTES_H
#define HALLWAY_BYTES_H

#include <stdint.h>

static inline uint16_t read16(const uint8_t *b) { return (uint16_t)(b[0] << 8 | b[1]); }
static inline uint32_t read32(const uint8_t *b) { return (uint32_t)read16(b) << 16 | read16(b + 2); }
static inline uint64_t read64(const uint8_t *b) { return (uint64_t)read32(b) << 32 | read32(b + 4); }

static inline void write16(uint8_t *b, uint16_t value) {
    b[0] = (uint8_t)(value >> 8);
    b[1] = (uint8_t)value;
}

static inline void write32(uint8_t *b, uint32_t value) {
    write16(b, (uint16_t)(value >> 16));
    write16(b + 2, (uint16_t)value);
}

static inline void write64(uint8_t *b, uint64_t value) {
    write32(b, (uint32_t)(value >> 32));
    write32(b + 4, (uint32_t)value);
}

/* How far one lies ahead of the other; negative when behind. */
static inline int ahead(uint16_t sequence, uint16_t of) { return (int16_t)(uint16_t)(sequence - of); }
static inline int64_t ahead_timestamp(uint32_t timestamp, uint32_t of) { return (int32_t)(timestamp - of); }

#endif

/* Keeping SRTP's roll-over counter alive while nobody listens (RFC 3711 section 3.3.1). */
#ifndef HALLWAY_ROLLOVER_H
#define HALLWAY_ROLLOVER_H

#include <stdbool.h>
#include <stdint.h>

enum { ROLL_OVER_SOURCES = 8 };

/* The sequence numbers of one session's packets that were decrypted, by SSRC. */
typedef struct {
    int count;
    uint32_t ssrc[ROLL_OVER_SOURCES];
    uint16_t last[ROLL_OVER_SOURCES];
} roll_over;

bool roll_over_admits(const roll_over *known, uint32_t ssrc);
bool roll_over_due(const roll_over *known, uint32_t ssrc, uint16_t sequence); /* although nobody is to hear it */
void roll_over_decrypted(roll_over *known, uint32_t ssrc, uint16_t sequence);

#endif

#include "rollover.h"

enum { EVERY = 4096 }; /* half of what is promised, so that a lost packet does no harm */

static int find(const roll_over *known, uint32_t ssrc) {
    for (int i = 0; i < known->count; i++)
        if (known->ssrc[i] == ssrc) return i;
    return -1;
}

bool roll_over_admits(const roll_over *known, uint32_t ssrc) {
    return known->count < ROLL_OVER_SOURCES || find(known, ssrc) >= 0;
}

bool roll_over_due(const roll_over *known, uint32_t ssrc, uint16_t sequence) {
    int at = find(known, ssrc);
    return at < 0 || (uint16_t)(sequence - known->last[at]) >= EVERY;
}

void roll_over_decrypted(roll_over *known, uint32_t ssrc, uint16_t sequence) {
    int at = find(known, ssrc);
    if (at < 0) known->ssrc[at = known->count++] = ssrc;
    known->last[at] = sequence;
}

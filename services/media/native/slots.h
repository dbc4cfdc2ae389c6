/* Who is heard: three slots a room, given to the loudest three of any number of speakers. */
#ifndef HALLWAY_SLOTS_H
#define HALLWAY_SLOTS_H

#include <stdbool.h>

enum { SLOTS = 3, NO_SLOT = -1, UNKNOWN_DBOV = 60 };

/* A voice as choosing sees it; the level runs over audible packets only. */
typedef struct {
    double level_dbov, audible_at, taken_at; /* seconds */
    int slot;
    unsigned turn; /* counts the times they took a slot */
} speaker;

typedef struct {
    speaker *owners[SLOTS];
    speaker **waiting; /* in the order in which they came; as many places as there are people in the room */
    int waiting_count;
} slots;

void speaker_begin(speaker *voice);
int slots_hear(slots *all, speaker *voice, int level_dbov, double now); /* the slot the packet goes into, or NO_SLOT */
void slots_release(slots *all, speaker *voice, double now);

#endif

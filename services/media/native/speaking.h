/* When someone counts as speaking: after a few loud packets, until a pause that is more than a breath. */
#ifndef HALLWAY_SPEAKING_H
#define HALLWAY_SPEAKING_H

#include <stdbool.h>

typedef struct {
    bool on;
    double since, first_at, loud_at; /* seconds; of the loud packets that count, the first and the last */
    int loud;              /* packets */
} speaking;

void speaking_begin(speaking *voice);
bool speaking_hear(speaking *voice, int level_dbov, double now); /* true when speaking starts with this packet */
bool speaking_pause(speaking *voice, double now, double *seconds); /* true once it has been quiet long enough */
bool speaking_stop(speaking *voice, double *seconds);              /* at once; false when silent anyway */

#endif

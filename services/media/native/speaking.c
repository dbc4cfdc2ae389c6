#include "speaking.h"

#include <math.h>

enum { LOUD_DBOV = 50, LOUD_PACKETS = 5 };
static const double QUIET_SECONDS = 1.0;

void speaking_begin(speaking *voice) { *voice = (speaking){.loud_at = -INFINITY}; }

bool speaking_hear(speaking *voice, int level_dbov, double now) {
    if (level_dbov > LOUD_DBOV) return false;
    voice->loud = now - voice->loud_at < QUIET_SECONDS ? voice->loud + 1 : 1;
    voice->loud_at = now;
    if (voice->loud == 1) voice->first_at = now;
    if (voice->on || voice->loud < LOUD_PACKETS) return false;
    voice->on = true;
    voice->since = voice->first_at; /* what made it count was spoken, too */
    return true;
}

bool speaking_pause(speaking *voice, double now, double *seconds) {
    if (!voice->on || now - voice->loud_at < QUIET_SECONDS) return false;
    return speaking_stop(voice, seconds);
}

bool speaking_stop(speaking *voice, double *seconds) {
    if (!voice->on) return false;
    *seconds = voice->loud_at - voice->since;
    voice->on = false;
    voice->loud = 0;
    return true;
}

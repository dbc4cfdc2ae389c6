#include "slots.h"

#include <math.h>
#include <stddef.h>

#include "rtp.h"

enum { AUDIBLE_DBOV = 80 };
static const double TAKE_DB = 10.0, HOLD_SECONDS = 2.0, WAITING_SECONDS = 0.5, SMOOTHING = 0.2;

void speaker_begin(speaker *voice) {
    *voice = (speaker){.level_dbov = RTP_SILENT_DBOV, .audible_at = -INFINITY, .taken_at = -INFINITY, .slot = NO_SLOT};
}

static void listen(speaker *voice, int level_dbov, double now) {
    if (now - voice->audible_at > HOLD_SECONDS) voice->level_dbov = RTP_SILENT_DBOV; /* one loud click takes no slot */
    voice->level_dbov += (level_dbov - voice->level_dbov) * SMOOTHING;
    voice->audible_at = now;
}

static void wait(slots *all, speaker *voice) {
    for (int i = 0; i < all->waiting_count; i++)
        if (all->waiting[i] == voice) return;
    all->waiting[all->waiting_count++] = voice;
}

static void wait_no_more(slots *all, const speaker *voice) {
    int kept = 0;
    for (int i = 0; i < all->waiting_count; i++)
        if (all->waiting[i] != voice) all->waiting[kept++] = all->waiting[i];
    all->waiting_count = kept;
}

/* Of those who were audible a moment ago; who was not waits no more. */
static speaker *loudest_waiting(slots *all, double now) {
    speaker *loudest = NULL;
    int kept = 0;
    for (int i = 0; i < all->waiting_count; i++) {
        speaker *one = all->waiting[i];
        if (now - one->audible_at > WAITING_SECONDS) continue;
        all->waiting[kept++] = one;
        if (!loudest || one->level_dbov < loudest->level_dbov) loudest = one;
    }
    all->waiting_count = kept;
    return loudest;
}

/* The lowest slot that nobody owns, or else the one whose owner has been silent longest. */
static int free_slot(const slots *all, double now) {
    const speaker *longest = NULL;
    for (int i = 0; i < SLOTS; i++) {
        const speaker *owner = all->owners[i];
        if (!owner) return i;
        if (!longest || owner->audible_at < longest->audible_at) longest = owner;
    }
    return now - longest->audible_at > HOLD_SECONDS ? longest->slot : NO_SLOT;
}

static int weaker_slot(const slots *all, const speaker *challenger, double now) {
    const speaker *quietest = NULL;
    for (int i = 0; i < SLOTS; i++) {
        const speaker *owner = all->owners[i];
        if (!owner || now - owner->taken_at <= HOLD_SECONDS) continue;
        if (!quietest || owner->level_dbov > quietest->level_dbov) quietest = owner;
    }
    return quietest && challenger->level_dbov + TAKE_DB <= quietest->level_dbov ? quietest->slot : NO_SLOT;
}

static void take(slots *all, int slot, speaker *voice, double now) {
    if (all->owners[slot]) all->owners[slot]->slot = NO_SLOT;
    all->owners[slot] = voice;
    wait_no_more(all, voice);
    voice->slot = slot;
    voice->taken_at = now;
    voice->turn++;
}

/* One slot to the loudest of those waiting, if there is one to be had. */
static void give(slots *all, double now) {
    speaker *loudest = loudest_waiting(all, now);
    if (!loudest) return;
    int slot = free_slot(all, now);
    if (slot == NO_SLOT) slot = weaker_slot(all, loudest, now);
    if (slot != NO_SLOT) take(all, slot, loudest, now);
}

int slots_hear(slots *all, speaker *voice, int level_dbov, double now) {
    if (level_dbov <= AUDIBLE_DBOV) {
        listen(voice, level_dbov, now);
        if (voice->slot == NO_SLOT) {
            wait(all, voice);
            give(all, now);
        }
    }
    return voice->slot;
}

void slots_release(slots *all, speaker *voice, double now) {
    wait_no_more(all, voice);
    if (voice->slot == NO_SLOT) return;
    all->owners[voice->slot] = NULL;
    voice->slot = NO_SLOT;
    give(all, now);
}

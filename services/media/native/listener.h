/* One person's ears: the numbers that make each slot an unbroken stream for them alone. */
#ifndef HALLWAY_LISTENER_H
#define HALLWAY_LISTENER_H

#include <stdbool.h>
#include <stdint.h>

#include "slots.h"
#include "stream.h"

/* Where a slot's stream stood when something happened. */
typedef struct {
    bool set;
    uint16_t sequence;
    uint64_t packets, octets;
} mark;

typedef struct {
    uint16_t offsets[SLOTS];                              /* subtracted from a voice's sequence number */
    uint64_t unheard_packets[SLOTS], unheard_octets[SLOTS]; /* went by without us */
    mark own_voice[SLOTS];
} listener;

void listener_begin(listener *ears, const stream streams[SLOTS]);
void listener_pause(listener *ears, const stream *s);  /* their own voice enters this slot: nobody hears themselves */
void listener_resume(listener *ears, const stream *s); /* another voice follows, with the next number */
void listener_got(const listener *ears, const stream *s, uint64_t *packets, uint64_t *octets);

#endif

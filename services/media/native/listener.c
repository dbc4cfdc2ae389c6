#include "listener.h"

enum { HALF = 0x8000 }; /* SRTP's roll-over counter starts at 0, so everyone begins in the low half */

static mark mark_of(const stream *s) { return (mark){true, s->sequence, s->packets, s->octets}; }

void listener_begin(listener *ears, const stream streams[SLOTS]) {
    for (int i = 0; i < SLOTS; i++) {
        ears->offsets[i] = (uint16_t)(streams[i].sequence + 1) & HALF;
        ears->unheard_packets[i] = streams[i].packets;
        ears->unheard_octets[i] = streams[i].octets;
    }
}

void listener_pause(listener *ears, const stream *s) { ears->own_voice[s->slot] = mark_of(s); }

void listener_resume(listener *ears, const stream *s) {
    mark *since = &ears->own_voice[s->slot];
    if (!since->set) return;
    ears->offsets[s->slot] += (uint16_t)(s->sequence - since->sequence);
    ears->unheard_packets[s->slot] += s->packets - since->packets;
    ears->unheard_octets[s->slot] += s->octets - since->octets;
    since->set = false;
}

void listener_got(const listener *ears, const stream *s, uint64_t *packets, uint64_t *octets) {
    mark until = ears->own_voice[s->slot].set ? ears->own_voice[s->slot] : mark_of(s);
    *packets = until.packets - ears->unheard_packets[s->slot];
    *octets = until.octets - ears->unheard_octets[s->slot];
}

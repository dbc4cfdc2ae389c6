#include "room.h"

#include <stdlib.h>
#include <string.h>

#include "bytes.h"

room *room_new(uint32_t number, uint32_t reporter, const stream_start streams[SLOTS]) {
    room *r = calloc(1, sizeof *r);
    if (!r) return NULL;
    r->number = number;
    r->reporter = reporter;
    for (int i = 0; i < SLOTS; i++) stream_begin(&r->streams[i], i, &streams[i]);
    return r;
}

void room_free(room *r) {
    free(r->listeners);
    free(r->slots.waiting);
    free(r);
}

static bool grow(void **array, int places) {
    void *grown = realloc(*array, (size_t)places * sizeof(void *));
    if (grown) *array = grown;
    return grown;
}

bool room_expect(room *r) {
    if (r->people == r->places) {
        int places = r->places ? 2 * r->places : 8;
        if (!grow((void **)&r->listeners, places) || !grow((void **)&r->slots.waiting, places)) return false;
        r->places = places;
    }
    r->people++;
    return true;
}

void room_connect(room *r, peer *who, void *seal, void *unseal) {
    who->seal = seal;
    who->unseal = unseal;
    who->proven = true;
    listener_begin(&who->ears, r->streams);
    r->listeners[r->listener_count++] = who;
}

static void stop_listening(room *r, const peer *who) {
    int kept = 0;
    for (int i = 0; i < r->listener_count; i++)
        if (r->listeners[i] != who) r->listeners[kept++] = r->listeners[i];
    r->listener_count = kept;
}

void room_leave(room *r, peer *who, event_ring *told, double now) {
    stop_listening(r, who);
    for (int i = 0; i < SLOTS; i++)
        if (r->inside[i] == who) r->inside[i] = NULL;
    room_hush(r, who, told, now);
    r->people--;
}

void room_hush(room *r, peer *who, event_ring *told, double now) {
    double seconds;
    slots_release(&r->slots, &who->speaker, now);
    reception_forget(&who->reception);
    if (speaking_stop(&who->speaking, &seconds)) events_tell(told, EVENT_STOPPED, who->session, &seconds, 1);
}

static void enter(room *r, int slot, peer *who) {
    peer *former = r->inside[slot];
    if (former == who) return;
    if (former) listener_resume(&former->ears, &r->streams[slot]);
    listener_pause(&who->ears, &r->streams[slot]);
    r->inside[slot] = who;
}

static heard carry(room *r, peer *who, const rtp_packet *packet, event_ring *told, double now, voice *out) {
    int level = packet->level_dbov == RTP_NO_LEVEL ? UNKNOWN_DBOV : packet->level_dbov;
    reception_count(&who->reception, packet, now);
    if (speaking_hear(&who->speaking, level, now)) events_tell(told, EVENT_STARTED, who->session, NULL, 0);
    int slot = slots_hear(&r->slots, &who->speaker, level, now);
    if (slot == NO_SLOT) return HEARD_NOTHING;
    enter(r, slot, who);
    stream_source source = {who->terms.seat, packet->ssrc, who->speaker.turn};
    return stream_carry(&r->streams[slot], packet, source, now, out) ? HEARD_VOICE : HEARD_NOTHING;
}

heard room_hear(room *r, peer *who, srtp_step unprotect, uint8_t *packet, int length, event_ring *told, double now,
                voice *out) {
    rtp_packet read;
    if (length < RTP_HEADER) return HEARD_MALFORMED;
    uint32_t ssrc = read32(packet + 8);
    uint16_t sequence = read16(packet + 2);
    if (!roll_over_admits(&who->roll_over, ssrc)) return HEARD_NOTHING;
    if (!who->heard && !roll_over_due(&who->roll_over, ssrc, sequence)) return HEARD_NOTHING;
    if (unprotect(who->unseal, packet, &length)) return HEARD_UNDECRYPTABLE;
    if (!rtp_parse(packet, length, who->terms.level_id, &read)) return HEARD_MALFORMED;
    roll_over_decrypted(&who->roll_over, ssrc, sequence);
    peer_alive(who, now);
    if (!who->heard || read.payload_type != who->terms.payload_type) return HEARD_NOTHING;
    return carry(r, who, &read, told, now, out);
}

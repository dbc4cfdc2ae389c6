#define _GNU_SOURCE
#include <sys/socket.h>

#include "crowd.h"

enum { FRAME = 960, PAYLOAD = 80, LEVEL_DBOV = 30, PAYLOAD_TYPE = 111, RECEIVER_REPORT = 201, REPORTER = 8, BLOCK = 24 };
static const int64_t PACKET_NS = 20000000;

static void until(int64_t when) {
    struct timespec wake = {when / SECOND, when % SECOND};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &wake, NULL);
}

/* A receiver report with a block for each slot that was heard (RFC 3550 section 6.4.2); its length. */
static int write_report(crowd *c, int who, uint8_t *out) {
    int count = 0;
    pthread_mutex_lock(&c->lock);
    for (const heard_stream *in = c->states[who].streams; in < c->states[who].streams + SLOTS && in->known; in++) {
        uint8_t *block = out + REPORTER + BLOCK * count++;
        put32(block, in->ssrc);
        put32(block + 8, in->last);
    }
    pthread_mutex_unlock(&c->lock);
    out[0] = (uint8_t)(0x80 | count);
    out[1] = RECEIVER_REPORT;
    out[3] = (uint8_t)(1 + BLOCK / 4 * count); /* words after the first */
    put32(out + 4, c->clients[who].ssrc);
    return REPORTER + BLOCK * count;
}

/* Consent (RFC 7675) and a receiver report, every 5 s. */
static void keep(crowd *c, int who, int64_t now) {
    uint8_t report[MOST] = {0};
    int length = write_report(c, who, report);
    c->states[who].keep_due = now + KEEP_NS;
    send(c->clients[who].socket, c->clients[who].check, (size_t)c->clients[who].check_length, MSG_DONTWAIT);
    if (!c->srtp.protect_rtcp(c->clients[who].seal, report, &length))
        send(c->clients[who].socket, report, (size_t)length, MSG_DONTWAIT);
}

static void say(crowd *c, int who, int frames) {
    state *s = &c->states[who];
    uint8_t packet[MOST] = {0x90, PAYLOAD_TYPE};
    int length = 20 + PAYLOAD * frames;
    int64_t now = at(CLOCK_REALTIME);
    uint16_t sequence = htons(++s->sequence);
    memcpy(packet + 2, &sequence, 2);
    put32(packet + 4, s->timestamp += (uint32_t)(FRAME * frames));
    put32(packet + 8, c->clients[who].ssrc);
    put32(packet + 12, 0xBEDE0001);
    packet[16] = 0x10;
    packet[17] = 0x80 | LEVEL_DBOV;
    memcpy(packet + 20, &now, sizeof now);
    if (!c->srtp.protect(c->clients[who].seal, packet, &length))
        send(c->clients[who].socket, packet, (size_t)length, MSG_DONTWAIT);
}

void *crowd_talk(void *argument) {
    crowd *c = argument;
    int turn = 0;
    for (int64_t next = at(CLOCK_MONOTONIC); !atomic_load(&c->stopped); until(next += PACKET_NS)) {
        int frames = atomic_load(&c->packet_ms) / FRAME_MS, count = turn++ % frames ? 0 : atomic_load(&c->speaking);
        for (int i = 0; i < count; i++) say(c, c->speakers[i], frames);
        for (int i = 0; i < c->count; i++)
            if (c->states[i].keep_due <= next) keep(c, i, next);
    }
    return NULL;
}

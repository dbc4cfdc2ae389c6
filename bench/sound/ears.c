#define _GNU_SOURCE
#include "ears.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>

enum { MOST = 1500, MOST_SPEAKERS = 1024, SLOTS = 8, FRAME = 960, FRAME_MS = 20, PAYLOAD = 80, LEVEL_DBOV = 30, PAYLOAD_TYPE = 111 };
static const int64_t SECOND = 1000000000, PACKET_NS = 20000000, KEEP_NS = 5000000000; /* consent and reports */

typedef struct {
    uint32_t ssrc;
    uint16_t last;
    bool known;
} heard_stream;

typedef struct {
    heard_stream streams[SLOTS];
    uint16_t sequence;
    uint32_t timestamp;
    int64_t keep_due;
} state;

struct crowd {
    srtp_functions srtp;
    const client *clients;
    state *states;
    int count, epoll;
    _Atomic int speaking, packet_ms;
    int speakers[MOST_SPEAKERS];
    atomic_bool stopped;
    tally counted;
    uint32_t *delays;
    uint64_t samples;
    pthread_mutex_t lock;
    pthread_t listener, speaker;
};

static int64_t at(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

static void until(int64_t when) {
    struct timespec wake = {when / SECOND, when % SECOND};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &wake, NULL);
}

static void put32(uint8_t *b, uint32_t value) {
    value = htonl(value);
    memcpy(b, &value, 4);
}

static uint32_t get32(const uint8_t *b) {
    uint32_t value;
    memcpy(&value, b, 4);
    return ntohl(value);
}

static heard_stream *stream_of(state *s, uint32_t ssrc) {
    for (int i = 0; i < SLOTS; i++) {
        if (!s->streams[i].known) s->streams[i] = (heard_stream){ssrc, 0, false};
        if (s->streams[i].ssrc == ssrc) return &s->streams[i];
    }
    return &s->streams[0];
}

/* An authentic voice: no number is left out, and how long it was under way. */
static void hear(crowd *c, state *s, const uint8_t *packet, int64_t arrived) {
    heard_stream *in = stream_of(s, get32(packet + 8));
    uint16_t sequence = (uint16_t)(packet[2] << 8 | packet[3]);
    if (in->known && (uint16_t)(sequence - in->last) != 1) c->counted.lost += (uint16_t)(sequence - in->last) - 1u;
    in->last = sequence;
    in->known = true;
    c->counted.heard++;
    int64_t sent;
    memcpy(&sent, packet + 16, sizeof sent); /* after one contributing source */
    if (c->counted.delays < c->samples) c->delays[c->counted.delays++] = (uint32_t)(arrived - sent);
}

static int64_t arrival(struct msghdr *message) {
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part))
        if (part->cmsg_type == SO_TIMESTAMPNS) {
            struct timespec stamp;
            memcpy(&stamp, CMSG_DATA(part), sizeof stamp);
            return stamp.tv_sec * SECOND + stamp.tv_nsec;
        }
    return at(CLOCK_REALTIME);
}

static void take(crowd *c, int who, uint8_t *packet, int length, int64_t arrived) {
    void *unseal = c->clients[who].unseal;
    if (packet[0] < 4)
        c->counted.checks++;
    else if (packet[0] >= 128 && packet[1] >= 192 && packet[1] <= 223)
        (*(c->srtp.unprotect_rtcp(unseal, packet, &length) ? &c->counted.wrong : &c->counted.reports))++;
    else if (packet[0] >= 128 && !c->srtp.unprotect(unseal, packet, &length))
        hear(c, &c->states[who], packet, arrived);
    else
        c->counted.wrong++;
}

static void receive(crowd *c, int who) {
    uint8_t packet[MOST], control[64];
    for (;;) {
        struct iovec part = {packet, MOST};
        struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
        int length = (int)recvmsg(c->clients[who].socket, &message, MSG_DONTWAIT);
        if (length <= 0) return;
        pthread_mutex_lock(&c->lock);
        take(c, who, packet, length, arrival(&message));
        pthread_mutex_unlock(&c->lock);
    }
}

/* Consent (RFC 7675) and a receiver report, every 5 s. */
static void keep(crowd *c, int who, int64_t now) {
    uint8_t report[64] = {0x80, 201, 0, 1};
    int length = 8;
    c->states[who].keep_due = now + KEEP_NS;
    send(c->clients[who].socket, c->clients[who].check, (size_t)c->clients[who].check_length, MSG_DONTWAIT);
    put32(report + 4, c->clients[who].ssrc);
    if (!c->srtp.protect_rtcp(c->clients[who].seal, report, &length))
        send(c->clients[who].socket, report, (size_t)length, MSG_DONTWAIT);
}

static void *listen_on(void *argument) {
    crowd *c = argument;
    struct epoll_event ready[256];
    while (!atomic_load(&c->stopped)) {
        int count = epoll_wait(c->epoll, ready, 256, 100);
        for (int i = 0; i < count; i++) receive(c, (int)ready[i].data.u32);
    }
    return NULL;
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

static void *speak(void *argument) {
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

crowd *crowd_new(const srtp_functions *srtp, const client *clients, int count, uint32_t *delays, uint64_t samples) {
    crowd *c = calloc(1, sizeof *c);
    static const int on = 1;
    c->srtp = *srtp;
    c->clients = clients;
    c->states = calloc((size_t)count, sizeof *c->states);
    c->count = count;
    c->delays = delays;
    c->packet_ms = FRAME_MS;
    c->samples = samples;
    c->epoll = epoll_create1(0);
    pthread_mutex_init(&c->lock, NULL);
    for (int i = 0; i < count; i++) {
        struct epoll_event wanted = {.events = EPOLLIN, .data.u32 = (uint32_t)i};
        setsockopt(clients[i].socket, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
        epoll_ctl(c->epoll, EPOLL_CTL_ADD, clients[i].socket, &wanted);
        c->states[i].keep_due = at(CLOCK_MONOTONIC) + KEEP_NS * i / count; /* spread over the 5 s */
    }
    pthread_create(&c->listener, NULL, listen_on, c);
    pthread_create(&c->speaker, NULL, speak, c);
    return c;
}

void crowd_speak(crowd *c, const int *speakers, int count, int packet_ms) {
    atomic_store(&c->speaking, 0);
    atomic_store(&c->packet_ms, packet_ms);
    memcpy(c->speakers, speakers, (size_t)count * sizeof *speakers);
    atomic_store(&c->speaking, count);
}

void crowd_forget(crowd *c) {
    pthread_mutex_lock(&c->lock);
    c->counted = (tally){0};
    pthread_mutex_unlock(&c->lock);
}

void crowd_counted(crowd *c, tally *out) {
    pthread_mutex_lock(&c->lock);
    *out = c->counted;
    pthread_mutex_unlock(&c->lock);
}

void crowd_free(crowd *c) {
    atomic_store(&c->stopped, true);
    pthread_join(c->listener, NULL);
    pthread_join(c->speaker, NULL);
    free(c->states);
    free(c);
}

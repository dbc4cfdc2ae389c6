/* The inside of a crowd: one thread listens for all of them, one speaks and keeps consent for all of them. */
#ifndef HALLWAY_CROWD_H
#define HALLWAY_CROWD_H

#include <arpa/inet.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "ears.h"

enum { MOST = 1500, MOST_SPEAKERS = 1024, SLOTS = 8, FRAME_MS = 20 };
static const int64_t SECOND = 1000000000, KEEP_NS = 5000000000; /* consent and reports */

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
    pthread_mutex_t lock; /* of what was heard */
    pthread_t listener, speaker;
};

static inline int64_t at(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

static inline void put32(uint8_t *b, uint32_t value) {
    value = htonl(value);
    memcpy(b, &value, 4);
}

void *crowd_listen(void *crowd);
void *crowd_talk(void *crowd);

#endif

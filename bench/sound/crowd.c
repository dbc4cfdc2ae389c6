#define _GNU_SOURCE
#include "crowd.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

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
    pthread_create(&c->listener, NULL, crowd_listen, c);
    pthread_create(&c->speaker, NULL, crowd_talk, c);
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

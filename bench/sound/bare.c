#define _GNU_SOURCE
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
#include <unistd.h>

#include "ears.h"

enum { MOST = 1500 };
static const int64_t SECOND = 1000000000, PACKET_NS = 20000000;

typedef struct {
    int *sockets, count, epoll;
    atomic_bool stopped;
    uint32_t *delays;
    uint64_t samples, heard;
} readers;

static int64_t at(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * SECOND + now.tv_nsec;
}

static void take(readers *r, int socket) {
    uint8_t packet[MOST], control[64];
    struct iovec part = {packet, MOST};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    while (recvmsg(socket, &message, MSG_DONTWAIT) > 0) {
        struct timespec stamp;
        int64_t sent;
        memcpy(&sent, packet, sizeof sent);
        memcpy(&stamp, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof stamp);
        if (r->heard++ < r->samples) r->delays[r->heard - 1] = (uint32_t)(stamp.tv_sec * SECOND + stamp.tv_nsec - sent);
        message.msg_controllen = sizeof control;
    }
}

static void *read_all(void *argument) {
    readers *r = argument;
    struct epoll_event ready[256];
    while (!atomic_load(&r->stopped)) {
        int count = epoll_wait(r->epoll, ready, 256, 100);
        for (int i = 0; i < count; i++) take(r, ready[i].data.fd);
    }
    return NULL;
}

static struct sockaddr_in open_reader(readers *r, int which) {
    static const int on = 1;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int opened = r->sockets[which] = socket(AF_INET, SOCK_DGRAM, 0);
    bind(opened, (struct sockaddr *)&address, sizeof address);
    getsockname(opened, (struct sockaddr *)&address, &size);
    setsockopt(opened, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    epoll_ctl(r->epoll, EPOLL_CTL_ADD, opened, &(struct epoll_event){.events = EPOLLIN, .data.fd = opened});
    return address;
}

/* Awake and idle for so long, in nanoseconds; how long it was. */
static int64_t idle(int64_t nanoseconds) {
    int64_t began = at(CLOCK_MONOTONIC), now = began;
    while (now - began < nanoseconds) now = at(CLOCK_MONOTONIC);
    return now - began;
}

static double send_all(const struct sockaddr_in *to, int count, int bytes, int rounds, int gap_ns) {
    uint8_t packet[MOST] = {0};
    int out = socket(AF_INET, SOCK_DGRAM, 0);
    int64_t next = at(CLOCK_MONOTONIC), began = at(CLOCK_THREAD_CPUTIME_ID), idled = 0;
    for (int round = 0; round < rounds; round++) {
        int64_t now = at(CLOCK_REALTIME);
        memcpy(packet, &now, sizeof now);
        for (int i = 0; i < count; i++) {
            sendto(out, packet, (size_t)bytes, MSG_DONTWAIT, (const struct sockaddr *)&to[i], sizeof to[i]);
            idled += idle(gap_ns);
        }
        next += PACKET_NS;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &(struct timespec){next / SECOND, next % SECOND}, NULL);
    }
    close(out);
    return (double)(at(CLOCK_THREAD_CPUTIME_ID) - began - idled) / 1000 / count / rounds;
}

double bare_sendto(int count, int bytes, int rounds, int gap_ns, uint32_t *delays, uint64_t samples, uint64_t *heard) {
    readers r = {calloc((size_t)count, sizeof(int)), count, epoll_create1(0), false, delays, samples, 0};
    struct sockaddr_in *to = calloc((size_t)count, sizeof *to);
    pthread_t reader;
    for (int i = 0; i < count; i++) to[i] = open_reader(&r, i);
    pthread_create(&reader, NULL, read_all, &r);
    double took = send_all(to, count, bytes, rounds, gap_ns);
    atomic_store(&r.stopped, true);
    pthread_join(reader, NULL);
    for (int i = 0; i < count; i++) close(r.sockets[i]);
    close(r.epoll);
    free(r.sockets);
    free(to);
    *heard = r.heard;
    return took;
}

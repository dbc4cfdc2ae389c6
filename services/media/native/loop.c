/* The thread that runs a plane: it sleeps until a datagram comes or a tick is due. */
#define _GNU_SOURCE
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "kernel.h"
#include "state.h"

enum { AT_ONCE = 32, DATAGRAM_BYTES = 1500 };
static const double TICK_SECONDS = 0.1; /* reports are spread over ticks: all at once would hold up the sound */
static const double RING_SECONDS = 1.0; /* so long measurements wait for each other: to wake Python for each is dear */

typedef struct {
    struct mmsghdr messages[AT_ONCE];
    struct iovec parts[AT_ONCE];
    struct sockaddr_storage from[AT_ONCE];
    uint8_t datagrams[AT_ONCE][DATAGRAM_BYTES];
} batch;

struct loop {
    plane *plane;
    struct pollfd sockets[2];
    int told;
    atomic_bool stopped;
    double tick_due, ring_due;
    pthread_t thread;
    batch in;
};

static double seconds(clockid_t clock) {
    struct timespec at;
    clock_gettime(clock, &at);
    return (double)at.tv_sec + (double)at.tv_nsec * 1e-9;
}

static void prepare(batch *in) {
    for (int i = 0; i < AT_ONCE; i++) {
        in->parts[i] = (struct iovec){in->datagrams[i], DATAGRAM_BYTES};
        in->messages[i].msg_hdr = (struct msghdr){.msg_name = &in->from[i], .msg_namelen = sizeof in->from[i],
                                                  .msg_iov = &in->parts[i], .msg_iovlen = 1};
    }
}

static void take(loop *l, int socket) {
    int count = recvmmsg(socket, l->in.messages, AT_ONCE, MSG_DONTWAIT, NULL);
    for (int i = 0; i < count; i++) {
        struct msghdr *message = &l->in.messages[i].msg_hdr;
        message->msg_namelen = sizeof l->in.from[i]; /* the kernel wrote how long it was */
        if (message->msg_flags & MSG_TRUNC) continue;
        address from = kernel_read(&l->in.from[i]);
        plane_receive(l->plane, l->in.datagrams[i], (int)l->in.messages[i].msg_len, &from, seconds(CLOCK_MONOTONIC));
    }
}

static void tick(loop *l, double now) {
    l->tick_due = now + TICK_SECONDS;
    plane_tick(l->plane, now, seconds(CLOCK_REALTIME));
}

/* Ring for whoever fetches what was told, if anything was. */
static void ring(loop *l, double now) {
    static const uint64_t once = 1;
    plane_enter(l->plane);
    bool due = events_press(&l->plane->told) || (now >= l->ring_due && events_wait(&l->plane->told));
    plane_exit(l->plane);
    if (!due) return;
    l->ring_due = now + RING_SECONDS;
    if (write(l->told, &once, sizeof once) < 0) return; /* it rings already */
}

static void *run(void *argument) {
    loop *l = argument;
    while (!atomic_load(&l->stopped)) {
        double now = seconds(CLOCK_MONOTONIC), left = l->tick_due - now;
        int count = poll(l->sockets, 2, left > 0 ? (int)(left * 1000) + 1 : 0);
        for (int i = 0; count > 0 && i < 2; i++)
            if (l->sockets[i].revents) take(l, l->sockets[i].fd);
        now = seconds(CLOCK_MONOTONIC);
        if (now >= l->tick_due) tick(l, now);
        ring(l, now);
    }
    return NULL;
}

loop *loop_start(plane *p, int four, int six, int told) {
    loop *l = calloc(1, sizeof *l);
    if (!l) return NULL;
    l->plane = p;
    l->sockets[0] = (struct pollfd){.fd = four, .events = POLLIN};
    l->sockets[1] = (struct pollfd){.fd = six, .events = POLLIN}; /* poll leaves a negative one alone */
    l->told = told;
    prepare(&l->in);
    if (!pthread_create(&l->thread, NULL, run, l)) return l;
    free(l);
    return NULL;
}

void loop_stop(loop *l) {
    atomic_store(&l->stopped, true);
    pthread_join(l->thread, NULL);
    free(l);
}

double loop_cpu_seconds(loop *l) {
    clockid_t clock;
    return pthread_getcpuclockid(l->thread, &clock) ? 0 : seconds(clock);
}

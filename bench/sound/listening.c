#define _GNU_SOURCE
#include <sys/epoll.h>
#include <sys/socket.h>

#include "crowd.h"

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

void *crowd_listen(void *argument) {
    crowd *c = argument;
    struct epoll_event ready[256];
    while (!atomic_load(&c->stopped)) {
        int count = epoll_wait(c->epoll, ready, 256, 100);
        for (int i = 0; i < count; i++) receive(c, (int)ready[i].data.u32);
    }
    return NULL;
}

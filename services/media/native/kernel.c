/* Datagrams and addresses as the kernel has them. */
#define _GNU_SOURCE
#include "kernel.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

enum { MOST = 32 };

address kernel_read(const struct sockaddr_storage *from) {
    address out = {.family = from->ss_family == AF_INET6 ? 6 : 4};
    if (out.family == 6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)from;
        memcpy(out.host, &six->sin6_addr, 16);
        out.port = ntohs(six->sin6_port);
    } else {
        const struct sockaddr_in *four = (const struct sockaddr_in *)from;
        memcpy(out.host, &four->sin_addr, 4);
        out.port = ntohs(four->sin_port);
    }
    return out;
}

static socklen_t write_address(struct sockaddr_storage *out, const address *to) {
    if (to->family == 6) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
        *six = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = htons(to->port)};
        memcpy(&six->sin6_addr, to->host, 16);
        return sizeof *six;
    }
    struct sockaddr_in *four = (struct sockaddr_in *)out;
    *four = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(to->port)};
    memcpy(&four->sin_addr, to->host, 4);
    return sizeof *four;
}

/* As many of the first as go by one socket; how many that were. */
static int send_some(const int *sockets, outgoing *all, int count) {
    struct mmsghdr messages[MOST];
    struct iovec parts[MOST];
    struct sockaddr_storage to[MOST];
    int family = all->to.family, some = 0;
    for (; some < count && some < MOST && all[some].to.family == family; some++) {
        parts[some] = (struct iovec){(void *)all[some].datagram, (size_t)all[some].length};
        messages[some].msg_hdr = (struct msghdr){.msg_name = &to[some], .msg_iov = &parts[some], .msg_iovlen = 1};
        messages[some].msg_hdr.msg_namelen = write_address(&to[some], &all[some].to);
    }
    int sent = sendmmsg(sockets[family == 6], messages, (unsigned)some, MSG_DONTWAIT);
    for (int i = 0; i < sent; i++) all[i].sent = 1;
    return sent > 0 ? sent : 1; /* the first cannot be sent: the others may */
}

void socket_send(void *sockets, outgoing *all, int count) {
    for (int i = 0; i < count;) i += send_some(sockets, all + i, count - i);
}

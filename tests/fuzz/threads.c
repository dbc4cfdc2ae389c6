/* Control calls from two threads while the loop's own thread takes real datagrams: for ThreadSanitizer. */
#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "plane.h"

enum { SESSIONS = 8, HALF = SESSIONS / 2, ROUNDS = 3000 };

int signed_check(uint8_t *out, const char *ufrag, const char *password, const char *remote, int nominate);

typedef struct {
    plane *plane;
    uint32_t first; /* of the sessions that are this thread's */
} caller;

static atomic_bool done;
static char keys[SESSIONS]; /* only their addresses count */

static int pass(void *session, void *packet, int *length) {
    (void)packet;
    return !session || *length < 0;
}

static void come_and_go(const caller *mine, int round) {
    uint32_t session = mine->first + (uint32_t)(round % HALF);
    char ufrag[] = {(char)('a' + session), 0};
    ice_credentials ice = {ufrag, "password", "theirs"};
    session_terms terms = {0, session + 1, 111, 3, 1, 0};
    plane_add(mine->plane, session, &terms, &ice, round);
    plane_connect(mine->plane, session, &keys[session], &keys[session], round);
    plane_allow(mine->plane, session, round & 1, round);
    plane_renew(mine->plane, session, &ice);
    if (round % 3) return; /* most stay for a while, and their next `add` is refused */
    plane_silence(mine->plane, session, round);
    plane_remove(mine->plane, session);
}

static void *control(void *argument) {
    static _Thread_local event told[64];
    static _Thread_local uint64_t counts[COUNTS];
    const caller *mine = argument;
    for (int round = 0; round < ROUNDS; round++) {
        come_and_go(mine, round);
        plane_send(mine->plane, mine->first, (const uint8_t *)"record", 6);
        plane_told(mine->plane, told, 64);
        plane_heard_at(mine->plane, mine->first);
        plane_counts(mine->plane, counts);
    }
    return NULL;
}

static int bound(struct sockaddr_in *at) {
    socklen_t size = sizeof *at;
    int opened = socket(AF_INET, SOCK_DGRAM, 0);
    *at = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    assert(!bind(opened, (struct sockaddr *)at, sizeof *at));
    assert(!getsockname(opened, (struct sockaddr *)at, &size));
    return opened;
}

static void send_to(int from, const struct sockaddr_in *to, const uint8_t *datagram, int length) {
    sendto(from, datagram, (size_t)length, MSG_DONTWAIT, (const struct sockaddr *)to, sizeof *to);
}

/* Checks and voices of all sessions, from an address each. */
static void *traffic(void *argument) {
    const struct sockaddr_in *node = argument;
    struct sockaddr_in at;
    int sockets[SESSIONS];
    uint8_t check[256], voice[64] = {0x80, 111};
    for (int i = 0; i < SESSIONS; i++) sockets[i] = bound(&at);
    for (unsigned round = 0; !atomic_load(&done); round++) {
        int i = (int)(round % SESSIONS);
        char ufrag[] = {(char)('a' + i), 0};
        send_to(sockets[i], node, check, signed_check(check, ufrag, "password", "theirs", 1));
        voice[3] = (uint8_t)round;
        send_to(sockets[i], node, voice, sizeof voice);
        nanosleep(&(struct timespec){0, 20000}, NULL);
    }
    for (int i = 0; i < SESSIONS; i++) close(sockets[i]);
    return NULL;
}

int main(void) {
    struct sockaddr_in node;
    int sockets[2] = {bound(&node), -1}, told = eventfd(0, EFD_NONBLOCK);
    srtp_functions srtp = {pass, pass, pass, pass};
    stream_start streams[3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    uint64_t counts[COUNTS];
    plane *p = plane_new(&srtp, socket_send, sockets, 30.0, 7);
    plane_open(p, 0, 77, streams);
    loop *l = loop_start(p, sockets[0], -1, told);
    caller callers[2] = {{p, 0}, {p, HALF}};
    pthread_t threads[2], sender;
    pthread_create(&sender, NULL, traffic, &node);
    for (int i = 0; i < 2; i++) pthread_create(&threads[i], NULL, control, &callers[i]);
    for (int i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    atomic_store(&done, true);
    pthread_join(sender, NULL);
    loop_cpu_seconds(l);
    loop_stop(l);
    plane_counts(p, counts);
    plane_free(p);
    printf("%lu checks answered, %lu voices sent, no race\n", counts[COUNT_CHECK], counts[COUNT_SENT]);
    return counts[COUNT_CHECK] && counts[COUNT_SENT] ? 0 : 1; /* or nothing was tried */
}

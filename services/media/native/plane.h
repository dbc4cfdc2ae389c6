/* The C data plane: what `services/media/engine/plane.py` describes and its Python twin does, without Python's lock.
 *
 * libc only. SRTP comes as four functions, sending as one. Rooms and sessions are numbers: the low 16 bits an index, the
 * others tell one holder of it from the next, so that a stale number does nothing. Every call may be made from any
 * thread and waits for one datagram at most. Times are seconds. cffi reads this file: no macros between the marks. */
#ifndef HALLWAY_PLANE_H
#define HALLWAY_PLANE_H

#include <stdint.h>

#pragma GCC visibility push(default)
/* [cffi */
typedef struct plane plane;

typedef struct {
    uint8_t host[16]; /* the first 4 bytes for IPv4 */
    uint16_t port;
    uint8_t family; /* 4 or 6 */
} address;

typedef struct {
    const uint8_t *datagram;
    int length;
    address to;
    int voice, sent; /* sent: said by who sends */
} outgoing;

typedef int (*srtp_step)(void *session, void *packet, int *length); /* 0 when it went well */
typedef void (*send_datagrams)(void *sender, outgoing *all, int count);

typedef struct {
    srtp_step protect, unprotect, protect_rtcp, unprotect_rtcp;
} srtp_functions;

typedef struct {
    const char *local_ufrag, *local_password, *remote_ufrag;
} ice_credentials;

typedef struct {
    uint32_t ssrc, timestamp;
    uint16_t sequence;
} stream_start;

typedef struct {
    uint32_t room, seat;
    int payload_type, lines, level_id, source_level_id; /* an id of 0: none */
} session_terms;

enum event_kind { EVENT_RECORD, EVENT_STARTED, EVENT_STOPPED, EVENT_SILENT, EVENT_QUALITY };

typedef struct {
    int kind;
    uint32_t session;
    double values[5]; /* seconds spoken; or the five of a quality, NaN where nothing is known */
    int length;
    uint8_t datagram[1500];
} event;

plane *plane_new(const srtp_functions *srtp, send_datagrams send, void *sender, double silence_seconds, uint64_t seed);
void plane_free(plane *p);
int plane_open(plane *p, uint32_t room, uint32_t reporter, const stream_start *streams);
void plane_close(plane *p, uint32_t room);
int plane_add(plane *p, uint32_t session, const session_terms *terms, const ice_credentials *ice, double now);
void plane_renew(plane *p, uint32_t session, const ice_credentials *ice);
void plane_connect(plane *p, uint32_t session, void *seal, void *unseal, double now);
void plane_allow(plane *p, uint32_t session, int heard, double now);
void plane_silence(plane *p, uint32_t session, double now);
void plane_remove(plane *p, uint32_t session);
void plane_send(plane *p, uint32_t session, const uint8_t *record, int length);
void plane_receive(plane *p, uint8_t *datagram, int length, const address *from, double now); /* decrypted where it lies */
void plane_tick(plane *p, double now, double unix_now);
int plane_told(plane *p, event *out, int most);
double plane_heard_at(plane *p, uint32_t session); /* NaN before the first sign of life */
void plane_counts(plane *p, uint64_t *out);        /* in the order of `enum count` */

typedef struct loop loop;

loop *loop_start(plane *p, int four, int six, int told); /* sockets, of which `six` may be -1; an eventfd to ring */
void loop_stop(loop *l);
double loop_cpu_seconds(loop *l);
void socket_send(void *sockets, outgoing *all, int count); /* `int sockets[2]`: four, six */
/* cffi] */
#pragma GCC visibility pop

enum count {
    COUNT_SENT, COUNT_DROPPED, COUNT_REFUSED, COUNT_RTP, COUNT_RTCP, COUNT_CHECK, COUNT_REFUSED_CHECK, COUNT_DTLS,
    COUNT_HELD_BACK, COUNT_UNKNOWN_ADDRESS, COUNT_MALFORMED, COUNT_UNDECRYPTABLE, COUNT_FOREIGN, COUNT_UNTOLD, COUNTS
};

#endif

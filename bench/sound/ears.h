/* Clients of a media node as the benchmark needs them: they speak, listen, check what they hear, and keep consent. */
#ifndef HALLWAY_EARS_H
#define HALLWAY_EARS_H

#include <stdint.h>

/* [cffi */
typedef int (*srtp_step)(void *session, void *packet, int *length); /* 0 when it went well */

typedef struct {
    srtp_step protect, unprotect, protect_rtcp, unprotect_rtcp;
} srtp_functions;

typedef struct {
    int socket; /* connected to the node */
    void *seal, *unseal;
    uint8_t check[256]; /* a STUN binding request of theirs */
    int check_length;
    uint32_t ssrc; /* of their microphone */
} client;

typedef struct {
    uint64_t heard, lost, wrong, reports, checks; /* packets: voices, gaps in them, not authentic, RTCP, STUN */
    uint64_t delays;                              /* how many of the samples are there */
} tally;

typedef struct crowd crowd;

/* `samples`: how many delays (nanoseconds from sending to the kernel's arrival time) are kept in `delays`. */
crowd *crowd_new(const srtp_functions *srtp, const client *clients, int count, uint32_t *delays, uint64_t samples);
/* From now on these speak, in packets of 20 or 40 ms. */
void crowd_speak(crowd *c, const int *speakers, int count, int packet_ms);
void crowd_forget(crowd *c);                                /* begin to count anew */
void crowd_counted(crowd *c, tally *out);
void crowd_free(crowd *c);

/* What the kernel takes: bare sendto of packets of so many bytes to so many sockets, whose reader sleeps in epoll.
 * Microseconds of CPU a packet; `rounds` of one packet to each, 20 ms apart; `gap_ns` between two packets, in which the
 * reader falls asleep. Delays as above. */
double bare_sendto(int count, int bytes, int rounds, int gap_ns, uint32_t *delays, uint64_t samples, uint64_t *heard);
/* cffi] */

#endif

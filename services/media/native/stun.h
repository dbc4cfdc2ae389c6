/* ICE-lite's half of connectivity checks (RFC 8445 section 2.5, RFC 8489): it answers, and never asks. */
#ifndef HALLWAY_STUN_H
#define HALLWAY_STUN_H

#include <stdbool.h>
#include <stddef.h>

#include "plane.h"

enum { STUN_TRANSACTION_BYTES = 12, STUN_ANSWER_BYTES = 96, STUN_MOST_USERNAME = 513 };

/* A request as it lies in its datagram. Nothing in it is proven until `stun_proves`. */
typedef struct {
    const uint8_t *datagram, *transaction, *username, *signature;
    int username_length;
    int signed_length; /* what MESSAGE-INTEGRITY covers */
    bool nominates;
} stun_request;

/* False for anything that is no binding request with USERNAME, MESSAGE-INTEGRITY and a right FINGERPRINT. */
bool stun_parse(const uint8_t *datagram, int length, stun_request *out);

/* Whether it is signed with this password. */
bool stun_proves(const stun_request *request, const char *password, size_t length);

/* The success response into `out`, signed and with FINGERPRINT; its length. */
int stun_answer(const stun_request *request, const address *from, const char *password, size_t length, uint8_t *out);

#endif

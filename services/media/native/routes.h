/* Which address is whose. Only a check signed with a participant's own password says so. */
#ifndef HALLWAY_ROUTES_H
#define HALLWAY_ROUTES_H

#include "peer.h"
#include "stun.h"
#include "table.h"

enum { SESSIONS = 1 << 16 };

typedef struct {
    uint64_t seed, proofs; /* proofs: how many addresses were ever proven */
    uint32_t count;
    peer *peers[SESSIONS]; /* by the index in their number */
    table addresses;       /* index of the peer, and which of its addresses */
    table ufrags;          /* index of the peer */
} routes;

peer *routes_peer(const routes *all, uint32_t session); /* NULL when the number is stale */
bool routes_add(routes *all, peer *who);                /* false when there is no memory, or the index is taken */
void routes_renew(routes *all, peer *who, const ice_credentials *ice);
void routes_remove(routes *all, peer *who);
peer *routes_at(const routes *all, const address *where);

/* A STUN message: whose valid check it is, with the answer in `out`. It proves that the address is theirs. NULL for
 * everything else; also when the address is another's already, whoever may ask for it. */
peer *routes_check(routes *all, const uint8_t *datagram, int length, const address *from, double now, uint8_t *out,
                   int *answer_length);

#endif

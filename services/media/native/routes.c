#include "routes.h"

#include <string.h>

typedef struct {
    const uint8_t *bytes;
    int length;
} text;

static int32_t index_of(const peer *who) { return (int32_t)(who->session % SESSIONS); }
static int32_t place_of(const peer *who, int which) { return index_of(who) * PEER_ADDRESSES + which; }

static bool same_place(const address *one, const address *other) {
    return one->port == other->port && one->family == other->family &&
           !memcmp(one->host, other->host, one->family == 4 ? 4 : 16);
}

static bool is_address(const void *owner, int32_t value, const void *key) {
    const routes *all = owner;
    return same_place(&all->peers[value / PEER_ADDRESSES]->addresses[value % PEER_ADDRESSES], key);
}

static bool is_ufrag(const void *owner, int32_t value, const void *key) {
    const char *ufrag = ((const routes *)owner)->peers[value]->ice.local_ufrag;
    const text *wanted = key;
    return strlen(ufrag) == (size_t)wanted->length && !memcmp(ufrag, wanted->bytes, (size_t)wanted->length);
}

static uint64_t hash_of(const routes *all, const address *where) {
    return table_hash(all->seed ^ where->port, where->host, where->family == 4 ? 4 : 16);
}

static uint64_t hash_of_ufrag(const routes *all, text ufrag) { return table_hash(all->seed, ufrag.bytes, ufrag.length); }

static text own_ufrag(const peer *who) {
    return (text){(const uint8_t *)who->ice.local_ufrag, (int)strlen(who->ice.local_ufrag)};
}

peer *routes_peer(const routes *all, uint32_t session) {
    peer *who = all->peers[session % SESSIONS];
    return who && who->session == session ? who : NULL;
}

bool routes_add(routes *all, peer *who) {
    if (all->peers[index_of(who)] || !table_reserve(&all->addresses, (all->count + 1) * PEER_ADDRESSES) ||
        !table_reserve(&all->ufrags, all->count + 1))
        return false;
    all->count++;
    all->peers[index_of(who)] = who;
    table_put(&all->ufrags, hash_of_ufrag(all, own_ufrag(who)), index_of(who));
    return true;
}

static void drop_ufrag(routes *all, peer *who) {
    table_drop(&all->ufrags, hash_of_ufrag(all, own_ufrag(who)), index_of(who));
}

void routes_renew(routes *all, peer *who, const ice_credentials *ice) {
    drop_ufrag(all, who);
    peer_use(who, ice);
    table_put(&all->ufrags, hash_of_ufrag(all, own_ufrag(who)), index_of(who));
}

static void drop_address(routes *all, peer *who, int which) {
    table_drop(&all->addresses, hash_of(all, &who->addresses[which]), place_of(who, which));
}

void routes_remove(routes *all, peer *who) {
    drop_ufrag(all, who);
    for (int i = 0; i < who->address_count; i++) drop_address(all, who, i);
    all->peers[index_of(who)] = NULL;
    all->count--;
}

peer *routes_at(const routes *all, const address *where) {
    int32_t found = table_find(&all->addresses, hash_of(all, where), is_address, all, where);
    return found == TABLE_NOTHING ? NULL : all->peers[found / PEER_ADDRESSES];
}

/* The oldest address that sound does not go to. */
static int oldest(const peer *who) {
    int found = -1;
    for (int i = 0; i < PEER_ADDRESSES; i++) {
        if (who->has_address && same_place(&who->addresses[i], &who->address)) continue;
        if (found < 0 || who->proven_at[i] < who->proven_at[found]) found = i;
    }
    return found;
}

static void prove(routes *all, peer *who, const address *from) {
    int which = who->address_count;
    if (which < PEER_ADDRESSES)
        who->address_count++;
    else
        drop_address(all, who, which = oldest(who));
    who->addresses[which] = *from;
    who->proven_at[which] = all->proofs++;
    table_put(&all->addresses, hash_of(all, from), place_of(who, which));
}

static peer *named_in(const routes *all, const stun_request *request) {
    const uint8_t *colon = memchr(request->username, ':', (size_t)request->username_length);
    int length = colon ? (int)(colon - request->username) : request->username_length;
    text ufrag = {request->username, length};
    int32_t found = table_find(&all->ufrags, hash_of_ufrag(all, ufrag), is_ufrag, all, &ufrag);
    return found == TABLE_NOTHING ? NULL : all->peers[found];
}

static bool proves(const stun_request *request, const peer *who) {
    return strlen(who->ice.username) == (size_t)request->username_length &&
           !memcmp(who->ice.username, request->username, (size_t)request->username_length) &&
           stun_proves(request, who->ice.password, strlen(who->ice.password));
}

peer *routes_check(routes *all, const uint8_t *datagram, int length, const address *from, double now, uint8_t *out,
                   int *answer_length) {
    stun_request request;
    if (!stun_parse(datagram, length, &request)) return NULL;
    peer *who = named_in(all, &request);
    if (!who || !proves(&request, who)) return NULL;
    peer *holder = routes_at(all, from);
    if (holder && holder != who) return NULL;
    peer_alive(who, now);
    if (!holder) prove(all, who, from);
    if (request.nominates || !who->has_address) { /* RFC 8445 section 7.3.1.5 */
        who->address = *from;
        who->has_address = true;
    }
    *answer_length = stun_answer(&request, from, who->ice.password, strlen(who->ice.password), out);
    return who;
}

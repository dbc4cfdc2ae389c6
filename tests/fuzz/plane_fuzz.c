/* The whole C plane under a script of control calls and datagrams, decoded from the fuzzer's bytes.
 *
 * SRTP is passed through, so that the parsers see hostile plain text; what is sent is looked at. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "plane.h"

enum { SESSIONS = 12, ROOMS = 2, MOST_DATAGRAM = 1500, TAG = 16 };

typedef struct {
    const uint8_t *at, *end;
} script;

static int pass(void *session, void *packet, int *length) {
    (void)packet;
    return !session || *length < 0;
}

static int seal(void *session, void *packet, int *length) {
    memset((uint8_t *)packet + *length, 0xA5, TAG); /* writes where libsrtp writes */
    *length += TAG;
    return !session;
}

static void look(void *sender, outgoing *all, int count) {
    assert(!sender && count > 0);
    for (outgoing *each = all; each < all + count; each++) {
        volatile uint8_t sum = 0;
        assert(each->length > 0 && each->length <= 2048 && (each->to.family == 4 || each->to.family == 6));
        for (int i = 0; i < each->length; i++) sum += each->datagram[i]; /* every byte is there, and set */
        each->sent = sum != 13;
    }
}

static uint8_t byte(script *s) { return s->at < s->end ? *s->at++ : 0; }

static int bytes(script *s, uint8_t *out, int most) {
    int wanted = byte(s) * 6, left = (int)(s->end - s->at);
    int length = wanted < left ? wanted : left;
    if (length > most) length = most;
    if (length) memcpy(out, s->at, (size_t)length);
    s->at += length;
    return length;
}

static address from(script *s) {
    uint8_t which = byte(s);
    address out = {.port = which & 15, .family = which & 16 ? 6 : 4};
    out.host[3] = which >> 5;
    return out;
}

static void open_rooms(plane *p) {
    for (uint32_t room = 0; room < ROOMS; room++) {
        stream_start streams[3] = {{1, 2, 3}, {4, 5, 32767}, {6, 0xFFFFFFFF, 9}};
        plane_open(p, room, 77, streams);
    }
}

static void control(plane *p, script *s, double now) {
    static char key[SESSIONS]; /* only its address counts */
    ice_credentials ice = {"ours", "password", "theirs"};
    uint8_t what = byte(s);
    uint32_t session = what >> 4 < SESSIONS ? what >> 4 : 0;
    char ufrag[] = {(char)('a' + session), 0};
    ice.local_ufrag = ufrag;
    session_terms terms = {session & 1, session + 1, 111, byte(s) & 3, 1, session & 2};
    switch (what & 15) {
        case 0: plane_add(p, session, &terms, &ice, now); break;
        case 1: plane_connect(p, session, &key[session], &key[session], now); break;
        case 2: plane_allow(p, session, 1, now); break;
        case 3: plane_allow(p, session, 0, now); break;
        case 4: plane_silence(p, session, now); break;
        case 5: plane_remove(p, session); break;
        case 6: plane_renew(p, session, &ice); break;
        case 7: plane_close(p, session & 1); break;
        case 8: open_rooms(p); break;
        default: plane_tick(p, now, 1.8e9 + now);
    }
}

/* A check that is signed right, so that addresses are proven: the fuzzer cannot guess HMACs. */
extern int signed_check(uint8_t *out, const char *ufrag, const char *password, const char *remote, int nominate);

static void prove(plane *p, script *s, double now) {
    uint8_t check[256];
    address who = from(s);
    char ufrag[] = {(char)('a' + byte(s) % SESSIONS), 0};
    plane_receive(p, check, signed_check(check, ufrag, "password", "theirs", byte(s) & 1), &who, now);
}

static void receive(plane *p, script *s, double now) {
    address who = from(s);
    uint8_t whole[MOST_DATAGRAM];
    int length = bytes(s, whole, MOST_DATAGRAM);
    uint8_t *exact = malloc((size_t)(length ? length : 1)); /* what lies beyond is somebody else's */
    memcpy(exact, whole, (size_t)length);
    plane_receive(p, exact, length, &who, now);
    free(exact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static event told[64];
    srtp_functions srtp = {seal, pass, seal, pass};
    plane *p = plane_new(&srtp, look, NULL, 30.0, 7);
    script s = {data, data + size};
    double now = 1000.0;
    open_rooms(p);
    while (s.at < s.end) {
        uint8_t step = byte(&s);
        now += (step >> 3) * 0.01;
        switch (step & 7) {
            case 0: control(p, &s, now); break;
            case 1: prove(p, &s, now); break;
            case 2: plane_send(p, byte(&s) % SESSIONS, (const uint8_t *)"record", 6); break;
            case 3: plane_told(p, told, 64); break;
            default: receive(p, &s, now);
        }
    }
    plane_free(p);
    return 0;
}

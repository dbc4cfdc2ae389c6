/* A datagram comes in: what it is (RFC 7983 section 7), whose it is, and what is to be done about it. And the clock. */
#include <math.h>

#include "state.h"

enum { LONGEST_DATAGRAM = 1500, REPORTS_A_QUALITY = 2 };
static const double ROUND_SECONDS = 0.5;

static void on_check(plane *p, const uint8_t *datagram, int length, const address *from, double now) {
    int answer_length;
    peer *who = routes_check(&p->routes, datagram, length, from, now, outbox_place(&p->out), &answer_length);
    p->counts[who ? COUNT_CHECK : COUNT_REFUSED_CHECK]++;
    if (!who) return;
    who->received += (uint64_t)length;
    who->spent += (uint64_t)answer_length;
    outbox_add(&p->out, answer_length, from, false);
}

static void on_dtls(plane *p, const uint8_t *datagram, int length, const address *from) {
    peer *who = routes_at(&p->routes, from);
    p->counts[who ? COUNT_DTLS : COUNT_UNKNOWN_ADDRESS]++;
    if (!who) return;
    who->received += (uint64_t)length;
    events_record(&p->told, who->session, datagram, length);
}

static void on_rtcp(plane *p, peer *who, uint8_t *packet, int length, double now) {
    p->counts[COUNT_RTCP]++;
    if (p->srtp.unprotect_rtcp(who->unseal, packet, &length)) {
        p->counts[COUNT_UNDECRYPTABLE]++;
        return;
    }
    peer_alive(who, now);
    moment at = {now, now + p->unix_ahead};
    if (!rtcp_read(packet, length, &who->reception, &who->hearing, who->room->streams, at)) p->counts[COUNT_MALFORMED]++;
}

static void on_rtp(plane *p, peer *who, uint8_t *packet, int length, double now) {
    voice said;
    p->counts[COUNT_RTP]++;
    switch (room_hear(who->room, who, p->srtp.unprotect, packet, length, &p->told, now, &said)) {
        case HEARD_VOICE: fan_out(who->room, &said, who, p->srtp.protect, &p->out); break;
        case HEARD_MALFORMED: p->counts[COUNT_MALFORMED]++; break;
        case HEARD_UNDECRYPTABLE: p->counts[COUNT_UNDECRYPTABLE]++; break;
        case HEARD_NOTHING: break;
    }
}

static void on_srtp(plane *p, uint8_t *packet, int length, const address *from, double now) {
    peer *who = routes_at(&p->routes, from);
    if (!who || !who->unseal)
        p->counts[COUNT_UNKNOWN_ADDRESS]++;
    else if (packet[1] >= 192 && packet[1] <= 223) /* RFC 5761 section 4 */
        on_rtcp(p, who, packet, length, now);
    else
        on_rtp(p, who, packet, length, now);
}

static void receive(plane *p, uint8_t *datagram, int length, const address *from, double now) {
    uint8_t first = length >= 2 && length <= LONGEST_DATAGRAM ? datagram[0] : 255;
    if (first >= 128 && first <= 191)
        on_srtp(p, datagram, length, from, now);
    else if (first <= 3)
        on_check(p, datagram, length, from, now);
    else if (first >= 20 && first <= 63)
        on_dtls(p, datagram, length, from);
    else
        p->counts[COUNT_FOREIGN]++;
}

static double part(int of_256) { return of_256 == NOTHING_KNOWN ? NAN : of_256 / 256.0; }

static void tell_quality(plane *p, const peer *who) {
    const reception *up = &who->reception;
    const hearing *down = &who->hearing;
    double values[5] = {
        part(up->fraction_lost),
        up->fraction_lost == NOTHING_KNOWN ? NAN : up->jitter * 1000 / RTP_CLOCK_HZ,
        part(down->fraction_lost),
        down->jitter == NOTHING_KNOWN ? NAN : (double)down->jitter * 1000 / RTP_CLOCK_HZ,
        down->round_trip == NOTHING_KNOWN ? NAN : (double)down->round_trip * 1000 / 65536,
    };
    events_tell(&p->told, EVENT_QUALITY, who->session, values, 5);
}

/* The RTCP that is due to them; and what is known of their path, every other time. */
static void report(plane *p, peer *who, moment at) {
    who->report_due = at.now + REPORT_SECONDS;
    if (!who->seal || !who->has_address) return;
    uint8_t *packet = outbox_place(&p->out);
    int length = rtcp_compose(who->room->reporter, &who->reception, &who->ears, who->room->streams, at, packet);
    if (p->srtp.protect_rtcp(who->seal, packet, &length)) return;
    outbox_add(&p->out, length, &who->address, false);
    if (++who->reports % REPORTS_A_QUALITY == 0) tell_quality(p, who);
}

/* Has a sentence ended, are they still there (RFC 7675 section 5.1)? */
static void look(plane *p, peer *who, double now) {
    double seconds;
    if (speaking_pause(&who->speaking, now, &seconds)) events_tell(&p->told, EVENT_STOPPED, who->session, &seconds, 1);
    if (now - who->last_heard > p->silence_seconds && !who->told_silent) {
        who->told_silent = true;
        events_tell(&p->told, EVENT_SILENT, who->session, NULL, 0);
    }
}

void plane_receive(plane *p, uint8_t *datagram, int length, const address *from, double now) {
    plane_enter(p);
    receive(p, datagram, length, from, now);
    plane_exit(p);
}

void plane_tick(plane *p, double now, double unix_now) {
    plane_enter(p);
    p->unix_ahead = unix_now - now;
    for (peer *who = p->first; who; who = who->after)
        if (who->report_due <= now) report(p, who, (moment){now, unix_now});
    if (now >= p->round_due) {
        p->round_due = now + ROUND_SECONDS;
        for (peer *who = p->first; who; who = who->after) look(p, who, now);
    }
    plane_exit(p);
}

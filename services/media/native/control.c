/* What is asked of a plane from outside: rooms and sessions come, change and go. */
#include <math.h>
#include <stdlib.h>

#include "state.h"

static room *room_numbered(const plane *p, uint32_t number) {
    room *r = p->rooms[number % ROOMS];
    return r && r->number == number ? r : NULL;
}

int plane_open(plane *p, uint32_t number, uint32_t reporter, const stream_start *streams) {
    room *r = room_new(number, reporter, streams);
    if (!r) return -1;
    plane_enter(p);
    bool taken = p->rooms[number % ROOMS];
    if (!taken) p->rooms[number % ROOMS] = r;
    plane_exit(p);
    if (taken) room_free(r);
    return taken ? -1 : 0;
}

void plane_close(plane *p, uint32_t number) {
    plane_enter(p);
    room *r = room_numbered(p, number);
    if (r && !r->people) {
        p->rooms[number % ROOMS] = NULL;
        room_free(r);
    }
    plane_exit(p);
}

static void append(plane *p, peer *who) {
    who->before = p->last;
    if (p->last)
        p->last->after = who;
    else
        p->first = who;
    p->last = who;
}

static void unlink_peer(plane *p, peer *who) {
    if (who->before)
        who->before->after = who->after;
    else
        p->first = who->after;
    if (who->after)
        who->after->before = who->before;
    else
        p->last = who->before;
}

static peer *add(plane *p, uint32_t session, const session_terms *terms, const ice_credentials *ice, double now) {
    room *r = room_numbered(p, terms->room);
    if (!r || !room_expect(r)) return NULL;
    peer *who = peer_new(session, r, terms, now);
    if (!who || !peer_use(who, ice) || !routes_add(&p->routes, who)) {
        r->people--;
        free(who);
        return NULL;
    }
    append(p, who);
    return who;
}

int plane_add(plane *p, uint32_t session, const session_terms *terms, const ice_credentials *ice, double now) {
    plane_enter(p);
    peer *who = add(p, session, terms, ice, now);
    plane_exit(p);
    return who ? 0 : -1;
}

void plane_renew(plane *p, uint32_t session, const ice_credentials *ice) {
    plane_enter(p);
    peer *who = routes_peer(&p->routes, session);
    if (who) routes_renew(&p->routes, who, ice);
    plane_exit(p);
}

void plane_connect(plane *p, uint32_t session, void *seal, void *unseal, double now) {
    plane_enter(p);
    peer *who = routes_peer(&p->routes, session);
    if (who && who->room && !who->proven) {
        room_connect(who->room, who, seal, unseal);
        who->report_due = now + REPORT_SECONDS;
    }
    plane_exit(p);
}

void plane_allow(plane *p, uint32_t session, int heard, double now) {
    plane_enter(p);
    peer *who = routes_peer(&p->routes, session);
    if (who && who->room) {
        if (who->heard && !heard) room_hush(who->room, who, &p->told, now);
        who->heard = heard;
    }
    plane_exit(p);
}

static void silence(plane *p, peer *who, double now) {
    if (!who->room) return;
    room_leave(who->room, who, &p->told, now);
    who->room = NULL;
    who->seal = who->unseal = NULL;
    who->heard = false;
    who->report_due = INFINITY;
}

void plane_silence(plane *p, uint32_t session, double now) {
    plane_enter(p);
    peer *who = routes_peer(&p->routes, session);
    if (who) silence(p, who, now);
    plane_exit(p);
}

void plane_remove(plane *p, uint32_t session) {
    plane_enter(p);
    peer *who = routes_peer(&p->routes, session);
    if (who) {
        silence(p, who, who->last_heard);
        routes_remove(&p->routes, who);
        unlink_peer(p, who);
    }
    plane_exit(p);
    free(who);
}

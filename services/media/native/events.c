#include "events.h"

#include <string.h>

static event *place(event_ring *r, int kind) {
    if (r->told - r->fetched == EVENTS) {
        r->untold++;
        return NULL;
    }
    event *next = &r->ring[r->told++ % EVENTS];
    if (kind != EVENT_QUALITY) r->pressing = r->told;
    next->kind = kind;
    return next;
}

void events_tell(event_ring *r, int kind, uint32_t session, const double *values, int count) {
    event *one = place(r, kind);
    if (!one) return;
    one->session = session;
    one->length = 0;
    for (int i = 0; i < count; i++) one->values[i] = values[i];
}

void events_record(event_ring *r, uint32_t session, const uint8_t *datagram, int length) {
    event *one = place(r, EVENT_RECORD);
    if (!one) return;
    one->session = session;
    one->length = length;
    memcpy(one->datagram, datagram, (size_t)length);
}

bool events_wait(const event_ring *r) { return r->told != r->fetched; }

bool events_press(const event_ring *r) {
    return (int)(r->pressing - r->fetched) > 0 || r->told - r->fetched > EVENTS / 4;
}

int events_fetch(event_ring *r, event *out, int most) {
    int count = 0;
    while (count < most && r->fetched != r->told) out[count++] = r->ring[r->fetched++ % EVENTS];
    return count;
}

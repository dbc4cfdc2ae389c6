#include "events.h"

#include <string.h>

static event *place(event_ring *r) {
    if (r->told - r->fetched == EVENTS) {
        r->untold++;
        return NULL;
    }
    return &r->ring[r->told++ % EVENTS];
}

void events_tell(event_ring *r, int kind, uint32_t session, const double *values, int count) {
    event *one = place(r);
    if (!one) return;
    one->kind = kind;
    one->session = session;
    one->length = 0;
    for (int i = 0; i < count; i++) one->values[i] = values[i];
}

void events_record(event_ring *r, uint32_t session, const uint8_t *datagram, int length) {
    event *one = place(r);
    if (!one) return;
    one->kind = EVENT_RECORD;
    one->session = session;
    one->length = length;
    memcpy(one->datagram, datagram, (size_t)length);
}

int events_fetch(event_ring *r, event *out, int most) {
    int count = 0;
    while (count < most && r->fetched != r->told) out[count++] = r->ring[r->fetched++ % EVENTS];
    return count;
}

#include "outbox.h"

#include <string.h>

uint8_t *outbox_place(outbox *out) {
    if (out->waiting == OUTBOX_DATAGRAMS || out->used > OUTBOX_DATAGRAMS * OUTBOX_USUAL) outbox_send(out);
    return out->bytes + out->used;
}

void outbox_add(outbox *out, int length, const address *to, bool voice) {
    out->datagrams[out->waiting++] = (outgoing){out->bytes + out->used, length, *to, voice, 0};
    out->used += length;
}

void outbox_copy(outbox *out, const uint8_t *datagram, int length, const address *to) {
    if (length > OUTBOX_PLACE) {
        out->counts[COUNT_DROPPED]++;
        return;
    }
    memcpy(outbox_place(out), datagram, (size_t)length);
    outbox_add(out, length, to, false);
}

void outbox_send(outbox *out) {
    if (!out->waiting) return;
    out->send(out->sender, out->datagrams, out->waiting);
    for (const outgoing *each = out->datagrams; each < out->datagrams + out->waiting; each++) {
        if (!each->sent)
            out->counts[COUNT_DROPPED]++;
        else if (each->voice)
            out->counts[COUNT_SENT]++;
    }
    out->waiting = out->used = 0;
}

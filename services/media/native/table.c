#include "table.h"

#include <stdlib.h>

uint64_t table_hash(uint64_t seed, const void *bytes, int length) {
    uint64_t hash = 0xCBF29CE484222325 ^ seed;
    for (int i = 0; i < length; i++) hash = (hash ^ ((const uint8_t *)bytes)[i]) * 0x100000001B3;
    return hash ^ hash >> 32;
}

static uint32_t place(const table *t, uint64_t hash) { return (uint32_t)hash & (t->places - 1); }
static uint32_t next(const table *t, uint32_t at) { return (at + 1) & (t->places - 1); }

bool table_reserve(table *t, uint32_t count) {
    uint32_t places = t->places ? t->places : 64;
    while (places < 2 * count) places *= 2; /* half empty at least, so that looking in vain is short */
    if (places == t->places) return true;
    table grown = {malloc(places * sizeof(table_entry)), places, 0};
    if (!grown.entries) return false;
    for (uint32_t i = 0; i < places; i++) grown.entries[i].value = TABLE_NOTHING;
    for (uint32_t i = 0; i < t->places; i++)
        if (t->entries[i].value != TABLE_NOTHING) table_put(&grown, t->entries[i].hash, t->entries[i].value);
    free(t->entries);
    *t = grown;
    return true;
}

int32_t table_find(const table *t, uint64_t hash, table_same same, const void *owner, const void *key) {
    if (!t->places) return TABLE_NOTHING;
    for (uint32_t at = place(t, hash);; at = next(t, at)) {
        const table_entry *entry = &t->entries[at];
        if (entry->value == TABLE_NOTHING) return TABLE_NOTHING;
        if (entry->hash == hash && same(owner, entry->value, key)) return entry->value;
    }
}

void table_put(table *t, uint64_t hash, int32_t value) {
    uint32_t at = place(t, hash);
    while (t->entries[at].value != TABLE_NOTHING) at = next(t, at);
    t->entries[at] = (table_entry){hash, value};
    t->count++;
}

/* What follows without a gap moves back, where that brings it nearer to its place. */
static void close_gap(table *t, uint32_t gap) {
    for (uint32_t at = next(t, gap); t->entries[at].value != TABLE_NOTHING; at = next(t, at)) {
        uint32_t home = place(t, t->entries[at].hash);
        if (((at - home) & (t->places - 1)) < ((at - gap) & (t->places - 1))) continue;
        t->entries[gap] = t->entries[at];
        gap = at;
    }
    t->entries[gap].value = TABLE_NOTHING;
}

void table_drop(table *t, uint64_t hash, int32_t value) {
    if (!t->places) return;
    for (uint32_t at = place(t, hash); t->entries[at].value != TABLE_NOTHING; at = next(t, at)) {
        if (t->entries[at].hash != hash || t->entries[at].value != value) continue;
        t->count--;
        close_gap(t, at);
        return;
    }
}

/* A hash table of small numbers with open addressing: the keys lie elsewhere. It grows when told to, never by itself. */
#ifndef HALLWAY_TABLE_H
#define HALLWAY_TABLE_H

#include <stdbool.h>
#include <stdint.h>

enum { TABLE_NOTHING = -1 };

typedef struct {
    uint64_t hash;
    int32_t value; /* TABLE_NOTHING where nothing is */
} table_entry;

typedef struct {
    table_entry *entries;
    uint32_t places, count; /* places: a power of two */
} table;

/* Whether what `value` stands for is what is looked for. */
typedef bool (*table_same)(const void *owner, int32_t value, const void *key);

uint64_t table_hash(uint64_t seed, const void *bytes, int length); /* FNV-1a; the seed is a secret */
bool table_reserve(table *t, uint32_t count); /* room for so many; false when there is no memory */
int32_t table_find(const table *t, uint64_t hash, table_same same, const void *owner, const void *key);
void table_put(table *t, uint64_t hash, int32_t value); /* there is room, and it is not in yet */
void table_drop(table *t, uint64_t hash, int32_t value);

#endif

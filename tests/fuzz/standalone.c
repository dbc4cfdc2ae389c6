/* Without libFuzzer: files are run once; without any, random scripts for so many seconds. Also what valgrind runs. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t buffer[1 << 16];

static int of_file(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return 1;
    size_t size = fread(buffer, 1, sizeof buffer, file);
    fclose(file);
    return LLVMFuzzerTestOneInput(buffer, size);
}

/* First bytes that mean something are likelier than chance gives them. */
static void fill(size_t size) {
    static const uint8_t likely[] = {0, 1, 4, 0x80, 0x90, 0xB0, 111, 200, 201, 0xBE, 0xDE, 0x10, 22, 255};
    for (size_t i = 0; i < size; i++) buffer[i] = (uint8_t)(rand() % 3 ? rand() : likely[rand() % (int)sizeof likely]);
}

int main(int count, char **arguments) {
    long scripts = 0, seconds = count == 3 && arguments[1][0] == '-' ? atol(arguments[2]) : 0;
    if (!seconds) {
        for (int i = 1; i < count; i++)
            if (of_file(arguments[i])) return 1;
        return 0;
    }
    for (time_t until = time(NULL) + seconds; time(NULL) < until; scripts++) {
        srand((unsigned)scripts);
        size_t size = (size_t)(rand() % 4000);
        fill(size);
        LLVMFuzzerTestOneInput(buffer, size);
    }
    printf("%ld random scripts, nothing found\n", scripts);
    return 0;
}

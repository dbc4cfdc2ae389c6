"""The data plane in C: libc only, one job a file. `plane.h` is the way in; `build.py` compiles it."""

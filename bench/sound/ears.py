"""The C clients, compiled when they are needed and opened by cffi."""

import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from cffi import FFI

from services.media.native.build import compiler
from services.media.native.library import BEGIN, END

HERE = Path(__file__).parent
FLAGS = ("-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-pthread")
ffi = FFI()
ffi.cdef((HERE / "ears.h").read_text().partition(BEGIN)[2].partition(END)[0])


@cache
def ears() -> Any:
    """Raises RuntimeError without a compiler."""
    cc = compiler()
    if cc is None:
        raise RuntimeError("the media benchmark needs a C compiler")
    library = Path(tempfile.mkdtemp(prefix="hallway-bench-")) / "libears.so"
    subprocess.run([*cc, *FLAGS, *map(str, HERE.glob("*.c")), "-o", str(library)], check=True)
    return ffi.dlopen(str(library))

"""The compiled plane, opened by cffi: its declarations are read from plane.h, so they stand once."""

from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from cffi import FFI
from pylibsrtp._binding import ffi as srtp_ffi
from pylibsrtp._binding import lib as srtp

from services.media.native.build import LIBRARY

Library: TypeAlias = Any  # what cffi opens has no types of its own
BEGIN, END = "/* [cffi */", "/* cffi] */"
STEPS = ("srtp_protect", "srtp_unprotect", "srtp_protect_rtcp", "srtp_unprotect_rtcp")

ffi = FFI()
ffi.cdef(Path(__file__).with_name("plane.h").read_text().partition(BEGIN)[2].partition(END)[0])


@cache
def library() -> Library | None:
    """None when it was not built."""
    return ffi.dlopen(str(LIBRARY)) if LIBRARY.exists() else None


def pointer(srtp_pointer: object) -> Any:
    """A pointer of pylibsrtp's, as one of ours: each cffi has types of its own."""
    return ffi.cast("void *", int(srtp_ffi.cast("uintptr_t", srtp_pointer)))


def srtp_functions() -> Any:
    """The four functions of libsrtp that the pylibsrtp wheel carries."""
    protect, unprotect, protect_rtcp, unprotect_rtcp = (
        ffi.cast("srtp_step", pointer(srtp_ffi.addressof(srtp, step))) for step in STEPS
    )
    return ffi.new("srtp_functions *", [protect, unprotect, protect_rtcp, unprotect_rtcp])

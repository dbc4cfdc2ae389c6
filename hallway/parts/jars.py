"""Kafka's jars: fetched once for a checkout with jgo, each checked against its sum in deploy/local/jgo.lock.toml."""

import fcntl
import hashlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hallway.layout import CHECKOUT, JARS
from hallway.trouble import Trouble

LOCAL = CHECKOUT / "deploy" / "local"
REMEDY = "check the network and start again, or give a server of your own in KAFKA_BOOTSTRAP"


def fetch() -> None:
    """Fetch what is missing, telling how far it is. Several stacks may call it at once: one works, the others wait.

    Raises `Trouble` when the jars cannot be fetched, or are not the ones that were locked.
    """
    lock = (LOCAL / "jgo.lock.toml").read_text()
    stamp = JARS / "fetched"
    JARS.mkdir(exist_ok=True)
    with _alone():
        if stamp.exists() and stamp.read_text() == lock:
            return
        for name in ("jgo.toml", "jgo.lock.toml"):
            (JARS / name).write_text((LOCAL / name).read_text())
        jgo = Path(sys.executable).parent / "jgo"
        if subprocess.run([jgo, "--resolver", "python", "sync"], cwd=JARS, check=False).returncode:
            raise Trouble("kafka", "its jars could not be fetched", REMEDY)
        _check(lock)
        stamp.write_text(lock)


def class_path() -> str:
    return f"{JARS}/.jgo/jars/*:{JARS}/.jgo/modules/*"


def differences(lock: str, folder: Path) -> list[str]:
    """What below the folder is not as locked: a file's name and what is wrong with it. jgo itself does not look."""
    locked = {
        f"{each['artifactId']}-{each['version']}.jar": each["sha256"] for each in tomllib.loads(lock)["dependencies"]
    }
    found = {jar.name: hashlib.sha256(jar.read_bytes()).hexdigest() for jar in folder.rglob("*.jar")}
    missing = [f"{name} is missing" for name in locked if name not in found]
    unlocked = [f"{name} is not in the lock" for name in found if name not in locked]
    changed = [f"{name} has another SHA-256" for name, sum_ in locked.items() if found.get(name, sum_) != sum_]
    return sorted(missing + unlocked + changed)


def _check(lock: str) -> None:
    if wrong := differences(lock, JARS / ".jgo"):
        where = "remove .jgo/ and what Maven keeps of it (~/.m2/repository), then start again"
        raise Trouble("kafka", f"a fetched jar is not the one that was locked ({wrong[0]})", where)


@contextmanager
def _alone() -> Iterator[None]:
    with (JARS / "fetching").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

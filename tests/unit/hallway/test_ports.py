import socket
from dataclasses import replace

import pytest

from hallway.ports import Ports, check_free
from hallway.trouble import Trouble


def test_a_taken_port_says_which_who_and_what_to_do() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(Trouble, match=rf"gateway cannot start: port {port} is taken by .*pid \d+.*HALLWAY_PORT"):
            check_free(replace(Ports.free(), gateway=port), skip=set())


def test_free_ports_are_free_and_different() -> None:
    ports = Ports.free()
    check_free(ports, skip=set())
    assert len(set(vars(ports).values())) == len(vars(ports))


def test_ports_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLWAY_PORT", "9000")
    monkeypatch.setenv("HALLWAY_BASE_PORT", "9100")
    ports = Ports.of_environment()
    assert (ports.gateway, ports.gateway_admin, ports.media_udp) == (9000, 9100, 9112)


def test_what_is_no_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALLWAY_PORT", "eighty")
    with pytest.raises(Trouble, match="HALLWAY_PORT is 'eighty', which is no port"):
        Ports.of_environment()

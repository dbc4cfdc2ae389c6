"""The gateway's configuration, and what it refuses."""

import pytest
import yaml

from contracts.problems import Code
from hallway.parts.gateway import listen_address, render
from hallway.ports import Ports
from hallway.trouble import Trouble

PORTS = Ports(*range(20001, 20013))


def test_every_address_is_filled_in() -> None:
    text = render(PORTS, "127.0.0.1")
    config = yaml.safe_load(text)
    clusters = {cluster["name"] for cluster in config["static_resources"]["clusters"]}
    assert clusters == {"directory", "rooms", "signalling", "web"}
    assert "127.0.0.1" in text
    assert all(str(port) in text for port in (PORTS.gateway, PORTS.directory, PORTS.rooms, PORTS.signalling))


def test_its_own_refusals_are_those_of_the_contracts() -> None:
    config = yaml.safe_load(render(PORTS, "127.0.0.1"))
    manager = config["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    for mapper in manager["local_reply_config"]["mappers"]:
        body = mapper["body_format_override"]["json_format"]
        assert Code.of(body["code"]).title == body["title"]
        assert body["type"] == f"/problems/{body['code']}"
        assert len(body["message"]) > 10


def test_the_demo_listens_beyond_loopback_only_when_told_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    assert listen_address() == "127.0.0.1"
    monkeypatch.setenv("HALLWAY_HOST", "0.0.0.0")
    with pytest.raises(Trouble, match="HALLWAY_DEMO_BEYOND_LOOPBACK=yes"):
        listen_address()
    monkeypatch.setenv("HALLWAY_DEMO_BEYOND_LOOPBACK", "yes")
    assert listen_address() == "0.0.0.0"

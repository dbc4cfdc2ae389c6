"""The gateway's configuration, and what it refuses."""

import re
from typing import Any

import pytest
import yaml

from contracts.problems import Code
from hallway.parts.gateway import listen_address, render
from hallway.ports import Ports
from hallway.trouble import Trouble

PORTS = Ports(*range(20001, 20015))
CONFIG = yaml.safe_load(render(PORTS, "127.0.0.1"))
MANAGER = CONFIG["static_resources"]["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
ROUTES: list[dict[str, Any]] = MANAGER["route_config"]["virtual_hosts"][0]["routes"]


def test_every_address_is_filled_in() -> None:
    text = render(PORTS, "127.0.0.1")
    clusters = {cluster["name"] for cluster in CONFIG["static_resources"]["clusters"]}
    assert clusters == {"directory", "rooms", "signalling", "web"}
    assert "127.0.0.1" in text
    assert all(str(port) in text for port in (PORTS.gateway, PORTS.directory, PORTS.rooms, PORTS.signalling))


def test_its_own_refusals_are_those_of_the_contracts() -> None:
    for mapper in MANAGER["local_reply_config"]["mappers"]:
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


def test_only_reads_are_tried_again_once_they_may_have_reached_a_service() -> None:
    safe_for_writes = {"connect-failure", "refused-stream"}
    for route in ROUTES:
        asks = {each["name"]: each for each in route["match"].get("headers", [])}
        reads_only = ":method" in asks or route["name"] in ("keys", "web")
        retry_on = set(route.get("route", {}).get("retry_policy", {}).get("retry_on", "").split(",")) - {""}
        assert reads_only or retry_on <= safe_for_writes, route["name"]


@pytest.mark.parametrize("name", ["room-socket", "hallway-stream"])
def test_streams_are_neither_cut_nor_held_back(name: str) -> None:
    route = next(each for each in ROUTES if each["name"] == name)
    assert route["route"]["timeout"] == "0s"
    assert "per_try_timeout" not in route["route"].get("retry_policy", {})
    assert all(filter_["disabled"] for filter_ in route["typed_per_filter_config"].values())


@pytest.mark.parametrize(
    ("path", "method", "route"),
    [
        ("/v1/rooms", "GET", "hallway-list"),
        ("/rooms", "GET", "hallway-list"),
        ("/v1/rooms", "POST", "room-commands"),
        ("/v1/rooms/7", "GET", "room-page"),
        ("/rooms/7/audience", "GET", "room-page"),
        ("/v1/rooms/7", "PUT", "room-commands"),
        ("/v1/rooms/7", "PATCH", "room-commands"),
        ("/v1/rooms/7/hands/8", "DELETE", "room-commands"),
        ("/v1/rooms/7/events", "GET", "room-events"),
        ("/v1/rooms/7/signal", "GET", "room-socket"),
        ("/v1/rooms/7/media", "POST", "room-media"),
        ("/v1/rooms/7/media/8", "DELETE", "room-media"),
        ("/v1/hallway/stream", "GET", "hallway-stream"),
        ("/v1/users/7", "PUT", "directory-commands"),
        ("/v1/me", "GET", "directory-reads"),
        ("/internal/rooms/7", "GET", "internal"),
        ("/room/7", "GET", "web"),
        ("/openapi.json", "GET", "web"),
    ],
)
def test_every_path_goes_where_it_belongs(path: str, method: str, route: str) -> None:
    assert next(each["name"] for each in ROUTES if _matches(each["match"], path, method)) == route


def _matches(match: dict[str, Any], path: str, method: str) -> bool:
    """As Envoy does, for the kinds of match that the configuration uses."""
    methods = [each["string_match"]["safe_regex"]["regex"] for each in match.get("headers", [])]
    if not all(re.fullmatch(each, method) for each in methods):
        return False
    if "safe_regex" in match:
        return re.fullmatch(match["safe_regex"]["regex"], path) is not None
    if prefix := match.get("path_separated_prefix"):
        return path == prefix or path.startswith(f"{prefix}/")
    return path == match["path"] if "path" in match else path.startswith(match["prefix"])

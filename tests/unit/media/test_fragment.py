"""An ICE restart's fragment: what a client may send, and what it gets back."""

import contextlib
from ipaddress import IPv4Address, IPv6Address
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.media.engine import fragment
from services.media.engine.candidates import candidates
from services.media.engine.offer import InvalidSdp
from services.media.engine.participant import Participant
from services.media.restarting import Restart, Stale, renewed
from tests.unit.media.people import credentials

UFRAG, PASSWORD = "ysXw", "vw5LmwG4y/e6dPP/zAP9Gp5k"
OF_WHIP = f"""a=ice-options:trickle ice2
a=group:BUNDLE 0 1
m=audio 9 UDP/TLS/RTP/SAVPF 111
a=mid:0
a=ice-ufrag:{UFRAG}
a=ice-pwd:{PASSWORD}
a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0 ufrag {UFRAG} network-id 1
a=end-of-candidates
"""
CANDIDATES = "m=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 2122260223 192.0.2.1 61764 typ host\r\n"


def test_the_ufrag_is_found_in_a_fragment_like_those_of_whip() -> None:
    assert fragment.parse(OF_WHIP) == UFRAG


def test_a_fragment_with_candidates_only_restarts_nothing() -> None:
    assert fragment.parse(CANDIDATES) is None
    assert fragment.parse("a=end-of-candidates\r\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "v=0\r\n" + OF_WHIP,  # a whole description
        "a=mid:0\r\n",
        f"a=ice-ufrag:{UFRAG}\r\n",
        f"a=ice-pwd:{PASSWORD}\r\n",
        f"a=ice-ufrag:abc\r\na=ice-pwd:{PASSWORD}\r\n",
        f"a=ice-ufrag:{UFRAG}\r\na=ice-pwd:short\r\n",
        f"a=ice-ufrag:with space\r\na=ice-pwd:{PASSWORD}\r\n",
        f"{OF_WHIP}a=ice-ufrag:another\r\n",
        "a=end-of-candidates\r\n" * (fragment.MOST_LINES + 1),
    ],
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InvalidSdp):
        fragment.parse(text)


@given(st.text() | st.lists(st.sampled_from(OF_WHIP.splitlines()) | st.text()).map("\n".join))
def test_no_text_raises_anything_else(text: str) -> None:
    with contextlib.suppress(InvalidSdp):
        fragment.parse(text)


def test_our_fragment_says_where_we_are_and_with_what_to_check() -> None:
    ice = credentials(7, generation=2)
    text = fragment.write("mic", ice, candidates([IPv4Address("198.51.100.7"), IPv6Address("2001:db8::7")], 18_100))
    assert {"a=ice-lite", "a=mid:mic", f"a=ice-ufrag:{ice.local_ufrag}", f"a=ice-pwd:{ice.local_password}"} <= set(
        text.split("\r\n")
    )
    assert text.count("a=candidate:") == 2
    assert text.endswith("\r\n")


def someone() -> Participant:
    return Participant(UUID(int=1), UUID(int=2), UUID(int=3), 7, 1, "0", credentials(7), number=7)


@pytest.mark.parametrize("if_match", ["*", '"*"', '"ours7-1"', '"older", "ours7-1"'])
def test_a_restart_of_what_is_there_gives_new_credentials_of_ours(if_match: str) -> None:
    who = someone()
    ice = renewed(who, Restart(OF_WHIP, if_match, from_loopback=False), Random(1).getrandbits)
    assert ice is not None
    assert ice.remote_ufrag == UFRAG
    assert ice.local_ufrag != who.ice.local_ufrag
    assert ice.local_password != who.ice.local_password


@pytest.mark.parametrize("if_match", ["", '"older"', 'W/"ours7-1"'])
def test_a_restart_of_what_was_there_before_is_stale(if_match: str) -> None:
    with pytest.raises(Stale):
        renewed(someone(), Restart(OF_WHIP, if_match, from_loopback=False), Random(1).getrandbits)


def test_candidates_under_the_same_ufrag_renew_nothing() -> None:
    ours = f"a=ice-ufrag:theirs7\r\na=ice-pwd:{PASSWORD}\r\n{CANDIDATES}"
    for text in (ours, CANDIDATES):
        assert renewed(someone(), Restart(text, '"ours7-1"', from_loopback=False), Random(1).getrandbits) is None

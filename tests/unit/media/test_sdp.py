import contextlib
from ipaddress import IPv4Address

import pytest
from aiortc.sdp import SessionDescription
from hypothesis import given, settings
from hypothesis import strategies as st

from services.media.engine import answer, offer
from services.media.engine.candidates import candidates
from services.media.engine.offer import InvalidSdp, UnacceptableOffer
from tests.media_client import offer as light
from tests.unit.media.offers import CHROMIUM, changed, without

SSRCS = [111_111, 222_222, 333_333]
VIDEO = "m=video 9 UDP/TLS/RTP/SAVPF 96 97\r\nc=IN IP4 0.0.0.0\r\na=mid:v\r\na=sendrecv\r\na=rtpmap:96 VP8/90000\r\n"


def answered(text: str, addresses: tuple[str, ...] = ("198.51.100.7", "127.0.0.1")) -> str:
    reached = candidates([IPv4Address(one) for one in addresses], port=18_100)
    transport = answer.Transport("ufrag", "password", "sha-256 AB:CD", reached)
    return answer.write(offer.parse(text), SSRCS, transport, session_number=1)


def lines_of(text: str) -> list[list[str]]:
    """The attributes of each media line, the m= line first."""
    return [part.splitlines() for part in ("\r\n" + text).split("\r\nm=")[1:]]


def test_chromium_gets_a_microphone_and_three_slots_in_its_own_order() -> None:
    microphone, *slots = lines_of(answered(CHROMIUM))
    assert "a=recvonly" in microphone
    assert all("a=sendonly" in slot for slot in slots)
    assert [line for part in (microphone, *slots) for line in part if line.startswith("a=mid")] == [
        "a=mid:0",
        "a=mid:1",
        "a=mid:2",
        "a=mid:3",
    ]


def test_everything_goes_over_one_transport_that_is_ice_lite_and_passive() -> None:
    text = answered(CHROMIUM)
    assert "a=ice-lite\r\n" in text
    assert "a=group:BUNDLE 0 1 2 3\r\n" in text
    for part in lines_of(text):
        assert {"a=rtcp-mux", "a=setup:passive", "a=end-of-candidates", "a=ice-ufrag:ufrag"} <= set(part)


def test_opus_alone_is_spoken_with_the_offers_payload_type() -> None:
    text = answered(changed(lambda line: line.replace("111", "109")))
    assert [part[0] for part in lines_of(text)] == ["audio 18100 UDP/TLS/RTP/SAVPF 109"] * 4
    assert text.count("a=rtpmap:") == text.count("a=rtpmap:109 opus/48000/2") == 4
    assert text.count("a=fmtp:109 minptime=10;useinbandfec=1;usedtx=1") == 4
    assert "rtcp-fb" not in text


def test_the_microphone_is_asked_for_packets_of_40_ms() -> None:
    microphone, *slots = lines_of(answered(CHROMIUM))
    assert "a=ptime:40" in microphone
    assert not any(line.startswith("a=ptime") for slot in slots for line in slot)


def test_a_slot_that_asks_is_told_how_loud_its_voice_is() -> None:
    asking = "a=extmap:7 urn:ietf:params:rtp-hdrext:csrc-audio-level"
    text = CHROMIUM.replace("a=recvonly", f"a=recvonly\r\n{asking}")
    assert [asking in part for part in lines_of(answered(text))] == [False, True, True, True]


def test_the_audio_level_is_asked_for_on_the_microphone_only() -> None:
    microphone, *slots = lines_of(answered(CHROMIUM))
    assert "a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level" in microphone
    assert not any(line.startswith("a=extmap") for slot in slots for line in slot)


def test_each_slot_has_its_name_and_one_fixed_source() -> None:
    for number, slot in enumerate(lines_of(answered(CHROMIUM))[1:]):
        assert f"a=msid:slot{number} slot{number}" in slot
        assert [line for line in slot if line.startswith("a=ssrc")] == [f"a=ssrc:{SSRCS[number]} cname:hallway"]


def test_candidates_come_best_first() -> None:
    microphone = lines_of(answered(CHROMIUM))[0]
    assert [line.split()[4] for line in microphone if line.startswith("a=candidate")] == ["198.51.100.7", "127.0.0.1"]


def test_a_client_with_fewer_lines_gets_the_lowest_slots() -> None:
    text = answered(light.write("ufrag", "p" * 22, "AB:CD", slots=1))
    assert text.count("a=msid:") == 1
    assert "a=msid:slot0 slot0" in text


def test_a_fourth_slot_and_a_second_microphone_are_refused_by_port_0() -> None:
    parts = lines_of(answered(light.write("ufrag", "p" * 22, "AB:CD", slots=4)))
    assert parts[4][0].startswith("audio 0 ")
    twice = light.write("ufrag", "p" * 22, "AB:CD", slots=1).replace("a=recvonly", "a=sendonly")
    assert lines_of(answered(twice))[1][0].startswith("audio 0 ")


def test_video_is_refused_by_port_0_where_it_stands() -> None:
    at = CHROMIUM.index("m=audio")
    text = answered(CHROMIUM[:at].replace("BUNDLE", "BUNDLE v") + VIDEO + CHROMIUM[at:])
    assert lines_of(text)[0][0] == "video 0 UDP/TLS/RTP/SAVPF 96 97"
    assert "a=group:BUNDLE 0 1 2 3\r\n" in text


def test_a_listener_without_a_microphone_line_is_answered() -> None:
    text = answered(light.write("ufrag", "p" * 22, "AB:CD").replace("a=sendonly", "a=inactive"))
    assert lines_of(text)[0][0].startswith("audio 0 ")
    assert text.count("a=msid:slot") == 3


def test_our_answer_can_be_read_again() -> None:
    read = SessionDescription.parse(answered(CHROMIUM))
    assert [media.direction for media in read.media] == ["recvonly", "sendonly", "sendonly", "sendonly"]
    assert all(media.ice and media.ice.iceLite for media in read.media)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (without("a=group"), "BUNDLE"),
        (without("a=mid"), "a=mid"),
        (without("a=fingerprint"), "fingerprint"),
        (without("a=ice-ufrag"), "ICE"),
        (without("a=rtcp-mux"), "rtcp-mux"),
        (without("a=rtpmap:111", "a=fmtp:111", "a=rtcp-fb:111"), "opus"),
        (changed(lambda line: line.replace("actpass", "passive")), "passive"),
        (changed(lambda line: line.replace("sha-256", "md5")), "fingerprint"),
    ],
)
def test_an_offer_that_lacks_something_is_told_what(text: str, says: str) -> None:
    with pytest.raises(UnacceptableOffer, match=says):
        offer.parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "v=0",
        "v=0\r\ns=-\r\n",
        "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n",
        "v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 72\r\n",
        "v=0\r\nm=audio 9 X 111\r\na=fmtp:5 x\r\n",
        "v=0\r\nm=audio 9 X 111\r\na=setup:bogus\r\n",
        CHROMIUM.replace("a=mid:1", "a=mid:0"),
        CHROMIUM.replace("m=audio 9", "m=audio x"),
    ],
)
def test_what_is_no_session_description_is_invalid(text: str) -> None:
    with pytest.raises(InvalidSdp):
        offer.parse(text)


@settings(max_examples=80, deadline=None)
@given(at=st.integers(0, len(CHROMIUM)), cut=st.integers(0, 40), insert=st.text(max_size=10))
def test_a_mangled_offer_is_answered_or_refused_but_nothing_else(at: int, cut: int, insert: str) -> None:
    text = CHROMIUM[:at] + insert + CHROMIUM[at + cut :]
    with contextlib.suppress(InvalidSdp, UnacceptableOffer):
        answered(text)

"""A client's offer, read and judged (RFC 8866, RFC 9143): one microphone, up to three slots, one transport."""

from dataclasses import dataclass
from enum import Enum

from aiortc.rtcdtlstransport import RTCDtlsFingerprint
from aiortc.sdp import MediaDescription, SessionDescription

from services.media.engine.slots import SLOTS

AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"  # RFC 6464, of a microphone
SOURCE_LEVEL = "urn:ietf:params:rtp-hdrext:csrc-audio-level"  # RFC 6465, of who is in a slot
FINGERPRINTS = frozenset({"sha-256", "sha-384", "sha-512"})
ONE_BYTE_IDS = range(1, 15)  # RFC 8285 section 4.2
MOST_LINES = 32


class InvalidSdp(ValueError):
    """This text is no session description, or no fragment of one."""


class UnacceptableOffer(ValueError):
    """A session description, but none we can answer; the message says what is missing."""


class Use(Enum):
    MICROPHONE = "microphone"
    SLOT = "slot"
    NONE = "none"  # answered with port 0


LEVELS = {Use.MICROPHONE: AUDIO_LEVEL, Use.SLOT: SOURCE_LEVEL}


@dataclass(frozen=True, slots=True)
class Line:
    """One `m=` line and what we make of it."""

    use: Use
    kind: str
    profile: str
    formats: tuple[str, ...]
    mid: str
    payload_type: int = 0  # of opus; only where there is a use
    level_id: int | None = None  # of the extension with the level, which depends on the use


@dataclass(frozen=True, slots=True)
class Offer:
    ufrag: str
    fingerprints: tuple[RTCDtlsFingerprint, ...]
    lines: tuple[Line, ...]

    @property
    def used(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.use is not Use.NONE)

    @property
    def microphone(self) -> Line | None:
        return next((line for line in self.lines if line.use is Use.MICROPHONE), None)

    @property
    def slots(self) -> int:
        return sum(line.use is Use.SLOT for line in self.lines)

    @property
    def source_level_id(self) -> int | None:
        """With which voices say how loud they are, if the slots ask for it."""
        return next((line.level_id for line in self.lines if line.use is Use.SLOT), None)

    @property
    def payload_type(self) -> int:
        """Of opus. One transport, one payload type: lines of one bundle may not disagree (RFC 9143 section 10.1.1)."""
        return self.used[0].payload_type


def parse(text: str) -> Offer:
    """Read an offer. Raises `InvalidSdp`, `UnacceptableOffer`."""
    description = _description(text)
    bundle = next((set(map(str, group.items)) for group in description.group if group.semantic == "BUNDLE"), None)
    if bundle is None:
        raise UnacceptableOffer("The offer has no BUNDLE group.")
    if any(not media.rtp.muxId for media in description.media):
        raise UnacceptableOffer("A line of the offer has no a=mid.")
    lines = _lines(description.media, bundle)
    used = [media for media, line in zip(description.media, lines, strict=True) if line.use is not Use.NONE]
    if not used:
        raise UnacceptableOffer("The offer has no bundled audio line with opus and rtcp-mux.")
    if len({line.payload_type for line in lines if line.use is not Use.NONE}) > 1:
        raise UnacceptableOffer("The offer gives opus more than one payload type.")
    if len({line.level_id for line in lines if line.use is Use.SLOT}) > 1:
        raise UnacceptableOffer("The slots of the offer give csrc-audio-level different ids.")
    return Offer(_ufrag(used[0]), _fingerprints(used[0]), tuple(lines))


def _description(text: str) -> SessionDescription:
    try:
        description = SessionDescription.parse(text)
    except Exception as error:  # aiortc's parser asserts, indexes and converts without looking: any error is the text's
        raise InvalidSdp("The offer cannot be read as SDP.") from error
    if not text.startswith("v=0") or not 0 < len(description.media) <= MOST_LINES:
        raise InvalidSdp("The offer is no session description with media lines.")
    mids = [media.rtp.muxId for media in description.media if media.rtp.muxId]
    if len(set(mids)) < len(mids):
        raise InvalidSdp("Two lines of the offer have the same a=mid.")
    return description


def _lines(descriptions: list[MediaDescription], bundle: set[str]) -> list[Line]:
    lines: list[Line] = []
    for media in descriptions:
        use = _use(media, bundle, lines)
        lines.append(
            Line(
                use=use,
                kind=media.kind,
                profile=media.profile,
                formats=tuple(map(str, media.fmt)),
                mid=media.rtp.muxId,
                payload_type=_opus(media) or 0,
                level_id=_extension_id(media, LEVELS[use]) if use in LEVELS else None,
            )
        )
    return lines


def _use(media: MediaDescription, bundle: set[str], before: list[Line]) -> Use:
    if media.kind != "audio" or media.rtp.muxId not in bundle or not media.rtcp_mux or _opus(media) is None:
        return Use.NONE
    taken = [line.use for line in before]
    match media.direction:
        case "sendonly" | "sendrecv" | None if Use.MICROPHONE not in taken:  # without a direction it is sendrecv
            return Use.MICROPHONE
        case "recvonly" if taken.count(Use.SLOT) < SLOTS:
            return Use.SLOT
        case _:
            return Use.NONE


def _opus(media: MediaDescription) -> int | None:
    codecs = [
        codec for codec in media.rtp.codecs if codec.mimeType.lower() == "audio/opus" and codec.clockRate == 48000
    ]
    payload_type = codecs[0].payloadType if codecs else None
    return payload_type if payload_type in media.fmt else None


def _extension_id(media: MediaDescription, uri: str) -> int | None:
    ids = [extension.id for extension in media.rtp.headerExtensions if extension.uri == uri]
    return ids[0] if ids and ids[0] in ONE_BYTE_IDS else None


def _ufrag(media: MediaDescription) -> str:
    if not media.ice or not media.ice.usernameFragment or not media.ice.password:
        raise UnacceptableOffer("The offer has no ICE credentials.")
    return media.ice.usernameFragment


def _fingerprints(media: MediaDescription) -> tuple[RTCDtlsFingerprint, ...]:
    known = [one for one in (media.dtls.fingerprints if media.dtls else []) if one.algorithm.lower() in FINGERPRINTS]
    if not known:
        raise UnacceptableOffer("The offer has no DTLS fingerprint that we know (sha-256, sha-384, sha-512).")
    if media.dtls and media.dtls.role == "server":
        raise UnacceptableOffer("The offer says a=setup:passive, and so do we.")
    return tuple(known)

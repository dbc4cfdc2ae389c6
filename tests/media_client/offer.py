"""The offer of a browser, without the browser: one microphone and up to three slots in one bundle."""

AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
LEVEL_ID = 1
PAYLOAD_TYPE = 111
SESSION = "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n"


def write(ufrag: str, password: str, fingerprint: str, slots: int = 3, payload_type: int = PAYLOAD_TYPE) -> str:
    """`fingerprint` is that of sha-256, in hexadecimal with colons."""
    directions = ["sendonly", *["recvonly"] * slots]
    lines = [_line(mid, one, ufrag, password, fingerprint, payload_type) for mid, one in enumerate(directions)]
    return f"{SESSION}a=group:BUNDLE {' '.join(map(str, range(len(lines))))}\r\n{''.join(lines)}"


def _line(mid: int, direction: str, ufrag: str, password: str, fingerprint: str, payload_type: int) -> str:
    return "".join(
        f"{line}\r\n"
        for line in (
            f"m=audio 9 UDP/TLS/RTP/SAVPF {payload_type}",
            "c=IN IP4 0.0.0.0",
            "a=rtcp:9 IN IP4 0.0.0.0",
            f"a=ice-ufrag:{ufrag}",
            f"a=ice-pwd:{password}",
            f"a=fingerprint:sha-256 {fingerprint}",
            "a=setup:actpass",
            f"a=mid:{mid}",
            f"a=extmap:{LEVEL_ID} {AUDIO_LEVEL}",
            f"a={direction}",
            "a=rtcp-mux",
            f"a=rtpmap:{payload_type} opus/48000/2",
            f"a=fmtp:{payload_type} minptime=10;useinbandfec=1",
        )
    )

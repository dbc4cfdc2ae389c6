"""What the two adapters (`dtls.py`, `srtp.py`) take for granted of aiortc and pylibsrtp without being promised it.

A failure here after an upgrade says which private name changed; the adapter is the one place to mend.
"""

import inspect

import pylibsrtp
import pytest
from aiortc import RTCCertificate
from aiortc.rtcdtlstransport import SRTP_AEAD_AES_128_GCM, RTCDtlsFingerprint, RTCDtlsTransport
from OpenSSL import SSL
from pylibsrtp import Policy
from pylibsrtp._binding import ffi, lib

from services.media.dtls import PROFILES, Certificate, DtlsServer, HandshakeFailed
from services.media.srtp import TRAILER_BYTES, SrtpSessions
from services.media.turns import Turns


def test_aiortc_still_lets_the_dtls_role_be_set() -> None:
    assert list(inspect.signature(RTCDtlsTransport._set_role).parameters) == ["self", "role"]


def test_aiortc_still_has_its_states_and_srtp_sessions_where_we_read_them() -> None:
    source = inspect.getsource(RTCDtlsTransport)
    for name in (
        "self._rx_srtp = Session",
        "self._tx_srtp = Session",
        'self.emit("statechange")',
        "self._srtp_profiles",
    ):
        assert name in source, f"RTCDtlsTransport no longer says {name}: see services/media/dtls.py"


def test_aiortc_still_uses_of_its_ice_transport_only_what_ours_has() -> None:
    source = inspect.getsource(RTCDtlsTransport)
    used = {
        word.split(".")[2].split("(")[0].rstrip(",)") for word in source.split() if word.startswith("self.transport.")
    }
    awaited = {word.split("self.transport.")[1].split("(")[0] for word in source.split() if "self.transport._" in word}
    assert used | awaited <= {"role", "_recv", "_send"}, "RTCDtlsTransport wants more of its transport: see _Path"


def test_aiortc_still_asks_the_certificate_for_a_tls_context() -> None:
    assert list(inspect.signature(RTCCertificate._create_ssl_context).parameters) == ["self", "srtp_profiles"]
    certificate = Certificate.generateCertificate()
    context = certificate._create_ssl_context(srtp_profiles=PROFILES)
    assert isinstance(context, SSL.Context)
    assert certificate._create_ssl_context(srtp_profiles=PROFILES) is context


def test_aes_gcm_is_there_and_preferred() -> None:
    Policy(srtp_profile=SRTP_AEAD_AES_128_GCM.libsrtp_profile)
    assert PROFILES[0] is SRTP_AEAD_AES_128_GCM


async def test_a_server_can_be_made_without_an_ice_transport() -> None:
    DtlsServer(Certificate.generateCertificate(), send=lambda record: None, turn=Turns().take)


async def test_an_error_in_a_retransmission_is_a_failed_handshake(monkeypatch: pytest.MonkeyPatch) -> None:
    async def times_out(_transport: RTCDtlsTransport) -> None:
        raise SSL.WantReadError  # seen on a machine that had no time for anybody

    monkeypatch.setattr(RTCDtlsTransport, "_recv_next", times_out)
    server = DtlsServer(Certificate.generateCertificate(), send=lambda record: None, turn=Turns().take)
    with pytest.raises(HandshakeFailed):
        await server.handshake([RTCDtlsFingerprint("sha-256", "AA")])


def test_pylibsrtp_still_keeps_the_c_session_where_we_find_it() -> None:
    session = pylibsrtp.Session(Policy(key=bytes(30), ssrc_type=Policy.SSRC_ANY_OUTBOUND))
    assert ffi.typeof(session._srtp).cname == "struct srtp_ctx_t_ * *", "see SrtpSessions"
    assert callable(lib.srtp_protect)
    assert pylibsrtp.SRTP_MAX_TRAILER_LEN == TRAILER_BYTES


def test_what_we_encrypt_the_public_method_decrypts() -> None:
    def session(direction: int) -> pylibsrtp.Session:
        return pylibsrtp.Session(Policy(key=bytes(30), ssrc_type=direction))

    outward, inward = session(Policy.SSRC_ANY_OUTBOUND), session(Policy.SSRC_ANY_INBOUND)
    packet = b"\x80\x6f\x00\x01" + bytes(8) + b"opus"
    sealed = SrtpSessions(inward, outward).protect(packet)
    assert sealed is not None
    assert inward.unprotect(bytes(sealed)) == packet

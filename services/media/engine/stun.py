"""ICE-lite's half of connectivity checks (RFC 8445 section 2.5, RFC 8489): it answers, and never asks."""

import hmac
from dataclasses import dataclass
from hashlib import sha1
from ipaddress import ip_address
from struct import Struct
from zlib import crc32

from services.media.engine.plane import Address, IceCredentials

HEADER = Struct("!HHI12s")
ATTRIBUTE = Struct("!HH")
REQUEST, RESPONSE = 0x0001, 0x0101  # of the method Binding
COOKIE = 0x2112A442
USERNAME, MESSAGE_INTEGRITY, XOR_MAPPED_ADDRESS, USE_CANDIDATE, FINGERPRINT = 0x0006, 0x0008, 0x0020, 0x0025, 0x8028
INTEGRITY_BYTES, FINGERPRINT_BYTES = 20, 4
FINGERPRINT_XOR = 0x5354554E
FAMILY = {4: 1, 6: 2}
MOST_USERNAME = 513  # RFC 8489 section 14.3


@dataclass(frozen=True, slots=True)
class BindingRequest:
    """A parsed request. Nothing in it is proven until `proves`."""

    transaction: bytes
    username: bytes
    nominates: bool
    signed: bytes  # the message as MESSAGE-INTEGRITY covers it
    signature: bytes

    @property
    def local_ufrag(self) -> bytes:
        return self.username.partition(b":")[0]

    def proves(self, ice: IceCredentials) -> bool:
        """True when it comes from who holds these credentials."""
        named = self.username == f"{ice.local_ufrag}:{ice.remote_ufrag}".encode()
        return named and hmac.compare_digest(self.signature, _signature(self.signed, ice))

    def answer(self, address: Address, ice: IceCredentials) -> bytes:
        """The success response: where the request came from, signed and with FINGERPRINT."""
        body = _attribute(XOR_MAPPED_ADDRESS, _mapped(address, self.transaction))
        signed = _message(self.transaction, body, ATTRIBUTE.size + INTEGRITY_BYTES)
        body += _attribute(MESSAGE_INTEGRITY, _signature(signed, ice))
        printed = _message(self.transaction, body, ATTRIBUTE.size + FINGERPRINT_BYTES)
        return printed + _attribute(FINGERPRINT, _fingerprint(printed))


def binding_request(datagram: bytes) -> BindingRequest | None:
    """The request in `datagram`; None for anything else, which is never answered: we are no amplifier.

    ICE wants MESSAGE-INTEGRITY and FINGERPRINT (RFC 8445 section 7.1), the latter last and right; other attributes
    after the former do not count (RFC 8489 section 14.5).
    """
    if len(datagram) < HEADER.size:
        return None
    kind, length, cookie, transaction = HEADER.unpack_from(datagram)
    if (kind, cookie, length) != (REQUEST, COOKIE, len(datagram) - HEADER.size) or length % 4:
        return None
    found: dict[int, tuple[int, bytes]] = {}  # by type: where it begins, its value; the first of each
    at = HEADER.size
    while at < len(datagram):
        type_, size = ATTRIBUTE.unpack_from(datagram, at)
        value = at + ATTRIBUTE.size
        if value + size > len(datagram):
            return None
        if MESSAGE_INTEGRITY not in found or type_ == FINGERPRINT:
            found.setdefault(type_, (at, datagram[value : value + size]))
        at = value + size + -size % 4
    return _request(datagram, transaction, found)


def _request(datagram: bytes, transaction: bytes, found: dict[int, tuple[int, bytes]]) -> BindingRequest | None:
    if not {USERNAME, MESSAGE_INTEGRITY, FINGERPRINT} <= found.keys():
        return None
    (integrity_at, signature), (fingerprint_at, fingerprint) = found[MESSAGE_INTEGRITY], found[FINGERPRINT]
    username = found[USERNAME][1]
    if len(signature) != INTEGRITY_BYTES or len(username) > MOST_USERNAME:
        return None
    last = fingerprint_at == len(datagram) - ATTRIBUTE.size - FINGERPRINT_BYTES
    if not last or fingerprint != _fingerprint(datagram[:fingerprint_at]):
        return None
    until = integrity_at + ATTRIBUTE.size + INTEGRITY_BYTES - HEADER.size  # RFC 8489 section 14.5: as if it ended there
    signed = HEADER.pack(REQUEST, until, COOKIE, transaction) + datagram[HEADER.size : integrity_at]
    return BindingRequest(transaction, username, USE_CANDIDATE in found, signed, signature)


def _message(transaction: bytes, body: bytes, more: int) -> bytes:
    """A response whose length counts `more` bytes that are still to come."""
    return HEADER.pack(RESPONSE, len(body) + more, COOKIE, transaction) + body


def _attribute(type_: int, value: bytes) -> bytes:
    return ATTRIBUTE.pack(type_, len(value)) + value


def _signature(signed: bytes, ice: IceCredentials) -> bytes:
    return hmac.digest(ice.local_password.encode(), signed, sha1)


def _fingerprint(before: bytes) -> bytes:
    return (crc32(before) ^ FINGERPRINT_XOR).to_bytes(4, "big")


def _mapped(address: Address, transaction: bytes) -> bytes:
    """XOR-MAPPED-ADDRESS (RFC 8489 section 14.2)."""
    host, port = ip_address(address[0]), address[1]
    mask = COOKIE.to_bytes(4, "big") + transaction
    masked = bytes(one ^ other for one, other in zip(host.packed, mask, strict=False))
    return bytes([0, FAMILY[host.version]]) + (port ^ COOKIE >> 16).to_bytes(2, "big") + masked

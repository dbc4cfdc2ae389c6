"""ICE-lite's half of connectivity checks (RFC 8445 section 2.5, RFC 8489): it answers, and never asks."""

import struct
from dataclasses import dataclass

from aioice import stun


@dataclass(frozen=True, slots=True)
class IceCredentials:
    """What both sides put into USERNAME, and the key of MESSAGE-INTEGRITY towards us."""

    local_ufrag: str
    local_password: str
    remote_ufrag: str


class BindingRequest:
    """A parsed binding request. Nothing in it is proven until `proves`."""

    def __init__(self, message: stun.Message) -> None:
        self._message = message
        self.local_ufrag, _, self.remote_ufrag = str(message.attributes.get("USERNAME", "")).partition(":")
        self.nominates = "USE-CANDIDATE" in message.attributes

    def proves(self, ice: IceCredentials) -> bool:
        """True when it comes from who holds these credentials: aioice parses, but leaves MESSAGE-INTEGRITY to us."""
        named = (self.local_ufrag, self.remote_ufrag) == (ice.local_ufrag, ice.remote_ufrag)
        return named and bool(self._message.check_message_integrity(ice.local_password.encode()))

    def answer(self, address: tuple[str, int], ice: IceCredentials) -> bytes:
        """The success response: where the request came from, signed and with FINGERPRINT."""
        response = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, transaction_id=self._message.transaction_id)
        response.attributes["XOR-MAPPED-ADDRESS"] = address
        response.add_message_integrity(ice.local_password.encode())
        return bytes(response)


def binding_request(datagram: bytes) -> BindingRequest | None:
    """The request in `datagram`; None for anything else, which is never answered: we are no amplifier."""
    try:
        message = stun.parse_message(datagram)
    except (ValueError, struct.error):  # struct.error: an attribute shorter than its type
        return None
    if (message.message_method, message.message_class) != (stun.Method.BINDING, stun.Class.REQUEST):
        return None
    return BindingRequest(message)

"""Which address is whose. Only a check signed with a participant's own password says so."""

from services.media.engine.listener import Address
from services.media.engine.participant import MOST_ADDRESSES, Participant
from services.media.engine.stun import binding_request


class Routes:
    def __init__(self) -> None:
        self._by_ufrag: dict[str, Participant] = {}
        self._by_address: dict[Address, Participant] = {}

    def add(self, who: Participant) -> None:
        self._by_ufrag[who.ice.local_ufrag] = who

    def remove(self, who: Participant) -> None:
        self._by_ufrag.pop(who.ice.local_ufrag, None)
        for address in who.addresses:
            self._by_address.pop(address, None)
        who.addresses.clear()

    def at(self, address: Address) -> Participant | None:
        return self._by_address.get(address)

    def check(self, datagram: bytes, address: Address, now: float) -> bytes | None:
        """A STUN message from `address`: the answer to a valid check, which proves that the address is its sender's.

        None for everything else; also when the address is another's already, whoever may ask for it.
        """
        request = binding_request(datagram)
        who = self._by_ufrag.get(request.local_ufrag) if request else None
        if request is None or who is None or not request.proves(who.ice):
            return None
        if self._by_address.get(address, who) is not who:
            return None
        who.last_heard = now
        self._prove(who, address)
        if request.nominates or who.listener.address is None:  # RFC 8445 section 7.3.1.5
            who.listener.address = address
        return request.answer(address, who.ice)

    def _prove(self, who: Participant, address: Address) -> None:
        if address in who.addresses:
            return
        who.addresses.append(address)
        self._by_address[address] = who
        if len(who.addresses) > MOST_ADDRESSES:
            oldest = next(known for known in who.addresses if known != who.listener.address)
            who.addresses.remove(oldest)
            del self._by_address[oldest]

"""Which address is whose. Only a check signed with a participant's own password says so."""

from services.media.engine.peer import MOST_ADDRESSES, Peer
from services.media.engine.plane import Address, IceCredentials
from services.media.engine.stun import binding_request


class Routes:
    def __init__(self) -> None:
        self._by_ufrag: dict[bytes, Peer] = {}
        self._by_address: dict[Address, Peer] = {}

    def add(self, who: Peer) -> None:
        self._by_ufrag[who.ice.local_ufrag.encode()] = who

    def renew(self, who: Peer, ice: IceCredentials) -> None:
        self._by_ufrag.pop(who.ice.local_ufrag.encode(), None)
        who.ice = ice
        self.add(who)

    def remove(self, who: Peer) -> None:
        self._by_ufrag.pop(who.ice.local_ufrag.encode(), None)
        for address in who.addresses:
            self._by_address.pop(address, None)
        who.addresses.clear()

    def at(self, address: Address) -> Peer | None:
        return self._by_address.get(address)

    def check(self, datagram: bytes, address: Address, now: float) -> tuple[Peer, bytes] | None:
        """A STUN message from `address`: whose valid check it is, and the answer. It proves that the address is theirs.

        None for everything else; also when the address is another's already, whoever may ask for it.
        """
        request = binding_request(datagram)
        who = self._by_ufrag.get(request.local_ufrag) if request else None
        if request is None or who is None or not request.proves(who.ice):
            return None
        if self._by_address.get(address, who) is not who:
            return None
        who.alive(now)
        self._prove(who, address)
        if request.nominates or who.listener.address is None:  # RFC 8445 section 7.3.1.5
            who.listener.address = address
        return who, request.answer(address, who.ice)

    def _prove(self, who: Peer, address: Address) -> None:
        if address in who.addresses:
            return
        who.addresses.append(address)
        self._by_address[address] = who
        if len(who.addresses) > MOST_ADDRESSES:
            oldest = next(known for known in who.addresses if known != who.listener.address)
            who.addresses.remove(oldest)
            del self._by_address[oldest]

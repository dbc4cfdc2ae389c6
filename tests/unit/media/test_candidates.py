from ipaddress import IPv4Address, IPv6Address

from services.media.engine.candidates import candidates, reachable_at

LOOPBACK, LINK_LOCAL = IPv4Address("127.0.0.1"), IPv4Address("169.254.3.4")
WIFI, BRIDGE, PUBLIC = IPv4Address("192.168.1.7"), IPv4Address("172.17.0.1"), IPv4Address("198.51.100.7")


def test_the_address_of_the_default_route_comes_first() -> None:
    assert reachable_at([], [LOOPBACK, BRIDGE, WIFI], [WIFI], from_loopback=False) == [WIFI, BRIDGE]


def test_loopback_comes_last_and_only_for_a_page_from_a_loopback_host() -> None:
    assert reachable_at([], [LOOPBACK, WIFI], [WIFI], from_loopback=True) == [WIFI, LOOPBACK]
    assert LOOPBACK not in reachable_at([], [LOOPBACK, WIFI], [WIFI], from_loopback=False)


def test_link_local_addresses_are_never_offered() -> None:
    assert reachable_at([], [LINK_LOCAL, WIFI], [], from_loopback=False) == [WIFI]


def test_public_addresses_stand_in_for_the_machines_own() -> None:
    assert reachable_at([PUBLIC], [WIFI], [WIFI], from_loopback=False) == [PUBLIC]


def test_a_machine_without_any_network_has_only_loopback() -> None:
    assert reachable_at([], [LOOPBACK], [], from_loopback=False) == [LOOPBACK]


def test_ipv6_is_offered_after_ipv4_of_the_same_standing() -> None:
    six, link_local = IPv6Address("2001:db8::7"), IPv6Address("fe80::1")
    assert reachable_at([], [six, BRIDGE, link_local, WIFI], [WIFI, six], from_loopback=False) == [WIFI, six, BRIDGE]
    assert str(candidates([six], 18_100)[0]) == "1 1 udp 2130706431 2001:db8::7 18100 typ host"


def test_priorities_fall_in_the_order_of_the_addresses() -> None:
    first, second = candidates([WIFI, LOOPBACK], 18_100)
    assert first.priority > second.priority
    assert str(first) == "1 1 udp 2130706431 192.168.1.7 18100 typ host"

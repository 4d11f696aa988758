"""Which addresses may be asked."""

import ipaddress
from typing import Any

import pytest
from twisted.internet.address import IPv4Address

from spiders.guard import Forbidden, Guard, OnlyPublic, is_public
from spiders.middlewares import hop


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",  # noqa: S104
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "fe80::1", "fec0::1",
        "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "2001:db8::1",
    ],
)  # fmt: skip
def test_private(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::8.8.8.8", "2002:808:808::"])
def test_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url", ["http://e.example/", "https://e.example:8443/", "http://8.8.8.8/", "http://localhost/"]
)
def test_passes_the_check_by_url(url: str) -> None:
    Guard({}).check(url)


@pytest.mark.parametrize(
    "url",
    ["http://e.example:22/", "http://e.example:6379/", "http://[::1]/", "ftp://e.example/", "http://e.example:x/"],
)
def test_refused_by_url(url: str) -> None:
    with pytest.raises(Forbidden):
        Guard({"e.example": "127.0.0.1:8001"}).check(url)


def test_a_mapped_name_is_asked_elsewhere_and_its_address_is_not_open_to_others() -> None:
    guard = Guard({"e.example": "127.0.0.1:8001"})
    assert guard.mapped("https://E.example/a?b=c") == "http://127.0.0.1:8001/a?b=c"
    assert guard.mapped("https://www.e.example/") is None
    assert guard.addresses() == {"127.0.0.1"}
    with pytest.raises(Forbidden):
        guard.check("http://127.0.0.1:8001/")


class Receiver:
    """Remembers what it is handed."""

    def __init__(self) -> None:
        self.handed: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *args: self.handed.append((name, *(arg.host for arg in args)))


def test_the_resolver_hands_on_public_addresses_only() -> None:
    receiver, refused = Receiver(), set[str]()
    mixed = OnlyPublic(receiver, "mixed.example", refused)
    for address in ("127.0.0.1", "8.8.8.8"):
        mixed.addressResolved(IPv4Address("TCP", address, 80))
    mixed.resolutionComplete()
    assert receiver.handed == [("addressResolved", "8.8.8.8"), ("resolutionComplete",)]
    assert not refused

    rebound = OnlyPublic(Receiver(), "rebound.example", refused)
    rebound.addressResolved(IPv4Address("TCP", "127.0.0.1", 80))
    rebound.resolutionComplete()
    assert refused == {"rebound.example"}


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"/b", "https://e.example/b"),
        (b"//f.example/b#c", "https://f.example/b"),
        (b"http://u:p@f.example/?utm_source=x", "http://f.example/?utm_source=x"),
        ("/ü".encode(), "https://e.example/%C3%BC"),
        (b" ?x=1 ", "https://e.example/a?x=1"),
    ],
)
def test_where_a_redirect_leads(location: bytes, target: str) -> None:
    assert hop("https://e.example/a", location) == target

"""Which addresses may be asked: http(s) on web ports of public hosts, and names that are mapped to our own.

A page, a feed or a redirect decides what is asked next, so each of them could point the crawler at the machine
it runs on or at its neighbours. The check stands at two places: before a request, on what its URL says
(`Guard.check`), and at the resolver, on what its host's name really stands for (`PublicResolver`), so that a name
which resolves to a private address, now or the second time, is not connected to. No setting turns it off.
"""

import ipaddress
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IAddress, IHostResolution

from articles.errors import BadUrl
from articles.urls import host

PORTS = frozenset({80, 443, 8000, 8080, 8081, 8088, 8443, 8888})
"""Where newspapers serve pages; nothing is to be found by asking the others."""

NAT64 = ipaddress.ip_network("64:ff9b::/96")

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


class Forbidden(IgnoreRequest):
    """An address that is not asked, whoever names it."""


class Guard:
    """Decides by the URL alone; `hosts` maps names to `address:port` of servers of our own."""

    def __init__(self, hosts: Mapping[str, str]) -> None:
        self._hosts = dict(hosts)

    def check(self, url: str) -> None:
        """Raise `Forbidden` unless the URL is a web page's on a host that may be public."""
        try:
            name, port = host(url), urlsplit(url).port
        except (BadUrl, ValueError) as error:
            raise Forbidden(f"no web address: {error}") from error
        if port not in PORTS and port is not None:
            raise Forbidden(f"port {port} of {name} is no web server's")
        address = literal(name)
        if address and not is_public(address):
            raise Forbidden(f"{name} is not a public address")

    def addresses(self) -> set[str]:
        """The addresses of the servers of our own."""
        return {target.rpartition(":")[0].strip("[]") for target in self._hosts.values()}

    def mapped(self, url: str) -> str | None:
        """Where a URL of a mapped host is really asked, in plain HTTP; None for all others."""
        target = self._hosts.get(host(url))
        if target is None:
            return None
        parts = urlsplit(url)
        return f"http://{target}{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"


def literal(name: str) -> IPAddress | None:
    """The IP address that a host, spelled as `articles.urls.host` does, is itself."""
    try:
        return ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return None


def is_public(address: IPAddress) -> bool:
    """Whether an address, and the IPv4 address that it may carry inside, belongs to the open internet."""
    if address.is_multicast or not address.is_global:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    return not address.is_site_local and all(is_public(inner) for inner in carried(address))


def carried(address: ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that a gateway would make of an IPv6 address."""
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]


class PublicResolver(CachingHostnameResolver):
    """Resolves names to public addresses only."""

    refused: ClassVar[set[str]] = set()
    """Names that stand for private addresses alone: how a refusal is told from a name that does not exist."""
    granted: ClassVar[set[str]] = set()
    """Addresses of mapped hosts, which are asked for as such; a name that resolves to one is refused all the same."""

    def resolveHostName(  # noqa: N802  Twisted's interface
        self,
        resolutionReceiver: Any,  # noqa: N803  Twisted's interface, like the names below
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve as Scrapy does, handing on what is public."""
        receiver = resolutionReceiver
        if hostName not in self.granted:
            receiver = OnlyPublic(resolutionReceiver, hostName, self.refused)
        return super().resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)


class OnlyPublic:
    """Stands between a resolver and who asked, and keeps private addresses back."""

    def __init__(self, receiver: Any, name: str, refused: set[str]) -> None:
        self._receiver = receiver
        self._name = name
        self._refused = refused
        self._kept_back = self._handed_on = 0

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802  Twisted's interface
        """Hand on."""
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        """Hand on what is public."""
        if is_public(ipaddress.ip_address(address.host.partition("%")[0])):
            self._handed_on += 1
            self._receiver.addressResolved(address)
        else:
            self._kept_back += 1

    def resolutionComplete(self) -> None:  # noqa: N802
        """Hand on, remembering a name for which nothing was."""
        if self._kept_back and not self._handed_on:
            self._refused.add(self._name)
        self._receiver.resolutionComplete()

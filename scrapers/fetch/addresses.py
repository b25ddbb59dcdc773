"""Which addresses may be asked: the public web by its plain names, and nothing near to us.

A source's address comes from the catalogue, but a redirect's comes from a stranger. Both pass
through `check_address` (the spelling) and `check_resolved` (where the name leads). Pure: nothing
here touches the network. The networks are those of IANA's special-purpose address registries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from scrapers.fetch.errors import AddressRefused

IpAddress = IPv4Address | IPv6Address

DEFAULT_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """What may be asked for. As it stands: public hosts, https, the web's own ports.

    ``allow_hosts`` are hosts (a name or an address literal, exactly as spelled) that are exempt
    from every rule, over http too and on any port. It is for tests against servers on loopback.
    """

    allow_hosts: frozenset[str] = frozenset()
    schemes: frozenset[str] = frozenset({"https"})
    ports: frozenset[int] = frozenset({443, 80})


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address. ``host`` is lower case and without brackets; ``url`` has no fragment."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt speaks for."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


_SPECIAL_V4 = {
    IPv4Network("0.0.0.0/8"): "unspecified",
    IPv4Network("10.0.0.0/8"): "private",
    IPv4Network("100.64.0.0/10"): "carrier-grade NAT",
    IPv4Network("127.0.0.0/8"): "loopback",
    IPv4Network("169.254.0.0/16"): "link-local",
    IPv4Network("172.16.0.0/12"): "private",
    IPv4Network("192.0.0.0/24"): "reserved",
    IPv4Network("192.0.2.0/24"): "documentation",
    IPv4Network("192.88.99.0/24"): "6to4 relay",
    IPv4Network("192.168.0.0/16"): "private",
    IPv4Network("198.18.0.0/15"): "benchmarking",
    IPv4Network("198.51.100.0/24"): "documentation",
    IPv4Network("203.0.113.0/24"): "documentation",
    IPv4Network("224.0.0.0/4"): "multicast",
    IPv4Network("240.0.0.0/4"): "reserved",
}

_SPECIAL_V6 = {
    IPv6Network("::/128"): "unspecified",
    IPv6Network("::1/128"): "loopback",
    IPv6Network("::/96"): "IPv4-compatible",
    IPv6Network("::ffff:0:0/96"): "IPv4-mapped",
    IPv6Network("64:ff9b::/96"): "NAT64",
    IPv6Network("64:ff9b:1::/48"): "NAT64",
    IPv6Network("2001::/32"): "Teredo",
    IPv6Network("2001::/23"): "reserved",
    IPv6Network("2001:db8::/32"): "documentation",
    IPv6Network("2002::/16"): "6to4",
    IPv6Network("3fff::/20"): "documentation",
    IPv6Network("fc00::/7"): "private",
    IPv6Network("fe80::/10"): "link-local",
    IPv6Network("fec0::/10"): "site-local",
    IPv6Network("ff00::/8"): "multicast",
}
_GLOBAL_UNICAST_V6 = IPv6Network("2000::/3")

# Names that resolvers keep to the machine or the local network (RFC 6761, 6762, 8375, 9476).
_LOCAL_SUFFIXES = ("localhost", "local", "internal", "lan", "home.arpa", "onion", "alt")

_UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
_NETLOC = re.compile(r"(?:\[(?P<v6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9.-]+))(?::(?P<port>[0-9]{1,5}))?")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_NUMBER_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_DOTTED_QUAD = re.compile(r"(?:0|[1-9][0-9]{0,2})(?:\.(?:0|[1-9][0-9]{0,2})){3}")


def check_address(address: str, policy: AddressPolicy) -> Target:
    """The parts of ``address`` if it may be asked; raises `AddressRefused`, which says why not.

    Spellings that two readers could read differently are refused, not repaired: user info,
    numbers in other bases, short and full-width forms, trailing dots, zone ids.
    """
    if found := _UNSAFE.search(address):
        raise AddressRefused(repr(address), repr(found[0]), "no spaces, controls or backslashes")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise AddressRefused(
            repr(address), str(error), "an address like https://host/path"
        ) from None
    scheme, netloc = parts.scheme.lower(), parts.netloc.lower()
    spelled = _NETLOC.fullmatch(netloc)
    if spelled is None:
        raise AddressRefused(address, f"host {parts.netloc!r}", "a plain ASCII host, no user info")
    host = spelled["v6"] or spelled["name"]
    port = int(spelled["port"] or DEFAULT_PORTS.get(scheme, 0))
    exempt = host in policy.allow_hosts
    if scheme not in (DEFAULT_PORTS if exempt else policy.schemes):
        raise AddressRefused(address, f"scheme {scheme!r}", " or ".join(sorted(policy.schemes)))
    if not exempt:
        if port not in policy.ports:
            allowed = " or ".join(str(number) for number in sorted(policy.ports))
            raise AddressRefused(address, f"port {port}", f"port {allowed}")
        _check_host(address, host, is_v6=spelled["v6"] is not None)
    url = parts._replace(scheme=scheme, netloc=netloc, fragment="").geturl()
    return Target(url, scheme, host, port, parts.path or "/")


def _check_host(address: str, host: str, *, is_v6: bool) -> None:
    if is_v6 or _DOTTED_QUAD.fullmatch(host):
        try:
            reason = refusal(ip_address(host))
        except ValueError:
            raise AddressRefused(address, f"host {host!r}", "a well-formed IP address") from None
        if reason:
            raise AddressRefused(address, f"host {host} is {reason}", "a public host")
        return
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise AddressRefused(address, f"host {host!r}", "a well-formed host name, no trailing dot")
    if _NUMBER_LABEL.fullmatch(labels[-1]):
        raise AddressRefused(address, f"host {host!r}", "a name, or four plain decimal numbers")
    if len(labels) == 1 or any(f".{host}".endswith(f".{suffix}") for suffix in _LOCAL_SUFFIXES):
        raise AddressRefused(address, f"host {host!r} is a local name", "a public host name")


def check_resolved(target: Target, addresses: Iterable[IpAddress], policy: AddressPolicy) -> None:
    """Refuses ``target`` when any address that its name leads to is not public.

    One bad address among good ones is refused too: the host does not choose which one we take.
    """
    if target.host in policy.allow_hosts:
        return
    for address in addresses:
        if reason := refusal(address):
            raise AddressRefused(
                target.url, f"{target.host} resolves to {address}, {reason}", "public addresses"
            )


def refusal(address: IpAddress) -> str | None:
    """Why ``address`` may not be connected to, in a word; None when it is public.

    Addresses that carry another address inside (mapped, 6to4, Teredo, NAT64) are refused
    whatever they carry: `ipaddress.is_global` lets NAT64 pass.
    """
    if isinstance(address, IPv4Address):
        return next((name for net, name in _SPECIAL_V4.items() if address in net), None)
    named = next((name for net, name in _SPECIAL_V6.items() if address in net), None)
    return named or (None if address in _GLOBAL_UNICAST_V6 else "reserved")

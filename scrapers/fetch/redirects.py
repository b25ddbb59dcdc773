"""Redirects followed by hand, each hop's address checked like the first."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from scrapers.fetch.addresses import Target, check_address
from scrapers.fetch.errors import TooManyRedirects, UnexpectedStatus
from scrapers.fetch.exchange import REDIRECTS, Exchange, Reply

MAX_REDIRECTS = 5


def follow(
    exchange: Exchange,
    start: Target,
    *,
    headers: dict[str, str],
    max_bytes: int,
    permit: Callable[[Target], float],
) -> tuple[Reply, tuple[str, ...]]:
    """The first reply that is no redirect, and the addresses that led to it.

    ``permit`` is asked before every hop; it gives the rest in seconds that the host is due
    afterwards, or raises. Raises `TooManyRedirects`, `AddressRefused`, and what a hop raises.
    """
    target = start
    led_by: list[str] = []
    while True:
        reply = exchange.get(target, headers, max_bytes=max_bytes, rest=permit(target))
        if reply.status not in REDIRECTS:
            return reply, tuple(led_by)
        led_by.append(target.url)
        if len(led_by) > MAX_REDIRECTS:
            chain = " -> ".join(led_by)
            raise TooManyRedirects(start.url, chain, f"at most {MAX_REDIRECTS} redirects")
        location = reply.headers.get("location", "").strip()
        if not location:
            raise UnexpectedStatus(target.url, reply.status, "a Location to follow")
        target = check_address(_joined(target.url, location), exchange.settings.policy)


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location)
    except ValueError:
        return location

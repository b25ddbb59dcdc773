"""What a host's robots.txt allows, as RFC 9309 reads it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from protego import Protego

from scrapers.fetch.addresses import Target, check_address
from scrapers.fetch.errors import (
    RobotsDisallowed,
    RobotsUnreachable,
    ServerFailed,
    TooManyRedirects,
)
from scrapers.fetch.exchange import Exchange
from scrapers.fetch.redirects import follow

PRODUCT = "Ratecard"
MAX_BYTES = 1024 * 1024
KEPT_SECONDS = 3600.0
FAILURE_KEPT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class _Rules:
    """One host's rules, or the failure that stands in their place, good until ``expires``."""

    rules: Protego | None
    failure: str
    expires: float


@dataclass(frozen=True, slots=True)
class RobotsCache:
    """The robots.txt of each origin, kept for an hour in this process."""

    _kept: dict[str, _Rules] = field(default_factory=dict)

    def permit(self, target: Target, exchange: Exchange) -> float:
        """The crawl delay in seconds (0 if none) that the host asks for with its permission.

        Raises `RobotsDisallowed`, `RobotsUnreachable` when the host fails to say, and whatever
        kept its robots.txt from being read (no connection, another slot holder, the deadline).
        """
        kept = self._kept.get(target.origin)
        if kept is None or kept.expires <= time.monotonic():
            kept = self._kept[target.origin] = _read_rules(target, exchange)
        if kept.rules is None:
            raise RobotsUnreachable(target.url, kept.failure, "a readable robots.txt, or none")
        if not kept.rules.can_fetch(target.url, PRODUCT):
            raise RobotsDisallowed(target.url, "disallowed by robots.txt", f"leave for {PRODUCT}")
        return float(kept.rules.crawl_delay(PRODUCT) or 0)


def _read_rules(target: Target, exchange: Exchange) -> _Rules:
    start = check_address(f"{target.origin}/robots.txt", exchange.settings.policy)
    try:
        reply, _ = follow(exchange, start, headers={}, max_bytes=MAX_BYTES, permit=_no_rest)
    except TooManyRedirects:
        text = ""
    except ServerFailed as error:
        return _Rules(None, f"robots.txt: {error.value}", time.monotonic() + FAILURE_KEPT_SECONDS)
    else:
        # Any other status (RFC 9309, 2.3.1.3: "unavailable") leaves everything allowed.
        text = reply.body.decode("utf-8", "replace") if reply.status == 200 else ""
    return _Rules(Protego.parse(text), "", time.monotonic() + KEPT_SECONDS)


def _no_rest(_: Target) -> float:
    return 0.0

"""How much one asker may ask in a minute: fixed windows, counted in the cache."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

WINDOW = 60
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left of a window. ``name``: of the policy; ``resets``: seconds until it is full."""

    name: str
    limit: int
    used: int
    resets: int

    @property
    def remaining(self) -> int:
        """Requests that are still answered in this window."""
        return max(self.limit - self.used, 0)

    @property
    def exceeded(self) -> bool:
        """Whether this request was one too many."""
        return self.used > self.limit

    @property
    def headers(self) -> dict[str, str]:
        """As draft-ietf-httpapi-ratelimit-headers has them."""
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.limit};w={WINDOW}',
            "RateLimit": f'"{self.name}";r={self.remaining};t={self.resets}',
        }


def take(name: str, asker: str, limit: int, *, now: float, cost: int = 1) -> Quota:
    """Counts a request of an asker; processes that share a cache share the count."""
    window, passed = divmod(int(now), WINDOW)
    key = f"quota:{name}:{asker}:{window}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        used = cache.incr(key, cost)
    except ValueError:  # the cache let go of it in between
        used = cost
    return Quota(name, limit, used, WINDOW - passed)

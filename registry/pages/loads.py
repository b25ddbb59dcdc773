"""A month of use as a reader types it: millions of tokens, shares in percent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from registry.pages import asking
from registry.pages.asking import Refused
from registry.pricing.usage import Usage
from registry.pricing.workload import Workload

_MILLION = Decimal(10**6)
_MOST = Decimal(10**8)
_WHOLE = Decimal(100)
_NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Load:
    """``sent`` and ``written`` in millions of tokens a month, shares in percent.

    ``cached``: of what is sent, found in the cache. ``batch``: of everything, sent as a batch.
    """

    sent: Decimal
    written: Decimal
    cached: Decimal
    batch: Decimal

    @property
    def workload(self) -> Workload:
        """The same as the price model takes it."""
        return Workload(
            Usage.of(
                {
                    "input_tokens": int(self.sent * _MILLION),
                    "output_tokens": int(self.written * _MILLION),
                }
            ),
            cache_hit_share=self.cached / _WHOLE,
            batch_share=self.batch / _WHOLE,
        )


EXAMPLE = Load(Decimal(100), Decimal(20), _NONE, _NONE)


def read_load(query: QueryDict) -> Load | None:
    """The month that an address asks about; None where it asks about none."""
    if not query.get("in", "").strip() and not query.get("out", "").strip():
        return None
    load = Load(
        sent=asking.amount(query, "in", most=_MOST, default=_NONE),
        written=asking.amount(query, "out", most=_MOST, default=_NONE),
        cached=asking.amount(query, "hit", most=_WHOLE, default=_NONE),
        batch=asking.amount(query, "batch", most=_WHOLE, default=_NONE),
    )
    if not load.sent and not load.written:
        raise Refused("in", query.get("in", ""), "some millions of tokens, in or out")
    return load

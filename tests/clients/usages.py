"""Random usages of offers, and the comparison of two bills of one usage."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from registry.pricing.cost import Bill, NotBillable, cost
from registry.pricing.rate_card import NotOnCard, RateCard
from registry.pricing.rates import Rate
from registry.pricing.usage import Usage
from registry.selectors.export_rows import ExportRow

SEED = 20_260_817
_WEEK = datetime(2026, 11, 23, tzinfo=UTC)  # a Monday after the last start of the catalogue
_PARTS = ("cache_read_tokens", "cache_write_5m_tokens", "cache_write_1h_tokens")
_KEPT = frozenset({"cache_write_5m_tokens", "cache_write_1h_tokens"})
_OTHERS = ("cache_write_tokens", "input_audio_tokens", "reasoning_tokens", "output_audio_tokens")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: which offer, how it is served, when, and what was counted (inclusive)."""

    row: ExportRow
    tier: str | None
    at: datetime
    counts: dict[str, int]

    def bill(self) -> Bill:
        """Our bill, over the whole card of the offer."""
        return cost(self.row.card, Usage.of(self.counts), at=self.at, tier=self.tier)


def random_usages(
    rows: Iterable[ExportRow], count: int, tiers: Iterable[str | None], *, seed: int = SEED
) -> list[Asked]:
    """So many usages of chat offers with dollar prices of input and output.

    An offer with limits is asked below and above them, one with hours at any minute of a week, one
    with tiers under them; a part is counted where the card has a price of its own for it.
    """
    random = Random(seed)  # noqa: S311 - the same draw every time is the point
    sold = [row for row in rows if _is_chat(row)]
    rich = [row for row in sold if any(rate.terms.key for rate in row.rates)]
    timed = [row for row in sold if any(rate.terms.hours for rate in row.rates)]
    # Every second usage is of an offer whose price depends on something, every tenth on the hour.
    pools = (sold, rich, sold, rich, sold, rich, sold, rich, sold, timed or rich)
    found: list[Asked] = []
    while len(found) < count:
        row = random.choice(pools[len(found) % len(pools)])
        asked = _draw(row, random, list(tiers))
        try:
            asked.bill()
        except (NotOnCard, NotBillable):
            continue
        found.append(asked)
    return found


def _is_chat(row: ExportRow) -> bool:
    dollars = {rate.meter for rate in row.rates if rate.currency == "USD" and not rate.terms.key}
    return row.mode in ("", "chat") and {"input_tokens", "output_tokens"} <= dollars


def _draw(row: ExportRow, random: Random, tiers: list[str | None]) -> Asked:
    own = {rate.meter for rate in row.rates if rate.currency == "USD"}
    limits = sorted({over for rate in row.rates if (over := rate.terms.context_over) is not None})
    sold = {rate.terms.tier for rate in row.rates}
    whole = random.choice([1, 100, 10_000, *(limit + step for limit in limits for step in (0, 1))])
    counts = {"input_tokens": whole + random.randrange(whole), "output_tokens": 0}
    if limits and random.random() < 0.5:
        counts["input_tokens"] = whole  # exactly at a limit, or one above it
    rest = counts["input_tokens"]
    for meter in random.sample(_PARTS + _OTHERS[:2], 3):
        if meter in own and not (meter == "cache_write_tokens" and own & _KEPT):
            counts[meter] = random.randrange(rest + 1)
            rest -= counts[meter]
    counts["output_tokens"] = answer = random.randrange(1, 50_000)
    for meter in _OTHERS[2:]:
        if meter in own:
            counts[meter] = random.randrange(answer + 1)
            answer -= counts[meter]
    at = _WEEK + timedelta(minutes=random.randrange(7 * 24 * 60))
    return Asked(row, random.choice([t for t in tiers if t in sold]), at, _nonzero(counts))


def _nonzero(counts: dict[str, int]) -> dict[str, int]:
    wholes = ("input_tokens", "output_tokens")
    return {meter: count for meter, count in counts.items() if count or meter in wholes}


def same_to_a_float(theirs: str, ours: Decimal) -> bool:
    """Whether two totals are one number in the fifteen digits that a float holds of any number."""
    return f"{float(theirs):.14e}" == f"{float(ours):.14e}"


def instead(
    asked: Asked,
    *,
    counts: dict[str, int] | None = None,
    without: Callable[[Rate], bool] = lambda rate: False,
    **changed: Any,
) -> Decimal | None:
    """What we would bill if something about a request or its card were otherwise.

    None where the card then has no price: a difference that a reason explains is one that comes
    out at exactly the client's total.
    """
    card = RateCard(tuple(rate for rate in asked.row.rates if not without(rate)))
    usage = Usage.of(asked.counts if counts is None else counts)
    try:
        return cost(card, usage, **{"at": asked.at, "tier": asked.tier, **changed}).total
    except (NotOnCard, NotBillable):
        return None

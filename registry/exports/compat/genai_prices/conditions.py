"""What genai-prices lets a price depend on: the hour of any day, a first day, a service tier.

One price has one such condition. So of an announced card the hours are not told, and neither are
hours of single weekdays, nor a start at another moment than midnight UTC.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

from registry.exports.compat.genai_prices.cards import Card, card_of
from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.compat.pricing import figures, windows_by_day, within_hours
from registry.exports.json_text import Json
from registry.pricing.hours import Hours
from registry.pricing.rates import Rate
from registry.selectors.export_rows import DatedCard, ExportRow

_TIERS = {
    "batch": {"processing": "batch"},
    "fast": {"speed": "fast"},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
}


@dataclass(slots=True)
class Told:
    """An offer's prices, empty where it has none, and those that a client's context selects.

    Of several prices the last one whose condition holds counts, of several variants the first.
    """

    prices: Json | list[Json]
    variants: list[Json] = field(default_factory=list)

    def keys_of(self, tier: str) -> set[str]:
        """The prices that a variant of a tier has told so far."""
        when = _TIERS[tier]
        return {key for one in self.variants if one["when"] == when for key in one["prices"]}


def conditional(row: ExportRow, coming: Sequence[DatedCard], left_out: LeftOuts) -> Told:
    """The prices of an offer and of its cards to come; what cannot be held is listed."""
    rates, usual = _read(row, left_out)
    if not usual.prices:
        return Told({})
    told = Told(_by_hour(rates, usual), list(_variants(rates, usual)))
    known = set(left_out.found)
    for card in coming:
        listed = LeftOuts(starts_at=card.starts_at)
        _announce(told, replace(row, rates=card.rates), card.starts_at, listed)
        # What stays as it is was listed already.
        left_out.found += (one for one in listed.found if replace(one, starts_at=None) not in known)
    return told


def _read(row: ExportRow, left_out: LeftOuts) -> tuple[list[Rate], Card]:
    """The rates under conditions that the format knows, and the card outside of any hours."""
    rates, elsewhere = _with_known_terms(figures(row, left_out))
    left_out.rates(row, elsewhere, Reason.TERMS)
    usual = card_of(rate for rate in rates if rate.terms.hours is None)
    left_out.rates(row, usual.no_key, Reason.METER)
    left_out.rates(row, usual.no_whole, Reason.PRICE_OF_WHOLE)
    return rates, usual


def _with_known_terms(rates: Iterable[Rate]) -> tuple[list[Rate], list[Rate]]:
    """The rates whose conditions the format knows, and the others."""
    kept: list[Rate] = []
    elsewhere: list[Rate] = []
    for rate in rates:
        terms = rate.terms
        known = terms.region is None and terms.variant is None and terms.tier in {None, *_TIERS}
        daily = terms.hours is None or (terms.tier is None and _daily(terms.hours) is not None)
        (kept if known and daily else elsewhere).append(rate)
    return kept, elsewhere


def _daily(hours: Hours) -> list[tuple[int, int]] | None:
    """The windows of hours that are the same every day; None where a day differs."""
    told = list(windows_by_day(hours))
    return told[0][1] if len(told) == 1 and len(told[0][0]) == 7 else None


def _by_hour(rates: Iterable[Rate], usual: Card) -> Json | list[Json]:
    plain = [rate for rate in rates if rate.terms.tier is None]
    spans = dict.fromkeys(rate.terms.hours for rate in plain if rate.terms.hours is not None)
    if not spans:
        return usual.prices
    told: list[Json] = [{"prices": usual.prices}]
    for hours in spans:
        prices = card_of(within_hours(plain, hours)).prices
        for start, end in _daily(hours) or ():
            span = {"start_time": _clock(start), "end_time": _clock(end)}
            told.append({"constraint": span, "prices": prices})
    return told


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}:00Z"


def _variants(rates: Iterable[Rate], usual: Card) -> Iterator[Json]:
    """The prices of each tier that are not the usual ones."""
    for tier, prices in _by_tier(rates).items():
        changed = {key: price for key, price in prices.items() if usual.prices.get(key) != price}
        if changed:
            yield {"when": dict(_TIERS[tier]), "prices": changed}


def _by_tier(rates: Iterable[Rate]) -> Mapping[str, Json]:
    timeless = [rate for rate in rates if rate.terms.hours is None]
    sold = {rate.terms.tier for rate in timeless}
    return {tier: card_of(timeless, tier).prices for tier in _TIERS if tier in sold}


def _announce(told: Told, row: ExportRow, starts_at: datetime, listed: LeftOuts) -> None:
    """Adds an announced card from its first day on."""
    if starts_at.astimezone(UTC).time() != time():
        listed.rates(row, row.rates, Reason.TERMS)
        return
    rates, usual = _read(row, listed)
    listed.rates(row, [rate for rate in rates if rate.terms.hours is not None], Reason.TERMS)
    if not usual.prices:
        return
    begins = {"start_date": starts_at.astimezone(UTC).date()}
    if not isinstance(told.prices, list):
        told.prices = [{"prices": told.prices}]
    told.prices.append({"constraint": begins, "prices": usual.prices})
    by_tier = _by_tier(rates)
    for tier, when in _TIERS.items():
        prices, before = by_tier.get(tier, {}), told.keys_of(tier)
        # A variant that was told stays in force, so what it told is told anew.
        now = {key: price for key, price in usual.prices.items() if key in before} | {
            key: price
            for key, price in prices.items()
            if key in before or usual.prices.get(key) != price
        }
        if now:
            told.variants.insert(0, {"when": dict(when), "constraint": begins, "prices": now})

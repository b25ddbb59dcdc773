"""A rate card as tables: a line for each set of terms, a column for each meter, one a currency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from registry.pages.charts.week import WeekStrip, week_strip
from registry.pricing.terms import Terms
from registry.selectors.rate_cards import StandingRate

TELLING = ("input_tokens", "output_tokens", "cache_read_tokens")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """Rates under one set of terms, in the order of the sheet's meters; None is unknown."""

    terms: Terms
    rates: tuple[StandingRate | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A card in one currency; ``weeks`` draws the hours that its terms name."""

    currency: str
    meters: tuple[str, ...]
    lines: tuple[SheetLine, ...]
    weeks: tuple[WeekStrip, ...]


def sheets(rates: Sequence[StandingRate]) -> tuple[Sheet, ...]:
    """The tables of a card, dollars first."""
    by_currency = sorted(rates, key=lambda rate: _currency_place(rate.standing.currency))
    return tuple(
        _sheet(currency, list(found))
        for currency, found in groupby(by_currency, key=lambda rate: rate.standing.currency)
    )


def _sheet(currency: str, rates: Sequence[StandingRate]) -> Sheet:
    meters = _in_order(rates)
    by_terms: dict[Terms, dict[str, StandingRate]] = {}
    for rate in rates:
        by_terms.setdefault(rate.standing.terms, {})[rate.standing.meter] = rate
    terms = sorted(by_terms, key=lambda one: (one.specificity, one.key))
    return Sheet(
        currency=currency,
        meters=meters,
        lines=tuple(
            SheetLine(one, tuple(by_terms[one].get(meter) for meter in meters)) for one in terms
        ),
        weeks=tuple(_weeks(currency, terms)),
    )


def _weeks(currency: str, terms: Iterable[Terms]) -> list[WeekStrip]:
    hours = dict.fromkeys(one.hours for one in terms if one.hours)
    return [
        week_strip(f"week-{currency}-{number}", "Hours of a week with a price of their own", one)
        for number, one in enumerate(hours, 1)
    ]


def _currency_place(currency: str) -> tuple[bool, str]:
    return currency != "USD", currency


def _in_order(rates: Sequence[StandingRate]) -> tuple[str, ...]:
    """Input, output and cache hits before the rest, which keeps the card's own order."""
    meters = tuple(dict.fromkeys(rate.standing.meter for rate in rates))
    telling = tuple(meter for meter in TELLING if meter in meters)
    return telling + tuple(meter for meter in meters if meter not in telling)

"""One way of writing a card whose prices depend on the hour.

Sources spell the same prices differently: one gives a base price and the windows in which another
holds, the next gives peak and off-peak windows and no base. The canonical form of a series that
depends on the hour: the price that covers the larger part of the week (of two equal parts the
dearer) stands without `hours`, every other price stands once, under its joined windows. So two
spellings of one card give equal rates, and a refresh that only respells a card changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from registry.pricing.hours import MINUTES_A_WEEK, Hours
from registry.pricing.rates import CardError, PriceState, Rate, RateKey, in_card_order, shown_price


class _Price(NamedTuple):
    state: PriceState
    amount: Decimal | None


class _Span(NamedTuple):
    """Minutes of the week, half-open, and what holds in them; None where nothing does."""

    start: int
    end: int
    price: _Price | None


_Week = list[_Span]
_UNKNOWN_WEEK: _Week = [_Span(0, MINUTES_A_WEEK, None)]


def canonical_rates(rates: Iterable[Rate]) -> tuple[Rate, ...]:
    """The same card in its canonical form and order; its price at every minute is unchanged.

    Raises `CardError` for two rates of one key, for overlapping windows with different prices and
    for windows that leave minutes without any rate. (Minutes that a longer context band leaves
    open are not among those: the next shorter band's rate holds in them.)
    """
    ordered = in_card_order(rates)
    if all(rate.terms.hours is None for rate in ordered):
        return ordered
    groups = _by_hourless_key(ordered)
    shorter_band: dict[RateKey, _Week] = {}
    written: list[Rate] = []
    for key in sorted(groups, key=lambda key: key.terms.context_over or 0):
        any_length = key._replace(terms=replace(key.terms, context_over=None))
        week = _week_of(groups[key], shorter_band.get(any_length, _UNKNOWN_WEEK))
        shorter_band[any_length] = week
        hourless = all(rate.terms.hours is None for rate in groups[key])
        written += groups[key] if hourless else _write(key, week)
    return in_card_order(written)


def refuse_overlaps(rates: tuple[Rate, ...]) -> None:
    """Raises `CardError` when one minute has two prices, which is then no price."""
    timed = [rate for rate in rates if rate.terms.hours is not None]
    for group in _by_hourless_key(timed).values():
        for (one, hours), (other, other_hours) in combinations(_with_hours(group), 2):
            if _price_of(one) != _price_of(other) and hours.overlaps(other_hours):
                raise CardError(
                    one.key,
                    f"{shown_price(one)}, with {shown_price(other)} in {other_hours.text!r},",
                    "one price at every minute",
                )


def _by_hourless_key(rates: Iterable[Rate]) -> dict[RateKey, list[Rate]]:
    groups: dict[RateKey, list[Rate]] = defaultdict(list)
    for rate in rates:
        groups[rate.key._replace(terms=replace(rate.terms, hours=None))].append(rate)
    return groups


def _week_of(group: list[Rate], otherwise: _Week) -> _Week:
    """What holds when: windows beat the rate without hours, and that beats ``otherwise``."""
    refuse_overlaps(tuple(group))
    always = [rate for rate in group if rate.terms.hours is None]
    week = [_Span(0, MINUTES_A_WEEK, _price_of(always[0]))] if always else otherwise
    for rate, hours in _with_hours(group):
        for start, end in hours.ranges:
            week = list(_painted(week, _Span(start, end, _price_of(rate))))
    return week


def _painted(week: _Week, over: _Span) -> Iterator[_Span]:
    for span in week:
        if span.start < over.start:
            yield span._replace(end=min(span.end, over.start))
        if span.start <= over.start < span.end:
            yield over
        if span.end > over.end:
            yield span._replace(start=max(span.start, over.end))


def _write(key: RateKey, week: _Week) -> Iterator[Rate]:
    ranges: dict[_Price, list[tuple[int, int]]] = defaultdict(list)
    for start, end, price in week:
        if price is None:
            open_hours = Hours.of((s.start, s.end) for s in week if s.price is None)
            raise CardError(key, f"no rate in {open_hours.text!r}", "one price at every minute")
        ranges[price].append((start, end))
    hours_by_price = {price: Hours.of(spans) for price, spans in ranges.items()}
    usual = max(hours_by_price, key=lambda price: (hours_by_price[price].minutes, *_dear(price)))
    for price, hours in hours_by_price.items():
        terms = key.terms if price == usual else replace(key.terms, hours=hours)
        yield Rate(key.meter, terms, price.state, price.amount, key.currency)


def _dear(price: _Price) -> tuple[Decimal, str]:
    return (price.amount or Decimal(0), price.state)


def _price_of(rate: Rate) -> _Price:
    return _Price(rate.state, rate.amount)


def _with_hours(group: Iterable[Rate]) -> list[tuple[Rate, Hours]]:
    return [(rate, hours) for rate in group if (hours := rate.terms.hours) is not None]

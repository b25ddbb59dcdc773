"""A price over time, and the difference of two cards.

History keeps starts only: "from this moment the rate is X", or that it was withdrawn. The end of a
period is the next start, so periods cannot overlap or leave gaps. They are half-open, in UTC.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from registry.pricing.rate_card import RateCard
from registry.pricing.rates import CardError, Rate, shown_price


class TimelineError(ValueError):
    """Starts that are no history of one series."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value} makes no timeline; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Start:
    """From this aware moment on the rate holds; None: from here on it is withdrawn."""

    starts_at: datetime
    rate: Rate | None

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None:
            raise TimelineError("starts_at", self.starts_at, "a moment with a time zone")


@dataclass(frozen=True, slots=True)
class Period:
    """The rate in ``[starts_at, ends_at)``; ``ends_at`` None: until further notice."""

    starts_at: datetime
    ends_at: datetime | None
    rate: Rate | None

    def holds(self, moment: datetime) -> bool:
        """Whether the moment is in the period."""
        return self.starts_at <= moment and (self.ends_at is None or moment < self.ends_at)


def periods(starts: Iterable[Start]) -> tuple[Period, ...]:
    """One period a start, in order of time; together they cover all time from the first start."""
    ordered = _in_order(starts)
    ends = [*(start.starts_at for start in ordered[1:]), None]
    return tuple(
        Period(start.starts_at, end, start.rate) for start, end in zip(ordered, ends, strict=False)
    )


def rate_at(starts: Iterable[Start], moment: datetime) -> Rate | None:
    """The rate that holds at an aware moment; None before the first start and when withdrawn."""
    if moment.tzinfo is None:
        raise TimelineError("at", moment, "a moment with a time zone")
    ordered = _in_order(starts)
    position = bisect_right(ordered, moment, key=lambda start: start.starts_at)
    return ordered[position - 1].rate if position else None


def _in_order(starts: Iterable[Start]) -> list[Start]:
    ordered = sorted(starts, key=lambda start: start.starts_at)
    for before, after in pairwise(ordered):
        if before.starts_at == after.starts_at:
            raise TimelineError("starts_at", before.starts_at, "each moment once")
    keys = {start.rate.key for start in ordered if start.rate is not None}
    if len(keys) > 1:
        names = " and ".join(sorted(f"{key.meter} [{key.terms.key}]" for key in keys))
        raise TimelineError("rate", names, "rates of one meter, terms and currency")
    return ordered


@dataclass(frozen=True, slots=True)
class Change:
    """One series whose price is another."""

    before: Rate
    after: Rate


@dataclass(frozen=True, slots=True)
class Changes:
    """What turns one card into another, each in the card's order."""

    added: tuple[Rate, ...] = ()
    changed: tuple[Change, ...] = ()
    withdrawn: tuple[Rate, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.withdrawn)


def difference(before: RateCard, after: RateCard) -> Changes:
    """What has to be said to get from one card to the other; nothing for equal cards."""
    old = {rate.key: rate for rate in before.rates}
    new = {rate.key: rate for rate in after.rates}
    return Changes(
        added=tuple(rate for key, rate in new.items() if key not in old),
        changed=tuple(
            Change(old[key], rate) for key, rate in new.items() if key in old and old[key] != rate
        ),
        withdrawn=tuple(rate for key, rate in old.items() if key not in new),
    )


def apply(changes: Changes, card: RateCard) -> RateCard:
    """The card after the changes; raises `CardError` when they were not made for this card."""
    rates = {rate.key: rate for rate in card.rates}
    for gone in (*changes.withdrawn, *(change.before for change in changes.changed)):
        standing = rates.pop(gone.key, None)
        if standing != gone:
            found = shown_price(standing) if standing else "no rate"
            raise CardError(gone.key, found, f"{shown_price(gone)}, which the change starts from")
    written = (*changes.added, *(change.after for change in changes.changed))
    return RateCard((*rates.values(), *written))

"""From amounts and moments to places on a drawing, and the round values that name them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_CEILING, Decimal

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
_ROWS = 6
_MARGIN = 0.06
_MONTHS_APART = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class Tick:
    """A named place on an axis."""

    place: float
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Straight from ``[low, high]`` to ``[start, end]``; a single value stands at the end."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float | Decimal) -> float:
        """The place of a value, to a tenth of a pixel."""
        if self.high == self.low:
            return self.end
        share = (float(value) - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def amounts(most: Decimal, count: int = 4) -> tuple[Decimal, ...]:
    """Round amounts from zero to at least ``most``, about ``count`` of them."""
    if most <= 0:
        return (Decimal(0), Decimal(1))
    power = Decimal(1).scaleb((most / count).adjusted())
    step = next(power * factor for factor in _STEPS if power * factor * count >= most)
    steps = int((most / step).to_integral_value(ROUND_CEILING))
    return tuple(step * number for number in range(steps + 1))


def wider(low: float, high: float) -> tuple[float, float]:
    """A little room at both ends, and some where there is only one value."""
    room = (high - low) * _MARGIN or max(abs(high) * _MARGIN, 0.1)
    return low - room, high + room


def levels(low: float, high: float) -> Iterator[Decimal]:
    """Round values within two bounds, about half a dozen of them."""
    span = Decimal(str(high - low)) / _ROWS
    power = Decimal(1).scaleb(span.adjusted())
    step = next(power * factor for factor in _STEPS if power * factor >= span)
    level = (Decimal(str(low)) / step).to_integral_value(ROUND_CEILING) * step
    while float(level) <= high:
        told = level.quantize(step) if step < 1 else level.quantize(Decimal(1))
        # A decimal knows a zero below zero; no axis does.
        yield told or abs(told)
        level += step


def months(first: datetime, last: datetime, most: int = 5) -> Iterator[datetime]:
    """Beginnings of months within two moments, evenly apart and at most so many."""
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    apart = next((gap for gap in _MONTHS_APART if span / gap <= most), _MONTHS_APART[-1])
    month = first.year * 12 + first.month - 1
    month += -month % apart
    while (moment := datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)) <= last:
        if moment >= first:
            yield moment
        month += apart

"""Is the gap between two scores real, or within the noise of so few items?

A score over N items is a share, and its 95 % interval is Wilson's. The difference of two scores has
the interval of Newcombe's hybrid method (R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890,
method 10), which is Wilson's two intervals joined; the same rule joins any two intervals that
sources tell. It treats the runs as independent. Two models answer the same items, so the true
interval of their difference is mostly narrower: a gap that is called real is real, one that is
called noise may still be shown by a test that has every item's outcome.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, InvalidOperation
from enum import StrEnum

from registry.scoring.readings import Reading
from registry.scoring.scales import Scale

# The 97.5 % point of the normal distribution.
Z95 = Decimal("1.959963984540054")
_WORK = Context(prec=34, traps=[InvalidOperation, DivisionByZero])
_TOLD = Context(prec=12)
_ZERO, _ONE = Decimal(0), Decimal(1)


class IntervalError(ValueError):
    """Counts that are no share of a whole."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} was refused; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the ends of its 95 % interval, all on one scale."""

    value: Decimal
    low: Decimal
    high: Decimal

    def __post_init__(self) -> None:
        if not self.low <= self.value <= self.high:
            raise IntervalError("interval", f"{self.low} to {self.high}", f"around {self.value}")


class Verdict(StrEnum):
    """What can be said of a gap."""

    REAL = "real"
    WITHIN_NOISE = "within_noise"
    UNKNOWN = "unknown"


def wilson(share: Decimal, items: int) -> Estimate:
    """Wilson's score interval of a share in 0..1 over so many items."""
    if items < 1:
        raise IntervalError("items", items, "at least one item")
    if not _ZERO <= share <= _ONE:
        raise IntervalError("share", share, "a fraction, 0 to 1")
    n = Decimal(items)
    z2 = _WORK.multiply(Z95, Z95)
    spread = _WORK.add(
        _WORK.divide(_WORK.multiply(share, _ONE - share), n),
        _WORK.divide(z2, 4 * n * n),
    )
    reach = _WORK.multiply(Z95, _WORK.sqrt(spread))
    middle = _WORK.add(share, _WORK.divide(z2, 2 * n))
    scale = _WORK.add(_ONE, _WORK.divide(z2, n))
    low = max(_ZERO, _WORK.divide(_WORK.subtract(middle, reach), scale))
    high = min(_ONE, _WORK.divide(_WORK.add(middle, reach), scale))
    return Estimate(share, min(_TOLD.plus(low), share), max(_TOLD.plus(high), share))


def by_error(value: Decimal, stderr: Decimal) -> Estimate:
    """The interval of a value whose standard error is told."""
    if stderr < 0:
        raise IntervalError("stderr", stderr, "zero or more")
    reach = _TOLD.multiply(Z95, stderr)
    return Estimate(value, value - reach, value + reach)


def difference(first: Estimate, second: Estimate) -> Estimate:
    """First minus second with its interval, by Newcombe's rule."""
    gap = _WORK.subtract(first.value, second.value)
    below = _hypotenuse(first.value - first.low, second.high - second.value)
    above = _hypotenuse(first.high - first.value, second.value - second.low)
    return Estimate(gap, gap - _TOLD.plus(below), gap + _TOLD.plus(above))


def verdict(first: Estimate | None, second: Estimate | None) -> Verdict:
    """Whether two scores really differ; unknown where either has no interval."""
    if first is None or second is None:
        return Verdict.UNKNOWN
    gap = difference(first, second)
    return Verdict.WITHIN_NOISE if gap.low <= 0 <= gap.high else Verdict.REAL


def estimate(reading: Reading, scale: Scale, items: int | None = None) -> Estimate | None:
    """The interval of a reading on its own scale, by what is best known of it.

    The interval that its source tells, else its standard error, else Wilson's from the number of
    items (its own run's, or the benchmark's official ``items``). None where nothing is known.
    """
    if reading.low is not None and reading.high is not None:
        return Estimate(reading.value, reading.low, reading.high)
    count = reading.items or items
    if reading.stderr:
        return by_error(reading.value, reading.stderr)
    if count is None or scale.whole is None:
        return None
    found = wilson(_WORK.divide(reading.value, scale.whole), count)
    return Estimate(reading.value, found.low * scale.whole, found.high * scale.whole)


def _hypotenuse(one: Decimal, other: Decimal) -> Decimal:
    return _WORK.sqrt(_WORK.add(_WORK.multiply(one, one), _WORK.multiply(other, other)))

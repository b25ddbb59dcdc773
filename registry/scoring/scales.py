"""In what a score is told, and the one conversion that is exact: between shares of a whole.

A source declares its scale; none is guessed from how large a number is. 0.8058 told as a fraction
is 80.58 percent, whatever the benchmark's own scale; a rating, an index or seconds stay as told.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from enum import StrEnum

MAX_DIGITS = 15
EXACT = Context(prec=MAX_DIGITS, traps=[Inexact, InvalidOperation, DivisionByZero])


class ScaleError(ValueError):
    """A scale that does not exist, or two that no rule joins."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} was refused; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


class Direction(StrEnum):
    """Whether more is better (accuracy) or less is (seconds, dollars, errors)."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class Scale:
    """One way to tell a score.

    ``least`` and ``most`` bound what can be said at all (None: no bound). ``whole``: what stands
    for "all of it" where scores are shares of a whole; only such scales convert into each other.
    ``unit``: what is written behind a figure.
    """

    name: str
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    whole: Decimal | None = None

    def holds(self, value: Decimal) -> bool:
        """Whether the value is within the bounds, which belong to the scale."""
        above = self.least is None or value >= self.least
        return above and (self.most is None or value <= self.most)

    @property
    def bounds(self) -> str:
        """The bounds as an error tells them."""
        if self.least is None and self.most is None:
            return "any number"
        if self.most is None:
            return f"at least {self.least}"
        return f"{self.least} to {self.most}"


_ZERO, _ONE, _HUNDRED = Decimal(0), Decimal(1), Decimal(100)

PERCENT = Scale("percent", "%", _ZERO, _HUNDRED, whole=_HUNDRED)
FRACTION = Scale("fraction", "", _ZERO, _ONE, whole=_ONE)
RATING = Scale("rating")  # Elo and Bradley-Terry: only differences mean something
INDEX = Scale("index")  # a composite of its maker's own, comparable within one version
POINTS = Scale("points", least=_ZERO)
USD = Scale("usd", "USD", least=_ZERO)
SECONDS = Scale("seconds", "s", least=_ZERO)

SCALES = {s.name: s for s in (PERCENT, FRACTION, RATING, INDEX, POINTS, USD, SECONDS)}


def scale(name: str) -> Scale:
    """The scale of that name; raises `ScaleError`."""
    found = SCALES.get(name)
    if found is None:
        raise ScaleError("scale", name, f"one of {', '.join(SCALES)}")
    return found


def convert(value: Decimal, told: Scale, wanted: Scale) -> Decimal:
    """The same score on another scale, exactly.

    Raises `ScaleError` where no rule joins the two, and `decimal.Inexact` where more than 15
    significant digits would be needed.
    """
    if told is wanted:
        return value
    if told.whole is None or wanted.whole is None:
        raise ScaleError("scale", told.name, f"{wanted.name}, or a share of a whole for both")
    return EXACT.divide(EXACT.multiply(value, wanted.whole), told.whole)


def better(first: Decimal, second: Decimal, direction: Direction) -> bool:
    """Whether the first score is strictly the better one."""
    return first > second if direction is Direction.HIGHER else first < second

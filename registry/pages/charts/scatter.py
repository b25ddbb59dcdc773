"""Price against score: a logarithm across, a score upwards, and names that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.pages.charts.dots import Dots, Measured, Words, dotted
from registry.pages.charts.scales import Scale, Tick
from registry.pages.figures import money, rounded

_HEIGHT = 460
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing to be drawn. ``address``: where it leads. ``told``: what is said of it.

    ``price`` must be above zero: a logarithm knows no other.
    """

    name: str
    price: Decimal
    score: Decimal
    unbeaten: bool
    address: str
    told: str


def scatter(
    title: str, spots: Sequence[Spot], *, name: str, across: str, currency: str = "USD"
) -> Dots | None:
    """Draws spots; None where there are none. Those that nobody beats get their names first.

    ``name``: unique on its page.
    """
    if not spots:
        return None

    def columns(right: Scale) -> Iterator[Tick]:
        for amount in _amounts(right.low, right.high):
            yield Tick(right(math.log10(amount)), money(amount, currency).text)

    ordered = sorted(spots, key=lambda spot: (not spot.unbeaten, spot.price, spot.name))
    return dotted(
        [Measured(spot, math.log10(spot.price)) for spot in ordered],
        Words(name, title, _told(spots, currency), f"{across}, on a logarithm"),
        columns,
        height=_HEIGHT,
    )


def _amounts(low: float, high: float) -> Iterator[Decimal]:
    """1, 2 and 5 in every power of ten within two logarithms; only 1 over many powers."""
    steps = _STEPS if high - low < 3 else _STEPS[:1]
    for power in range(math.floor(low), math.ceil(high) + 1):
        for step in steps:
            if low <= power + math.log10(step) <= high:
                yield Decimal(step).scaleb(power)


def _told(spots: Iterable[Spot], currency: str) -> str:
    unbeaten = sorted((one for one in spots if one.unbeaten), key=lambda one: one.price)
    said = [
        f"{one.name} with {one.score:f} at {money(rounded(one.price), currency).text}"
        for one in unbeaten
    ]
    return f"Nobody beats {'; '.join(said)}."

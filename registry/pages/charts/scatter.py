"""Price against score: a logarithm across, a score upwards, and names that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.pages.charts.labels import Label, Named, labelled, step_path, steps
from registry.pages.charts.scales import Scale, Tick, levels, wider
from registry.pages.figures import money, rounded

WIDTH, HEIGHT = 860, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 848, 14, 424
_ROOM = (_LEFT, 0, WIDTH, _BOTTOM)
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


@dataclass(frozen=True, slots=True)
class Dot:
    """A spot on the drawing; no label where its name would lie on another."""

    spot: Spot
    x: float
    y: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class Scatter:
    """``line`` joins those that nobody beats, in steps: what a price buys at most."""

    name: str
    title: str
    told: str
    dots: tuple[Dot, ...]
    line: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    across: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    top: int = _TOP
    bottom: int = _BOTTOM


def scatter(
    title: str, spots: Sequence[Spot], *, name: str, across: str, currency: str = "USD"
) -> Scatter | None:
    """Draws spots; None where there are none. Those that nobody beats get their names first.

    ``name``: unique on its page.
    """
    if not spots:
        return None
    logs = [math.log10(spot.price) for spot in spots]
    scores = [float(spot.score) for spot in spots]
    right = Scale(*wider(min(logs), max(logs)), _LEFT, _RIGHT)
    up = Scale(*wider(min(scores), max(scores)), _BOTTOM, _TOP)
    placed = [
        (spot, right(log), up(score)) for spot, log, score in zip(spots, logs, scores, strict=True)
    ]
    placed.sort(key=lambda one: (not one[0].unbeaten, one[0].price, one[0].name))
    unbeaten = [(x, y) for spot, x, y in placed if spot.unbeaten]
    named = [Named(spot.name, x, y) for spot, x, y in placed]
    labels = labelled(named, list(steps(unbeaten, _RIGHT)), _ROOM)
    return Scatter(
        name=name,
        title=title,
        told=_told(spots, currency),
        dots=tuple(Dot(*one, label) for one, label in zip(placed, labels, strict=True)),
        line=step_path(unbeaten, _RIGHT),
        rows=tuple(Tick(up(level), f"{level:f}") for level in levels(up.low, up.high)),
        columns=tuple(
            Tick(right(math.log10(amount)), money(amount, currency).text)
            for amount in _amounts(right.low, right.high)
        ),
        across=f"{across}, on a logarithm",
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

"""Price against score: a logarithm across, a score upwards, and names that do not overlap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from registry.pages.charts.scales import Scale, Tick
from registry.pages.figures import money, rounded

WIDTH, HEIGHT = 860, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 848, 14, 424
_LETTER, _LINE, _OFF = 5.9, 13, 8
_MARGIN = 0.06
_STEPS = (1, 2, 5)
_ROWS = 6
_NICE = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


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
class Label:
    """A name beside its dot; ``anchor`` as SVG has it."""

    x: float
    y: float
    anchor: str


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

    title: str
    told: str
    dots: tuple[Dot, ...]
    line: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    across: str
    upwards: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    top: int = _TOP
    bottom: int = _BOTTOM


def scatter(
    title: str, spots: Sequence[Spot], *, across: str, upwards: str, currency: str = "USD"
) -> Scatter | None:
    """Draws spots; None where there are none. Those that nobody beats get their names first."""
    if not spots:
        return None
    logs = [math.log10(spot.price) for spot in spots]
    scores = [float(spot.score) for spot in spots]
    right = Scale(*_wider(min(logs), max(logs)), _LEFT, _RIGHT)
    up = Scale(*_wider(min(scores), max(scores)), _BOTTOM, _TOP)
    placed = [
        (spot, right(log), up(score)) for spot, log, score in zip(spots, logs, scores, strict=True)
    ]
    placed.sort(key=lambda one: (not one[0].unbeaten, one[0].price, one[0].name))
    unbeaten = [(x, y) for spot, x, y in placed if spot.unbeaten]
    return Scatter(
        title=title,
        told=_told(spots, currency),
        dots=tuple(_labelled(placed, list(_strokes(unbeaten)))),
        line=_line(unbeaten),
        rows=tuple(Tick(up(level), f"{level:f}") for level in _levels(up.low, up.high)),
        columns=tuple(
            Tick(right(math.log10(amount)), money(amount, currency).text)
            for amount in _amounts(right.low, right.high)
        ),
        across=across,
        upwards=upwards,
    )


def _wider(low: float, high: float) -> tuple[float, float]:
    """A little room at both ends, and some where there is only one value."""
    room = (high - low) * _MARGIN or max(abs(high) * _MARGIN, 0.1)
    return low - room, high + room


def _amounts(low: float, high: float) -> Iterator[Decimal]:
    """1, 2 and 5 in every power of ten within two logarithms; only 1 over many powers."""
    steps = _STEPS if high - low < 3 else _STEPS[:1]
    for power in range(math.floor(low), math.ceil(high) + 1):
        for step in steps:
            if low <= power + math.log10(step) <= high:
                yield Decimal(step).scaleb(power)


def _levels(low: float, high: float) -> Iterator[Decimal]:
    span = Decimal(str(high - low)) / _ROWS
    power = Decimal(1).scaleb(span.adjusted())
    step = next(power * factor for factor in _NICE if power * factor >= span)
    level = (Decimal(str(low)) / step).to_integral_value("ROUND_CEILING") * step
    while float(level) <= high:
        yield level.quantize(step) if step < 1 else level.quantize(Decimal(1))
        level += step


def _line(unbeaten: Sequence[tuple[float, float]]) -> str:
    if not unbeaten:
        return ""
    (x, y), *others = unbeaten
    return f"M{x} {y}" + "".join(f"H{x}V{y}" for x, y in others) + f"H{_RIGHT}"


_Box = tuple[float, float, float, float]


def _strokes(unbeaten: Sequence[tuple[float, float]]) -> Iterator[_Box]:
    """Where the line lies."""
    ends = [*unbeaten[1:], (float(_RIGHT), unbeaten[-1][1])] if unbeaten else []
    for (x, y), (right, top) in zip(unbeaten, ends, strict=True):
        yield x, y - 1, right, y + 1
        yield right - 1, min(y, top), right + 1, max(y, top)


def _labelled(
    placed: Sequence[tuple[Spot, float, float]], strokes: Sequence[_Box]
) -> Iterator[Dot]:
    """Each name where it lies on no dot, no line and no other name."""
    taken: list[_Box] = [(x - 5, y - 5, x + 5, y + 5) for _, x, y in placed]
    taken += strokes
    for place, (spot, x, y) in enumerate(placed):
        others = [box for number, box in enumerate(taken) if number != place]
        found = next(
            (
                (label, box)
                for label, box in _places(spot.name, x, y)
                if _inside(box) and not any(_meet(box, other) for other in others)
            ),
            None,
        )
        if found is not None:
            taken.append(found[1])
        yield Dot(spot, x, y, None if found is None else found[0])


def _places(name: str, x: float, y: float) -> Iterator[tuple[Label, _Box]]:
    """Right, left, above, below, then the corners."""
    wide, half = len(name) * _LETTER, _LINE / 2
    yield Label(x + _OFF, y, "start"), (x + _OFF, y - half, x + _OFF + wide, y + half)
    yield Label(x - _OFF, y, "end"), (x - _OFF - wide, y - half, x - _OFF, y + half)
    for middle in (y - _LINE, y + _LINE):
        box = (x - wide / 2, middle - half, x + wide / 2, middle + half)
        yield Label(x, middle, "middle"), box
    for middle in (y - _LINE, y + _LINE):
        yield Label(x, middle, "start"), (x, middle - half, x + wide, middle + half)
        yield Label(x, middle, "end"), (x - wide, middle - half, x, middle + half)


def _inside(box: _Box) -> bool:
    return box[0] >= _LEFT and box[1] >= 0 and box[2] <= WIDTH and box[3] <= _BOTTOM


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _told(spots: Iterable[Spot], currency: str) -> str:
    unbeaten = sorted((one for one in spots if one.unbeaten), key=lambda one: one.price)
    said = [
        f"{one.name} with {one.score:f} at {money(rounded(one.price), currency).text}"
        for one in unbeaten
    ]
    return f"Nobody beats {'; '.join(said)}."

"""Dots under their scores: named where there is room, the unbeaten ones joined by a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from registry.pages.charts.labels import Label, Named, labelled, step_path, steps
from registry.pages.charts.scales import Scale, Tick, levels, wider

_WIDTH = 860
_LEFT, _RIGHT, _TOP = 46, 848, 14
# Under the drawing stand the names of its columns and what they measure.
_UNDER = 36


class Spot(Protocol):
    """A thing to be drawn. ``address``: where it leads. ``told``: what is said of it."""

    @property
    def name(self) -> str:
        """What stands beside it where there is room."""
        ...

    @property
    def score(self) -> Decimal:
        """How high it stands."""
        ...

    @property
    def unbeaten(self) -> bool:
        """Whether the line joins it."""
        ...

    @property
    def address(self) -> str:
        """Where it leads."""
        ...

    @property
    def told(self) -> str:
        """What is said of it."""
        ...


class Measured(NamedTuple):
    """A thing to be drawn and what it measures on the axis across."""

    spot: Spot
    across: float


class Words(NamedTuple):
    """What stands beside a drawing. ``name``: unique on its page. ``told``: it in words."""

    name: str
    title: str
    told: str
    across: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A thing on the drawing; no label where its name would lie on another."""

    spot: Spot
    x: float
    y: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class Dots:
    """``line`` joins those that nobody beats from left to right, each level until the next."""

    name: str
    title: str
    told: str
    dots: tuple[Dot, ...]
    line: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    across: str
    height: int
    bottom: int
    width: int = _WIDTH
    left: int = _LEFT
    right: int = _RIGHT
    top: int = _TOP


def dotted(
    measured: Sequence[Measured],
    words: Words,
    columns: Callable[[Scale], Iterable[Tick]],
    *,
    height: int,
) -> Dots:
    """Draws at least one thing; the first ones get their names first.

    ``columns``: the named places of the axis across.
    """
    bottom = height - _UNDER
    amounts = [one.across for one in measured]
    scores = [float(one.spot.score) for one in measured]
    right = Scale(*wider(min(amounts), max(amounts)), _LEFT, _RIGHT)
    up = Scale(*wider(min(scores), max(scores)), bottom, _TOP)
    placed = [(one.spot, right(one.across), up(float(one.spot.score))) for one in measured]
    # By what they measure: two that a rounded place lays on each other keep their order.
    unbeaten = sorted((one for one in measured if one.spot.unbeaten), key=lambda one: one.across)
    corners = [(right(one.across), up(float(one.spot.score))) for one in unbeaten]
    named = [Named(spot.name, x, y) for spot, x, y in placed]
    labels = labelled(named, list(steps(corners, _RIGHT)), (_LEFT, 0, _WIDTH, bottom))
    return Dots(
        name=words.name,
        title=words.title,
        told=words.told,
        dots=tuple(Dot(*one, label) for one, label in zip(placed, labels, strict=True)),
        line=step_path(corners, _RIGHT),
        rows=tuple(Tick(up(level), f"{level:f}") for level in levels(up.low, up.high)),
        columns=tuple(columns(right)),
        across=words.across,
        height=height,
        bottom=bottom,
    )

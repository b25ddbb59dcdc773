"""Scores over time: a dot for each, and the best so far as a line that steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.pages.charts.labels import Label, Named, labelled, step_path, steps
from registry.pages.charts.scales import Scale, Tick, levels, months, wider
from registry.pages.figures import day

WIDTH, HEIGHT = 860, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 848, 14, 324
_ROOM = (_LEFT, 0, WIDTH, _BOTTOM)
_MONTHS = 9


@dataclass(frozen=True, slots=True)
class Mark:
    """A score to be drawn. ``unbeaten``: better than everything before it. ``told``: its words."""

    name: str
    at: datetime
    score: Decimal
    unbeaten: bool
    address: str
    told: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark on the drawing; no label where its name would lie on another."""

    spot: Mark
    x: float
    y: float
    label: Label | None


@dataclass(frozen=True, slots=True)
class Progress:
    """``line`` joins those that were the best when they came, each level until the next."""

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


def progress(title: str, marks: Sequence[Mark], *, name: str, across: str) -> Progress | None:
    """Draws marks; None where there are none. The newest records get their names first.

    ``name``: unique on its page.
    """
    if not marks:
        return None
    times = [mark.at.timestamp() for mark in marks]
    scores = [float(mark.score) for mark in marks]
    right = Scale(*wider(min(times), max(times)), _LEFT, _RIGHT)
    up = Scale(*wider(min(scores), max(scores)), _BOTTOM, _TOP)
    placed = [
        (mark, right(at), up(score)) for mark, at, score in zip(marks, times, scores, strict=True)
    ]
    placed.sort(key=lambda one: (one[0].unbeaten, one[0].at), reverse=True)
    best = sorted((x, y) for mark, x, y in placed if mark.unbeaten)
    named = [Named(mark.name, x, y) for mark, x, y in placed]
    labels = labelled(named, list(steps(best, _RIGHT)), _ROOM)
    first, last = min(mark.at for mark in marks), max(mark.at for mark in marks)
    return Progress(
        name=name,
        title=title,
        told=_told(marks),
        dots=tuple(Dot(*one, label) for one, label in zip(placed, labels, strict=True)),
        line=step_path(best, _RIGHT),
        rows=tuple(Tick(up(level), f"{level:f}") for level in levels(up.low, up.high)),
        columns=tuple(
            Tick(right(month.timestamp()), f"{month:%b %y}")
            for month in months(first, last, _MONTHS)
        ),
        across=across,
    )


def _told(marks: Sequence[Mark]) -> str:
    best = sorted((mark for mark in marks if mark.unbeaten), key=lambda mark: mark.at)
    said = [f"{mark.name} with {mark.score:f} on {day(mark.at)}" for mark in best]
    return f"Best so far: {'; '.join(said)}."

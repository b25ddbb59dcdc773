"""Scores over time: a dot for each, and the best so far as a line that steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.pages.charts.dots import Dots, Measured, Words, dotted
from registry.pages.charts.scales import Scale, Tick, months
from registry.pages.figures import day

_HEIGHT = 360
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


def progress(title: str, marks: Sequence[Mark], *, name: str, across: str) -> Dots | None:
    """Draws marks; None where there are none. The newest records get their names first.

    ``name``: unique on its page.
    """
    if not marks:
        return None
    ordered = sorted(marks, key=lambda mark: (mark.unbeaten, mark.at), reverse=True)
    first, last = min(mark.at for mark in marks), max(mark.at for mark in marks)

    def columns(right: Scale) -> Iterator[Tick]:
        for month in months(first, last, _MONTHS):
            yield Tick(right(month.timestamp()), f"{month:%b %y}")

    return dotted(
        [Measured(mark, mark.at.timestamp()) for mark in ordered],
        Words(name, title, _told(marks), across),
        columns,
        height=_HEIGHT,
    )


def _told(marks: Sequence[Mark]) -> str:
    best = sorted((mark for mark in marks if mark.unbeaten), key=lambda mark: mark.at)
    said = [f"{mark.name} with {mark.score:f} on {day(mark.at)}" for mark in best]
    return f"Best so far: {'; '.join(said)}."

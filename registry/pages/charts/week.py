"""The hours of a week in which a rate holds, a strip a day."""

from __future__ import annotations

from dataclasses import dataclass

from registry.pages.charts.scales import Tick
from registry.pricing.hours import DAY_NAMES, MINUTES_A_DAY, Hours

WIDTH, ROW = 340, 16
_LEFT, _RIGHT, _TOP = 34, 336, 16
_EVERY_HOURS = 6


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of hours within a day."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class WeekStrip:
    """Seven strips from Monday on, in UTC; ``told`` is the canonical text of the hours."""

    name: str
    title: str
    told: str
    days: tuple[Tick, ...]
    hours: tuple[Tick, ...]
    blocks: tuple[Block, ...]
    width: int = WIDTH
    height: int = _TOP + 7 * ROW + 2
    left: int = _LEFT
    span: int = _RIGHT - _LEFT
    bar: int = ROW - 4


def week_strip(name: str, title: str, hours: Hours) -> WeekStrip:
    """Draws the windows of ``hours``; one that runs past midnight goes on in the next strip."""
    minute = (_RIGHT - _LEFT) / MINUTES_A_DAY
    blocks = []
    for start, end in hours.ranges:
        for day in range(start // MINUTES_A_DAY, (end - 1) // MINUTES_A_DAY + 1):
            first = max(start - day * MINUTES_A_DAY, 0)
            last = min(end - day * MINUTES_A_DAY, MINUTES_A_DAY)
            width = round((last - first) * minute, 1)
            blocks.append(Block(round(_LEFT + first * minute, 1), _TOP + day * ROW + 2, width))
    return WeekStrip(
        name=name,
        title=title,
        told=f"{hours.text} UTC",
        days=tuple(
            Tick(_TOP + day * ROW + 2, label.capitalize()) for day, label in enumerate(DAY_NAMES)
        ),
        hours=tuple(
            Tick(round(_LEFT + hour * 60 * minute, 1), f"{hour:02}")
            for hour in range(0, 25, _EVERY_HOURS)
        ),
        blocks=tuple(blocks),
    )

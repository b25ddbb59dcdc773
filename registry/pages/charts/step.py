"""A price over time: level until it changes, a gap where nothing was sold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.pages.charts.scales import Scale, Tick, amounts, months
from registry.pages.figures import day, money

WIDTH, HEIGHT = 340, 172
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 330, 14, 146


@dataclass(frozen=True, slots=True)
class Stretch:
    """One amount in ``[starts_at, ends_at)``; None is open."""

    starts_at: datetime
    ends_at: datetime | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Dot:
    """A change, and what is said about it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class StepChart:
    """``path`` is the line, ``area`` what it stands on; ``told`` says the same in a sentence."""

    name: str
    title: str
    told: str
    path: str
    area: str
    dots: tuple[Dot, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    now: float | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = _RIGHT
    top: int = _TOP
    bottom: int = _BOTTOM


def step_chart(
    name: str,
    title: str,
    stretches: Sequence[Stretch],
    *,
    currency: str,
    since: datetime,
    until: datetime,
    now: datetime | None = None,
) -> StepChart:
    """Draws stretches in order of time between two moments, on an axis from zero.

    ``name``: unique on its page. ``now``: where a line marks the moment that is looked at.
    """
    levels = amounts(max((one.amount for one in stretches), default=Decimal(0)))
    across = Scale(since.timestamp(), until.timestamp(), _LEFT, _RIGHT)
    up = Scale(0, float(levels[-1]), _BOTTOM, _TOP)
    return StepChart(
        name=name,
        title=title,
        told=_told(stretches, currency),
        path=_line(stretches, across, up, until),
        area=_ground(stretches, across, up, until),
        dots=tuple(
            Dot(
                across(one.starts_at.timestamp()),
                up(one.amount),
                f"{day(one.starts_at)}: {money(one.amount, currency).text}",
            )
            for one in stretches
        ),
        rows=tuple(Tick(up(level), _level(level, currency)) for level in levels),
        columns=tuple(
            Tick(across(month.timestamp()), f"{month:%b %y}") for month in months(since, until)
        ),
        now=None if now is None or now >= until else across(now.timestamp()),
    )


def _line(stretches: Sequence[Stretch], across: Scale, up: Scale, until: datetime) -> str:
    """Level strokes, joined where one follows another at once."""
    parts: list[str] = []
    reached: datetime | None = None
    for one in stretches:
        x, y = across(one.starts_at.timestamp()), up(one.amount)
        parts.append(f"V{y}" if one.starts_at == reached else f"M{x} {y}")
        parts.append(f"H{across((one.ends_at or until).timestamp())}")
        reached = one.ends_at
    return "".join(parts)


def _ground(stretches: Sequence[Stretch], across: Scale, up: Scale, until: datetime) -> str:
    return "".join(
        f"M{across(one.starts_at.timestamp())} {_BOTTOM}V{up(one.amount)}"
        f"H{across((one.ends_at or until).timestamp())}V{_BOTTOM}Z"
        for one in stretches
    )


def _told(stretches: Sequence[Stretch], currency: str) -> str:
    if not stretches:
        return "Nothing is known."
    figures = [f"{money(one.amount, currency).text} from {day(one.starts_at)}" for one in stretches]
    if len(figures) > 8:
        figures = [*figures[:3], f"{len(figures) - 6} more changes", *figures[-3:]]
    ended = stretches[-1].ends_at
    return f"{'; '.join(figures)}{f'; until {day(ended)}' if ended else ''}."


def _level(level: Decimal, currency: str) -> str:
    parts = money(level, currency)
    return parts.text if level % 1 else f"{parts.whole}{parts.after}"

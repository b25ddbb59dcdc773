"""A price over time in the space of a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from registry.pages.charts.scales import Scale

WIDTH, HEIGHT = 72, 18
_EDGE = 2


@dataclass(frozen=True, slots=True)
class Sparkline:
    """``path`` is the line, ``x`` and ``y`` its end; ``trend`` is ``up``, ``down`` or ``level``."""

    path: str
    x: float
    y: float
    trend: str
    told: str
    width: int = WIDTH
    height: int = HEIGHT


def sparkline(
    levels: Sequence[tuple[datetime, Decimal | None]], *, since: datetime, until: datetime
) -> Sparkline | None:
    """Draws levels, each from its moment to the next; None is a gap. Nothing known: None.

    The axis starts at zero, so that a halved price looks halved. What holds before ``since`` enters
    at the left edge.
    """
    shown = _within(levels, since, until)
    known = [(at, level) for at, level in shown if level is not None]
    if not known:
        return None
    across = Scale(since.timestamp(), until.timestamp(), _EDGE, WIDTH - _EDGE)
    up = Scale(0, float(max(level for _, level in known)), HEIGHT - _EDGE, _EDGE)
    parts: list[str] = []
    ends = [*(at for at, _ in shown[1:]), until]
    drawn = False
    for (at, level), end in zip(shown, ends, strict=True):
        if level is not None:
            parts.append(f"V{up(level)}" if drawn else f"M{across(at.timestamp())} {up(level)}")
            parts.append(f"H{across(end.timestamp())}")
        drawn = level is not None
    first, last = known[0][1], known[-1][1]
    trend = "level" if first == last else "up" if last > first else "down"
    end = until if shown[-1][1] is not None else ends[max(shown.index(one) for one in known)]
    return Sparkline("".join(parts), across(end.timestamp()), up(last), trend, _told(known, trend))


def _within(
    levels: Sequence[tuple[datetime, Decimal | None]], since: datetime, until: datetime
) -> list[tuple[datetime, Decimal | None]]:
    before = [level for at, level in levels if at <= since]
    after = [(at, level) for at, level in levels if since < at < until]
    return [(since, before[-1]), *after] if before else after


def _told(known: Sequence[tuple[datetime, Decimal]], trend: str) -> str:
    first, last = known[0], known[-1]
    if trend == "level":
        return f"the same since {first[0]:%b %Y}"
    return f"{trend} from {first[1]:f} in {first[0]:%b %Y} to {last[1]:f} in {last[0]:%b %Y}"

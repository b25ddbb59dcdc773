"""Names beside dots, placed so that none lies on another name, on a dot or on the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import NamedTuple

_LETTER, _LINE, _OFF = 5.9, 13, 8
# More names than that are not read, and each is tried against all dots.
_MOST = 60

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Named(NamedTuple):
    """A dot and the name that it would have."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands beside its dot; ``anchor`` as SVG has it."""

    x: float
    y: float
    anchor: str


def labelled(dots: Sequence[Named], strokes: Sequence[Box], room: Box) -> Iterator[Label | None]:
    """A place within the room for each dot's name, the first dots first; None where there is none.

    Only so many of them are named. ``strokes``: where the line lies.
    """
    taken: list[Box] = [(dot.x - 5, dot.y - 5, dot.x + 5, dot.y + 5) for dot in dots]
    taken += strokes
    for place, dot in enumerate(dots[:_MOST]):
        others = [*taken[:place], *taken[place + 1 :]]
        found = next(
            (
                (label, box)
                for label, box in _places(dot)
                if _within(box, room) and not _meets_any(box, others)
            ),
            None,
        )
        if found is not None:
            taken.append(found[1])
        yield None if found is None else found[0]
    yield from repeat(None, len(dots) - _MOST)


def steps(corners: Sequence[tuple[float, float]], right: float) -> Iterator[Box]:
    """Where a line lies that goes level from each corner to below or above the next."""
    ends = [*corners[1:], (right, corners[-1][1])] if corners else []
    for (x, y), (end, top) in zip(corners, ends, strict=True):
        yield x, y - 1, end, y + 1
        yield end - 1, min(y, top), end + 1, max(y, top)


def step_path(corners: Sequence[tuple[float, float]], right: float) -> str:
    """That line as SVG draws it; empty for no corner."""
    if not corners:
        return ""
    (x, y), *others = corners
    return f"M{x} {y}" + "".join(f"H{x}V{y}" for x, y in others) + f"H{right}"


def _places(dot: Named) -> Iterator[tuple[Label, Box]]:
    """Right, left, above, below, then the corners."""
    x, y = dot.x, dot.y
    wide, half = len(dot.name) * _LETTER, _LINE / 2
    yield Label(x + _OFF, y, "start"), (x + _OFF, y - half, x + _OFF + wide, y + half)
    yield Label(x - _OFF, y, "end"), (x - _OFF - wide, y - half, x - _OFF, y + half)
    for middle in (y - _LINE, y + _LINE):
        box = (x - wide / 2, middle - half, x + wide / 2, middle + half)
        yield Label(x, middle, "middle"), box
    for middle in (y - _LINE, y + _LINE):
        yield Label(x, middle, "start"), (x, middle - half, x + wide, middle + half)
        yield Label(x, middle, "end"), (x - wide, middle - half, x, middle + half)


def _within(box: Box, room: Box) -> bool:
    left, top, right, bottom = room
    return box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom


def _meets_any(box: Box, others: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    return any(
        left < their_right and their_left < right and top < their_bottom and their_top < bottom
        for their_left, their_top, their_right, their_bottom in others
    )

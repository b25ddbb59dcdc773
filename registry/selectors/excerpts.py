"""Where a figure stands in a body: a few lines of it as text, with the figure marked. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

_AROUND = 240
_REACH = 6_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``marked`` where it is a figure or name that was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Pieces in the order of the body, and the line on which they begin (from 1)."""

    line: int
    pieces: tuple[Piece, ...]


def excerpt(body: bytes, *, names: Iterable[str], figures: Iterable[str]) -> Excerpt | None:
    """The part of a body in which the most figures stand after a name; None without any name.

    ``names``: what the subject may be called there. ``figures``: as the body writes them.
    """
    text = body.decode("utf-8", "replace")
    wanted = [figure for figure in dict.fromkeys(figures) if figure]
    best: tuple[int, int, int] | None = None
    for name in dict.fromkeys(filter(None, names)):
        start = text.find(name)
        while start >= 0:
            reach = text[start : start + _REACH]
            found = [at for figure in wanted if (at := _whole(reach, figure)) >= 0]
            end = start + max(found, default=len(name))
            rated = (len(found), -(end - start), start)
            if best is None or rated > (best[0], best[1], best[2]):
                best = rated
            start = text.find(name, start + len(name))
        if best is not None and best[0]:
            break
    if best is None:
        return None
    _, span, start = best
    low, high = max(0, start - _AROUND), min(len(text), start - span + _AROUND)
    shown = text[low:high]
    return Excerpt(text.count("\n", 0, low) + 1, tuple(_marked(shown, (*names, *wanted))))


def _whole(text: str, figure: str) -> int:
    """Where a figure stands that is no part of a longer one; -1 for nowhere."""
    at = text.find(figure)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(figure) : at + len(figure) + 1]
        if not (before.isdigit() or before == "." or after.isdigit()):
            return at
        at = text.find(figure, at + 1)
    return -1


def _marked(text: str, wanted: Iterable[str]) -> Iterable[Piece]:
    targets = sorted({target for target in wanted if target}, key=len, reverse=True)
    plain = 0
    at = 0
    while at < len(text):
        found = next((t for t in targets if text.startswith(t, at) and _stands(text, t, at)), None)
        if found is None:
            at += 1
            continue
        if at > plain:
            yield Piece(text[plain:at])
        yield Piece(found, marked=True)
        at += len(found)
        plain = at
    if plain < len(text):
        yield Piece(text[plain:])


def _stands(text: str, target: str, at: int) -> bool:
    if not target[0].isdigit():
        return True
    before, after = text[at - 1 : at], text[at + len(target) : at + len(target) + 1]
    return not (before.isdigit() or before == "." or after.isdigit())

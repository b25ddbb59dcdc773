"""How alike two names are: for suggestions to a person, never for a link. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_PARTS = re.compile(r"[a-z]+|[0-9]+")
_LEAST = 0.5


def likeness(one: str, other: str) -> float:
    """From 0 to 1: half of it the parts that both names have, half the order of their letters.

    A number that differs (``v3``, ``v4``) is another model, so it weighs as much as a word.
    """
    a, b = _parts(one), _parts(other)
    if not a or not b:
        return 0.0
    shared = 2 * len(a & b) / (len(a) + len(b))
    return (shared + SequenceMatcher(None, one.lower(), other.lower()).ratio()) / 2


def ranked(name: str, candidates: Iterable[str], *, most: int) -> list[tuple[str, float]]:
    """The candidates most like a name with their likeness, the best first; none that is unlike."""
    parts = _parts(name)
    near = (one for one in candidates if parts & _parts(one))
    rated = ((one, likeness(name, one.rpartition("/")[2])) for one in near)
    alike = sorted(
        (pair for pair in rated if pair[1] >= _LEAST), key=lambda pair: (-pair[1], pair[0])
    )
    return alike[:most]


def _parts(name: str) -> set[str]:
    return set(_PARTS.findall(name.lower()))

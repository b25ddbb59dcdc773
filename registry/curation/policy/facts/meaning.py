"""When two words mean one fact, whoever rounds, abbreviates or counts differently."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from registry.catalog.facts import KINDS, FactValue, Kind
from registry.curation.policy.thresholds import SAME_COUNT, SAME_DAYS

Same = Callable[[FactValue, FactValue], bool]

# Some sources count documents among the modalities, others what is in them.
_DOCUMENTS = frozenset({"pdf", "file"})
_UNWRITTEN = re.compile(r"[^a-z0-9]|licen[cs]e|version")


def same_as(field: str) -> Same:
    """How two words on this fact are compared."""
    return _OF_FIELD.get(field) or _OF_KIND[KINDS[field]]


def _counts(one: FactValue, other: FactValue) -> bool:
    """Within the difference between thousands of 1000 and of 1024."""
    if one == other:
        return True
    if not isinstance(one, int) or not isinstance(other, int):
        return False
    return abs(one - other) <= SAME_COUNT * max(one, other)


def _days(one: FactValue, other: FactValue) -> bool:
    if one == other:
        return True
    return abs((_day(one) - _day(other)).days) <= SAME_DAYS


def _day(value: FactValue) -> date:
    return date.fromisoformat(str(value))


def _as_precisely(one: FactValue, other: FactValue) -> bool:
    """A month is the same as each of its days: ``2025-08`` and ``2025-08-31``."""
    first, second = str(one), str(other)
    return first.startswith(second) or second.startswith(first)


def _modalities(one: FactValue, other: FactValue) -> bool:
    if not isinstance(one, tuple) or not isinstance(other, tuple):
        return False
    return set(one) - _DOCUMENTS == set(other) - _DOCUMENTS


def _licences(one: FactValue, other: FactValue) -> bool:
    """``Apache 2.0`` and ``apache-2.0`` name one licence."""
    return _written(one) == _written(other)


def _written(value: FactValue) -> str:
    return _UNWRITTEN.sub("", str(value).lower())


def _equal(one: FactValue, other: FactValue) -> bool:
    return one == other


_OF_FIELD: dict[str, Same] = {"knowledge_cutoff": _as_precisely, "licence": _licences}
_OF_KIND: dict[Kind, Same] = {
    Kind.COUNT: _counts,
    Kind.DAY: _days,
    Kind.WORDS: _modalities,
    Kind.FLAG: _equal,
    Kind.TEXT: _equal,
}

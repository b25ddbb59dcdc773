"""What sources say of an offer beside its price, merged into what the catalogue shows. Pure.

Field by field the most trusted word wins; among equally trusted words the one said most often, then
the one that stands already. Silence never takes a fact away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from registry.catalog.names import is_fit
from scrapers.claims import Facts

_LENGTHS = {"name": 200, "mode": 40, "licence": 120, "knowledge_cutoff": 20}
_COUNTS = frozenset(
    {
        "context_tokens",
        "max_input_tokens",
        "max_output_tokens",
        "total_parameters",
        "active_parameters",
    }
)
_LARGEST = 2**63 - 1
_FIELDS = tuple(field.name for field in fields(Facts))


@dataclass(frozen=True, slots=True)
class FactsSaid:
    """The facts that one source, as far as it is trusted, states of one offer."""

    offer_id: int
    trust: int
    facts: Facts


def merge(said: Iterable[FactsSaid], standing: Facts) -> Facts:
    """The facts to show, from everything that is said now and what is shown so far."""
    words = list(said)
    merged = replace(standing, **{name: _decide(name, words, standing) for name in _FIELDS})
    return replace(merged, released_on=_earliest(standing.released_on, merged.released_on))


def _earliest(*days: date | None) -> date | None:
    """What is out does not come out later: feeds move a release with each new snapshot of it."""
    return min((day for day in days if day is not None), default=None)


def fill(said: Iterable[FactsSaid], standing: Facts) -> Facts:
    """Like `merge`, but what stands is kept: only gaps are filled."""
    merged = merge(said, standing)
    kept = {name: value for name in _FIELDS if not _silent(value := getattr(standing, name))}
    return replace(merged, **kept)


def _decide(name: str, said: Sequence[FactsSaid], standing: Facts) -> Any:
    stands = getattr(standing, name)
    words = [
        (one.trust, word)
        for one in said
        if not _silent(word := getattr(one.facts, name)) and _fits(name, word)
    ]
    if not words:
        return stands
    highest = max(trust for trust, _ in words)
    votes = Counter[Hashable](word for trust, word in words if trust == highest)
    most = max(votes.values())
    leaders = [word for word, count in votes.items() if count == most]
    return stands if stands in leaders else min(leaders, key=repr)


def _silent(word: object) -> bool:
    return word is None or word in ((), "")


def _fits(name: str, word: Any) -> bool:
    if name in _LENGTHS:
        return is_fit(word) and len(word) <= _LENGTHS[name]
    return name not in _COUNTS or 0 < word <= _LARGEST

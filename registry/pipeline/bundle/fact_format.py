"""The facts of the bundled catalogue: one series a line.

Those of models are ``facts/<lab>.json``. A model is told of by claims on its offers, so its claims
name an offer and the position in that offer's claims; a point names its claim by position among
them. The own facts of an offer stand in its provider's file, with the offer's own claims.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from registry.pipeline.bundle.text import decoded, lines


class BundledFact(msgspec.Struct, array_like=True, frozen=True):
    """From when on the fact is what; null is a retraction.

    ``claim`` is -1 where no claim stands behind it. ``starts_at`` is empty where it is the moment
    of the revision, ``words`` (basis, status and cause) where they are ``observed``, ``single`` and
    ``first_seen``.
    """

    value: Any
    claim: int
    revision: int
    starts_at: str = ""
    words: str = ""


class BundledFactSeries(msgspec.Struct, array_like=True, frozen=True):
    """What was told of one fact, in the order of its publication."""

    name: str
    points: list[BundledFact]


class BundledReference(msgspec.Struct, array_like=True, frozen=True):
    """A claim on an offer, by its position there."""

    provider: str
    offer: str
    claim: int


class BundledFacts(msgspec.Struct, frozen=True):
    """One model with the whole history of its facts; ``model`` is its slug at the lab."""

    model: str
    claims: list[BundledReference]
    series: list[BundledFactSeries]


def last_value(starts: Iterable[tuple[datetime, Any]]) -> Any:
    """What stands of a fact after all starts, in the order of their publication; None for nothing.

    Of one start the last word counts, None takes it back: a day that turned out to be another one
    is told first and its old start taken back after it.
    """
    told = dict(starts)
    standing = [at for at, value in told.items() if value is not None]
    return told[max(standing)] if standing else None


def write_facts(facts: Sequence[BundledFacts], path: Path) -> None:
    """Writes one lab's models, one claim and one series a line."""
    path.write_text("[\n" + ",\n".join(map(_model_text, facts)) + "\n]\n", encoding="utf-8")


def read_facts_of_models(directory: Path) -> Iterator[tuple[str, list[BundledFacts]]]:
    """Labs' slugs with their models' facts, by file name; raises `BundleError`."""
    for path in sorted((directory / "facts").glob("*.json")):
        yield path.stem, decoded(path, list[BundledFacts])


def _model_text(one: BundledFacts) -> str:
    head = f'{{"model":{msgspec.json.encode(one.model).decode()}'
    return f'{head},"claims":[\n{lines(one.claims)}],"series":[\n{lines(one.series)}]}}'

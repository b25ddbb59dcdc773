"""The scores of the bundled catalogue: ``scores/<lab>.json``, one series a line.

A point names its claim by position in the model's claims, as in the offers' files; a claim what its
source calls the model by position in ``names``, and by position in the file's ``forms`` what it has
in common with others. Benchmarks go by their slugs: they are declared in ``fixtures/benchmarks/``,
which every registry has.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from registry.pipeline.bundle.text import decoded, lines


class BundledName(msgspec.Struct, array_like=True, frozen=True):
    """What a source calls the model, under which organisation, and how it was linked."""

    source: str
    organisation: str
    name: str
    matched_by: str
    aliases: list[str] = []


class BundledForm(msgspec.Struct, array_like=True, frozen=True):
    """How a source tells scores of one benchmark: under which name, on which scale, where."""

    benchmark: str
    scale: str
    field: str
    evaluator: str
    page: str


class BundledReading(msgspec.Struct, array_like=True, frozen=True):
    """A claim of a score: run, name and form by their positions, the figure, and what it adds.

    ``written`` is empty where it is the name. ``live``: whether its source still makes it.
    ``quote`` and ``rest`` are what the claim's content says beside that.
    """

    run: int
    name: int
    form: int
    entry_key: str
    written: str
    live: bool
    text: str
    quote: dict[str, Any] = {}
    rest: dict[str, Any] = {}


class BundledScore(msgspec.Struct, array_like=True, frozen=True):
    """From when on the score is what; ``value`` is a figure or a state.

    ``claim`` is -1 where no claim stands behind it. ``told``: qualifier and evaluator, ``words``:
    basis, status and cause; ``low`` and ``high`` are empty and ``items`` 0 where none are told.
    """

    starts_at: str
    value: str
    claim: int
    revision: int
    told: str = ""
    words: str = ""
    low: str = ""
    high: str = ""
    items: int = 0


class BundledScoreSeries(msgspec.Struct, array_like=True, frozen=True):
    """A model's scores on a benchmark under a setup, in the order of their publication."""

    benchmark: str
    setup: str
    points: list[BundledScore]


class BundledScores(msgspec.Struct, frozen=True):
    """One model with its whole published history of scores; ``model`` is its slug at the lab."""

    model: str
    names: list[BundledName]
    claims: list[BundledReading]
    series: list[BundledScoreSeries]


class BundledLabScores(msgspec.Struct, frozen=True):
    """A lab's models with their scores, and the forms that their claims have."""

    forms: list[BundledForm]
    models: list[BundledScores]


def write_scores(scores: BundledLabScores, path: Path) -> None:
    """Writes one lab's models, one form, one claim and one series a line."""
    models = ",\n".join(map(_model_text, scores.models))
    text = f'{{"forms": [\n{lines(scores.forms)}\n],\n"models": [\n{models}\n]}}\n'
    path.write_text(text, encoding="utf-8")


def read_scores(directory: Path) -> Iterator[tuple[str, BundledLabScores]]:
    """Labs' slugs with their scores, in the order of the file names; raises `BundleError`."""
    for path in sorted((directory / "scores").glob("*.json")):
        yield path.stem, decoded(path, BundledLabScores)


def _model_text(one: BundledScores) -> str:
    parts = [f'{{"model":{msgspec.json.encode(one.model).decode()}']
    for name in ("names", "claims", "series"):
        rows = getattr(one, name)
        parts.append(f'"{name}":[\n{lines(rows)}]' if rows else f'"{name}":[]')
    return ",".join(parts) + "}"

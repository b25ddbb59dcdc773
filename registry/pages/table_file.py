"""The table of models as rows of a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from registry.selectors.readings import ReadingRow
from registry.selectors.score_columns import ScoreColumn
from registry.selectors.table import Sold, TableRow

_PRICES = ("offer", "input", "output", "cache_hit", "blended", "status")
_HEAD = (
    "model",
    "name",
    "lab",
    *(f"{whose}_{name}" for whose in ("first_party", "cheapest") for name in _PRICES),
    "context_tokens",
    "open_weights",
    "input_modalities",
    "total_parameters",
    "released_on",
    "changed_at",
    "offers",
)
_SCORES = ("", "_qualifier", "_setup", "_receipt")


def head(columns: Sequence[ScoreColumn]) -> Iterator[str]:
    """The names of the columns; each benchmark has its score, how sure, its setup, its receipt."""
    yield from _HEAD
    for column in columns:
        yield from (f"{column.benchmark.slug}{part}" for part in _SCORES)


def row_of(row: TableRow, columns: Sequence[ScoreColumn]) -> Iterator[object]:
    """One model's cells."""
    model = row.model
    yield from (model.ref, model.name, row.lab_name)
    for sold in (row.first_party, row.cheapest):
        yield from _prices(sold)
    yield from (model.context_tokens, model.open_weights, " ".join(model.input_modalities))
    yield from (model.total_parameters, model.released_on, row.changed_at, row.sellers)
    for column in columns:
        yield from _score(column.readings.get(model.model_id))


def _score(reading: ReadingRow | None) -> Iterator[object]:
    if reading is None:
        yield from (None,) * len(_SCORES)
        return
    yield from (reading.value, reading.qualifier, reading.setup.key or "not told")
    yield reverse("pages:score-receipt", args=[reading.point_id])


def _prices(sold: Sold | None) -> Iterator[object]:
    """USD per 1M tokens; what is not priced in a word."""
    if sold is None:
        yield from (None,) * len(_PRICES)
        return
    yield sold.seller.ref
    for said in sold.prices[:3]:
        yield None if said is None else said.state if said.amount is None else said.amount
    yield sold.blended
    yield sold.prices.input.status if sold.prices.input else None

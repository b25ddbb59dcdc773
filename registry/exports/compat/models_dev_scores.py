"""models.dev: ``models.json``, models whoever sells them, with their scores on benchmarks.

A score without a metric is a percentage; on another scale the metric names it. Who measured, and
the interval around a score, have no place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from registry.exports.compat.left_out import LeftOut, LeftOuts, Reason
from registry.exports.json_text import Json
from registry.scoring.figures import Qualifier
from registry.selectors.ai_models import ModelRow
from registry.selectors.benchmarks import BenchmarkRow
from registry.selectors.readings import ReadingRow

_STATED = "stated"
_PERCENT = "percent"


def document(
    models: Iterable[ModelRow],
    readings: Mapping[int, Iterable[ReadingRow]],
    benchmarks: Iterable[BenchmarkRow],
    left_out: LeftOuts,
) -> Json:
    """The models by their readable ids, with what each reaches."""
    measured = {benchmark.slug: benchmark for benchmark in benchmarks}
    return {
        model.ref: _facts(model) | _benchmarks(readings[model.model_id], measured, left_out)
        for model in models
    }


def _facts(model: ModelRow) -> Json:
    takes, gives = model.input_modalities, model.output_modalities
    told: Json = {
        "id": model.ref,
        "name": model.name,
        "reasoning": model.reasoning,
        "tool_call": model.tool_calls,
        "knowledge": model.knowledge_cutoff or None,
        "release_date": model.released_on,
        "modalities": {"input": takes, "output": gives} if takes and gives else None,
        "open_weights": model.open_weights,
        "limit": {"context": model.context_tokens or 0, "output": model.max_output_tokens or 0},
    }
    return {name: fact for name, fact in told.items() if fact is not None}


def _benchmarks(
    readings: Iterable[ReadingRow], measured: Mapping[str, BenchmarkRow], left_out: LeftOuts
) -> Json:
    told = []
    for reading in readings:
        if reading.qualifier == Qualifier.EXACT and reading.setup.attempts in (None, "1"):
            told.append(_score(reading, measured[reading.benchmark]))
        else:
            inexact = reading.qualifier != Qualifier.EXACT
            reason = Reason.NO_FIGURE if inexact else Reason.TERMS
            left_out.found.append(_listed(reading, reason))
    return {"benchmarks": told} if told else {}


def _score(reading: ReadingRow, benchmark: BenchmarkRow) -> Json:
    setup = reading.setup
    told: Json = {
        "name": benchmark.name,
        "score": reading.value,
        "metric": None if benchmark.scale.name == _PERCENT else benchmark.scale.name,
        "harness": setup.harness,
        "variant": setup.effort,
        "version": setup.version,
        "dataset": setup.subset,
        "date": reading.starts_at.date() if reading.starts_basis == _STATED else None,
    }
    return {name: word for name, word in told.items() if word is not None}


def _listed(reading: ReadingRow, reason: Reason) -> LeftOut:
    price = f"{reading.qualifier} {reading.value:f}"
    return LeftOut(reading.model, reason, reading.benchmark, reading.setup.key, None, price)

"""models.dev's list of models: scores under their setups, read back by our own importer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from registry.exports.compat import models_dev_scores
from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.json_text import dumps
from registry.scoring.scales import SCALES, Direction
from registry.scoring.setups import Setup
from registry.selectors.ai_models import ModelRow
from registry.selectors.benchmarks import BenchmarkRow
from registry.selectors.readings import ReadingRow
from scrapers.sources import models_dev_scores as importer

MODEL = ModelRow(
    model_id=7,
    lab="deepseek",
    slug="deepseek-v4-pro",
    name="DeepSeek V4 Pro",
    released_on=date(2026, 4, 24),
    knowledge_cutoff="",
    open_weights=True,
    licence="",
    total_parameters=None,
    active_parameters=None,
    context_tokens=1_000_000,
    max_output_tokens=None,
    input_modalities=["text"],
    output_modalities=["text"],
    reasoning=True,
    tool_calls=None,
    offers=1,
)
READING = ReadingRow(
    point_id=1,
    model_id=7,
    lab="deepseek",
    slug="deepseek-v4-pro",
    benchmark="swe-bench-verified",
    setup=Setup(effort="high", harness="codex", version="2.0"),
    value=Decimal("80.6"),
    qualifier="exact",
    low=None,
    high=None,
    items=None,
    evaluator="first_party",
    starts_at=datetime(2026, 4, 24, tzinfo=UTC),
    starts_basis="stated",
    status="single",
    cause="first_seen",
    revision=1,
    source="models-dev-scores",
)


def benchmark(slug: str, name: str, scale: str) -> BenchmarkRow:
    return BenchmarkRow(1, slug, name, SCALES[scale], Direction.HIGHER, "", None, "", (), (), ())


BENCHMARKS = (
    benchmark("swe-bench-verified", "SWE-bench Verified", "percent"),
    benchmark("some-index", "Some Index", "index"),
)


def written(*readings: ReadingRow) -> tuple[dict[str, Any], LeftOuts]:
    left_out = LeftOuts()
    told = models_dev_scores.document([MODEL], {7: readings}, BENCHMARKS, left_out)
    return told["deepseek/deepseek-v4-pro"], left_out


def test_a_score_is_told_with_its_setup_and_day() -> None:
    model, _ = written(READING)
    assert model["benchmarks"] == [
        {
            "name": "SWE-bench Verified",
            "score": Decimal("80.6"),
            "harness": "codex",
            "variant": "high",
            "version": "2.0",
            "date": date(2026, 4, 24),
        }
    ]


def test_another_scale_is_named_and_an_observed_day_is_no_date() -> None:
    reading = replace(READING, benchmark="some-index", setup=Setup(), starts_basis="observed")
    model, _ = written(reading)
    assert model["benchmarks"] == [
        {"name": "Some Index", "score": Decimal("80.6"), "metric": "index"}
    ]


@pytest.mark.parametrize(
    ("reading", "reason"),
    [
        (replace(READING, qualifier="approximate"), Reason.NO_FIGURE),
        (replace(READING, setup=Setup(attempts="5")), Reason.TERMS),
    ],
)
def test_what_the_list_cannot_hold_is_listed(reading: ReadingRow, reason: Reason) -> None:
    model, left_out = written(reading)
    assert "benchmarks" not in model
    assert [(one.offer, one.reason) for one in left_out.found] == [
        ("deepseek/deepseek-v4-pro", reason)
    ]


def test_facts_that_are_unknown_are_left_out() -> None:
    model, _ = written()
    assert model["open_weights"] is True
    assert {"tool_call", "knowledge", "benchmarks"}.isdisjoint(model)


def test_a_score_comes_back_with_its_setup() -> None:
    body = dumps(models_dev_scores.document([MODEL], {7: [READING]}, BENCHMARKS, LeftOuts()))
    (claim,) = (claim for entry in importer.split(body) for claim in importer.read(entry))
    assert (claim.benchmark, claim.quote.text, claim.quote.scale) == (
        "SWE-bench Verified",
        "80.6",
        "percent",
    )
    assert claim.setup == READING.setup
    assert not claim.remarks

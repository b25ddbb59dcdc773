"""Scores over HTTP: what stands, under which setup, how it came to be, and its evidence."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Ask
from tests.pipeline.bodies import models_dev_scores, scored
from tests.pipeline.taking import deliver

V4 = "deepseek/deepseek-v4-pro"
CODEX = {"name": "Terminal Bench 2.1", "score": 64.7, "harness": "Codex", "variant": "high"}
VERIFIED = {"name": "SWE-Bench Verified", "score": 80.6}


@pytest.fixture
def scores(registry: None) -> None:
    """Revisions 4 and 5: a score of two models, one of them measured anew."""
    first = scored(V4, VERIFIED | {"date": "2026-06-01"}, CODEX) | scored("openai/gpt-5.5", CODEX)
    deliver("models-dev-scores", models_dev_scores(first), "2026-06-01")
    second = first | scored(V4, VERIFIED | {"score": 81, "date": "2026-06-20"}, CODEX)
    deliver("models-dev-scores", models_dev_scores(second), "2026-07-01")


def told(readings: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(one["model"], one["benchmark"], one["value"]) for one in readings]


def test_readings_stand_by_model_benchmark_and_setup(scores: None, ask: Ask) -> None:
    answer = ask("readings")
    assert told(answer["items"]) == [
        (V4, "swe-bench-verified", "81"),
        (V4, "terminal-bench", "64.7"),
        ("openai/gpt-5.5", "terminal-bench", "64.7"),
    ]
    assert answer["items"][1]["setup"] == {"effort": "high", "harness": "codex", "version": "2.1"}
    assert (answer["revision"]["number"], answer["next"]) == (5, None)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("benchmark=swe-bench-verified", ["81"]),
        ("model=openai/gpt-5.5", ["64.7"]),
        ("lab=deepseek&harness=codex", ["64.7"]),
        ("harness=", ["81"]),
        ("version=2.0", []),
        ("evaluator=first_party", []),
        ("at=2026-06-10&benchmark=swe-bench-verified", ["80.6"]),
        ("at=2026-07-02&revision=4&benchmark=swe-bench-verified", ["80.6"]),
        ("at=2026-05-01", []),
    ],
)
def test_readings_are_filtered_and_dated(
    scores: None, ask: Ask, question: str, expected: list[str]
) -> None:
    assert [one["value"] for one in ask(f"readings?{question}")["items"]] == expected


def test_an_answer_to_both_clocks_is_kept_for_ever(scores: None, client: Client) -> None:
    pinned = client.get(f"/api/v1/readings/{V4}?at=2026-06-10&revision=4")
    assert "immutable" in pinned["Cache-Control"]
    assert "immutable" not in client.get(f"/api/v1/readings/{V4}")["Cache-Control"]


def test_pages_of_readings_continue_each_other(scores: None, ask: Ask) -> None:
    first = ask("readings?limit=2")
    rest = ask(first["next"].removeprefix("/api/v1/"))
    assert len(first["items"]) == 2
    assert told(rest["items"]) == [("openai/gpt-5.5", "terminal-bench", "64.7")]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("effort=High", "effort"),
        ("attempts=none", "attempts"),
        ("evaluator=me", "evaluator"),
        ("qualifier=forecast", "qualifier"),
        ("cursor=x", "cursor"),
        ("revision=99", "revision"),
    ],
)
def test_what_is_not_understood_is_named(scores: None, ask: Ask, question: str, field: str) -> None:
    assert field in str(ask(f"readings?{question}", status=400))


def test_a_models_scores_and_how_they_came_to_be(scores: None, ask: Ask) -> None:
    readings = ask(f"readings/{V4}")
    assert (readings["model"], len(readings["readings"])) == (V4, 2)
    [series] = ask(f"score-history/{V4}?benchmark=swe-bench-verified")["series"]
    periods = [(p["value"], p["starts_at"], p["ends_at"], p["cause"]) for p in series["periods"]]
    assert periods == [
        ("80.6", "2026-06-01T00:00:00Z", "2026-06-20T00:00:00Z", "first_seen"),
        ("81", "2026-06-20T00:00:00Z", None, "rescored"),
    ]
    ask("readings/deepseek/no-such", status=404)


def test_a_receipt_leads_from_a_score_to_its_bytes(scores: None, ask: Ask) -> None:
    [reading] = ask("readings?benchmark=swe-bench-verified")["items"]
    receipt = ask(reading["receipt"].removeprefix("/api/v1/"))
    assert (receipt["model"], receipt["figure"]["value"]) == (V4, "81")
    assert (receipt["quote"]["text"], receipt["quote"]["benchmark"]) == ("81", "SWE-Bench Verified")
    assert receipt["quote"]["measured_on"] == "2026-06-20"
    evidence = receipt["evidence"]
    assert evidence["claim"]["page"] == "https://example.org/card"
    assert evidence["source"]["id"] == "models-dev-scores"
    assert evidence["snapshot"]["held"]
    ask("receipts/scores/987654", status=404)


def test_a_benchmark_tells_its_scale_and_counts(scores: None, ask: Ask) -> None:
    verified = ask("benchmarks/swe-bench-verified")["benchmark"]
    assert (verified["scale"], verified["direction"], verified["items"]) == (
        "percent", "higher", 500,
    )  # fmt: skip
    versions = ask("benchmarks/terminal-bench")["benchmark"]["versions"]
    assert {one["word"]: one["items"] for one in versions}["2.0"] == 89
    assert len(ask("benchmarks?limit=5")["items"]) == 5
    ask("benchmarks/no-such", status=404)


@pytest.mark.parametrize("written", ["SWE-bench Verified", "swe bench  VERIFIED", "verified swe"])
def test_a_benchmark_is_found_by_words_of_its_names(scores: None, ask: Ask, written: str) -> None:
    found = [one["id"] for one in ask(f"benchmarks?q={quote(written)}")["items"]]
    assert "swe-bench-verified" in found
    assert "mmlu" not in found


def test_a_benchmark_is_found_by_an_alias(scores: None, ask: Ask) -> None:
    one = next(one for one in ask("benchmarks")["items"] if one["aliases"])
    found = [other["id"] for other in ask(f"benchmarks?q={quote(one['aliases'][0])}")["items"]]
    assert one["id"] in found
    assert ask("benchmarks?q=no+such+benchmark")["items"] == []


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("readings?limit=1", 2),
        ("readings?limit=100", 2),
        (f"readings/{V4}", 3),
        (f"score-history/{V4}", 3),
        ("benchmarks?limit=100", 2),
        ("benchmarks/mmlu", 2),
    ],
)
def test_a_score_costs_no_statement_of_its_own(
    scores: None, client: Client, path: str, most: int
) -> None:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/api/v1/{path}").status_code == 200
    assert len(captured) == most

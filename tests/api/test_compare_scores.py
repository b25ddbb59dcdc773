"""Scores side by side: gaps under equal conditions, chance, and who dominates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from tests.api.launch import FLASH, GPT, PRO, asked, compared, launch
from tests.ledger.saying import day, say
from tests.ledger.scoring import score

__all__ = ["compared", "launch"]

pytestmark = pytest.mark.usefixtures("launch")


def gaps(compared: Any, benchmark: str) -> dict[str, Any]:
    [row] = [row for row in compared["benchmarks"] if row["benchmark"]["id"] == benchmark]
    return {one["score"]["model"]: one["gap"] for one in row["scores"]}


@pytest.mark.parametrize(
    ("benchmark", "model", "points"),
    [
        ("swe-bench-verified", PRO, "-3.7"),
        ("swe-bench-verified", FLASH, "-10.7"),
        ("swe-bench-pro", PRO, "-3.6"),
        ("swe-bench-pro", FLASH, "-10.6"),
        ("terminal-bench", PRO, "-7.7"),
        ("terminal-bench", FLASH, "-14.7"),
        ("mmlu", PRO, "-3.4"),
        ("mmlu", FLASH, "-8.4"),
    ],
)
def test_a_score_beside_the_baselines(
    compared: Any, benchmark: str, model: str, points: str
) -> None:
    gap = gaps(compared, benchmark)[model]
    assert (gap["points"], gap["qualifier"]) == (points, "approximate")
    assert gap["more_failures_in_100"] == points


def test_a_gap_of_few_points_over_500_items_is_within_noise(compared: Any) -> None:
    """500 tasks: 3.7 points may be chance, 10.7 are not."""
    found = gaps(compared, "swe-bench-verified")
    assert {model: gap and gap["verdict"] for model, gap in found.items()} == {
        GPT: None,
        PRO: "within_noise",
        FLASH: "real",
    }
    assert found[PRO]["tasks_for_one"] == "27.027027027"


def test_what_each_further_task_costs_that_is_solved(compared: Any) -> None:
    """33 tasks a month: V4 Flash fails 10.7 of 100 more, and costs 1,080.40 less."""
    [extra] = [
        one
        for one in compared["extra_tasks"]
        if (one["benchmark"], one["than"]) == ("swe-bench-verified", FLASH)
    ]
    assert extra["better"] == GPT
    expected = Decimal("1080.4") / (Decimal("10.7") * 33 / 100)
    assert abs(Decimal(extra["cost"]) - expected) < Decimal("1e-8")


def test_everybody_has_something_that_the_other_lacks(compared: Any) -> None:
    assert compared["dominance"] == []


def test_a_stated_condition_and_silence_are_not_equal(client: Client) -> None:
    bench = Benchmark.objects.get(slug="swe-bench-verified")
    pro = Model.objects.get(slug="deepseek-v4-pro")
    said = asked(client, "compare?models=gpt-5.5,deepseek-v4-pro&at=2026-04-25")
    say(score(pro, bench, "90", setup="effort=max", starts=day(24)))
    equal = asked(client, "compare?models=gpt-5.5,deepseek-v4-pro&at=2026-04-25")
    assert equal["benchmarks"] == said["benchmarks"]
    best = asked(client, "compare?models=gpt-5.5,deepseek-v4-pro&at=2026-04-25&setups=any")
    assert best["setups"] == "any"
    [row] = [r for r in best["benchmarks"] if r["benchmark"]["id"] == "swe-bench-verified"]
    assert row["setup"] is None
    assert [one["score"]["value"] for one in row["scores"]] == ["88.7", "90"]
    assert row["scores"][1]["score"]["setup"] == {"effort": "max"}
    assert row["scores"][1]["gap"]["points"] == "1.3"


def test_without_equal_conditions_readings_are_told_and_no_gap_is(client: Client) -> None:
    bench = Benchmark.objects.get(slug="gpqa-diamond")
    gpt, pro = (Model.objects.get(slug=slug) for slug in ("gpt-5.5", "deepseek-v4-pro"))
    say(score(gpt, bench, "93", setup="effort=xhigh"), score(pro, bench, "90"))
    answer = asked(client, "compare?models=gpt-5.5,deepseek-v4-pro&at=2026-04-25")
    [row] = [r for r in answer["benchmarks"] if r["benchmark"]["id"] == "gpqa-diamond"]
    assert (row["comparable"], row["setup"]) == (False, None)
    assert [one["gap"] for one in row["scores"]] == [None, None]


def test_who_is_better_and_cheaper_dominates(client: Client) -> None:
    flash = Model.objects.get(slug="deepseek-v4-flash")
    path = "compare?models=deepseek-v4-pro,deepseek-v4-flash&at=2026-04-25"
    assert asked(client, path)["dominance"] == []
    for slug in ("swe-bench-verified", "swe-bench-pro", "terminal-bench", "mmlu", "aime-2025"):
        measured = Benchmark.objects.get(slug=slug)
        series = measured.series.filter(model=flash)
        say(*(score(flash, measured, "99", setup=one.setup, starts=day(25)) for one in series))
    [found] = asked(client, path)["dominance"]
    assert (found["model"], found["beats"]) == (FLASH, PRO)
    assert {"input_tokens", "output_tokens", "mmlu"} <= set(found["by"])

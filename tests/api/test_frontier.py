"""Price against score: whom nobody beats."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from tests.api.launch import FLASH, GPT, PRO, asked, launch
from tests.ledger.saying import day, say
from tests.ledger.scoring import score

__all__ = ["launch"]

pytestmark = pytest.mark.usefixtures("launch")


def test_the_frontier_of_price_and_score(client: Client) -> None:
    plot = asked(client, "frontier?benchmark=swe-bench-verified&x=blended&ratio=3:1&at=2026-04-25")
    assert [(one["model"], one["price"]) for one in plot["frontier"]] == [
        (FLASH, "0.175"),
        (PRO, "2.175"),
        (GPT, "11.25"),
    ]
    for one in plot["frontier"]:
        assert len(one["price_receipts"]) == 2
        assert all(client.get(receipt).status_code == 200 for receipt in one["price_receipts"])


def test_who_is_dearer_and_worse_is_dominated(client: Client) -> None:
    bench = Benchmark.objects.get(slug="mmlu")
    flash = Model.objects.get(slug="deepseek-v4-flash")
    [series] = bench.series.filter(model=flash)
    say(score(flash, bench, "95", setup=series.setup, starts=day(26)))
    plot = asked(client, "frontier?benchmark=mmlu&x=output_tokens&at=2026-04-27")
    assert [one["model"] for one in plot["frontier"]] == [FLASH]
    assert {one["model"]: one["beaten_by"] for one in plot["dominated"]} == {
        PRO: [FLASH],
        GPT: [FLASH],
    }
    before = asked(client, "frontier?benchmark=mmlu&x=output_tokens&at=2026-04-25")
    assert len(before["frontier"]) == 3


def test_an_unknown_benchmark_is_said_so(client: Client) -> None:
    assert client.get("/api/v1/frontier?benchmark=none").status_code == 404


def test_the_statements_are_few(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        asked(client, "frontier?benchmark=swe-bench-verified&at=2026-04-25")
    assert len(captured) <= 14
    with CaptureQueriesContext(connection) as captured:
        asked(client, "frontier?benchmark=swe-bench-verified&at=2026-04-25")
    assert len(captured) <= 8

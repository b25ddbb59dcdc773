"""The feed of scores over HTTP: from what to what, followed without a gap."""

from __future__ import annotations

from typing import Any

import pytest

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Model
from tests.api.conftest import Ask
from tests.ledger.saying import day, say
from tests.ledger.scoring import score

ROOT = "/api/v1/"


@pytest.fixture
def scored(ask: Ask) -> Ask:
    """DeepSeek V4 Pro, about 85 at first, then measured."""
    pro = Model.objects.get(slug="deepseek-v4-pro")
    verified = sync_benchmarks()["swe-bench-verified"]
    say(score(pro, verified, "85", qualifier="approximate"))
    say(score(pro, verified, "80.6", starts=day(28), cause="rescored"))
    return ask


def test_a_score_measured_anew_says_from_what(scored: Ask) -> None:
    [change] = scored("changes/scores?cause=rescored&benchmark=swe-bench-verified")["items"]
    assert (change["before"]["value"], change["before"]["qualifier"]) == ("85", "approximate")
    assert (change["now"]["value"], change["model"]) == ("80.6", "deepseek/deepseek-v4-pro")
    assert scored(change["now"]["receipt"].removeprefix(ROOT))["figure"]["value"] == "80.6"


def test_following_gives_every_change_once(scored: Ask) -> None:
    seen: list[Any] = []
    address = "changes/scores?limit=1"
    while items := (answer := scored(address))["items"]:
        seen += items
        address = answer["follow"].removeprefix(ROOT)
    assert [one["now"]["value"] for one in seen] == ["85", "80.6"]


def test_another_benchmark_has_none(scored: Ask) -> None:
    assert scored("changes/scores?benchmark=terminal-bench")["items"] == []

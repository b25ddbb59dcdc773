"""The feed of scores: in the order of publication, each with what was said before it."""

from __future__ import annotations

from typing import Any

import pytest

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Lab, Model
from registry.ledger.models import ScorePoint
from registry.selectors.score_changes import ScoreChange, ScoreChangeFilter, score_changes
from tests.ledger.saying import day, say
from tests.ledger.scoring import State, score


@pytest.fixture
def history(db: None) -> None:
    """Two models; the first is measured anew, then that is taken back, then corrected."""
    ids = sync_benchmarks()
    verified, terminal = ids["swe-bench-verified"], ids["terminal-bench"]
    lab = Lab.objects.create(slug="deepseek", name="DeepSeek")
    pro, flash = (
        Model.objects.create(lab=lab, slug=slug, name=slug)
        for slug in ("deepseek-v4-pro", "deepseek-v4-flash")
    )
    codex = "effort=high;harness=codex;version=2.0"
    say(score(pro, verified, "80.6"), score(flash, verified, "79"))
    say(score(pro, verified, "81", starts=day(28), cause="rescored"))
    say(score(pro, verified, None, starts=day(28), state=State.RETRACTED, cause="corrected"))
    say(score(pro, verified, "80", cause="corrected"), score(pro, terminal, "65.4", setup=codex))


def steps(**asked: Any) -> list[tuple[str | None, str | None]]:
    told = score_changes(ScoreChangeFilter(**asked), limit=10).rows
    return [(_value(one.before), _value(one.now)) for one in told]


def _value(said: Any) -> str | None:
    return None if said is None or said.value is None else f"{said.value:f}"


def test_each_change_says_what_stood_before_it(history: None) -> None:
    pro = ("deepseek", "deepseek-v4-pro")
    assert steps(model=pro, benchmark="swe-bench-verified") == [
        (None, "80.6"),
        ("80.6", "81"),
        ("81", None),
        ("80.6", "80"),
    ]


def test_setups_are_series_of_their_own(history: None) -> None:
    [told] = score_changes(ScoreChangeFilter(benchmark="terminal-bench"), limit=10).rows
    assert (told.before, told.setup.harness, told.model) == (
        None,
        "codex",
        "deepseek/deepseek-v4-pro",
    )


def test_filters_leave_the_others_out(history: None) -> None:
    assert steps(lab="openai") == []
    assert len(steps(cause="corrected")) == 2
    assert len(steps(after=(2, 2**63 - 1))) == 3


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 4, 50])
def test_pages_of_any_size_make_up_the_feed(history: None, limit: int, newest_first: bool) -> None:
    seen: list[ScoreChange] = []
    while page := score_changes(
        after=seen[-1].key if seen else None, newest_first=newest_first, limit=limit
    ).rows:
        seen += page
    keys = [one.key for one in seen]
    assert keys == sorted(set(keys), reverse=newest_first)
    assert len(keys) == ScorePoint.objects.count()

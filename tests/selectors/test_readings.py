"""Readings: what stands, under which setup, at a moment and as known at a revision."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Lab, Model
from registry.ledger.models import Revision
from registry.selectors.benchmarks import benchmark, benchmarks
from registry.selectors.clocks import as_of
from registry.selectors.paging import NotHeld
from registry.selectors.reading_history import reading_history
from registry.selectors.readings import (
    ReadingFilter,
    readings,
    readings_of_models,
)
from tests.ledger.saying import day, say
from tests.ledger.scoring import State, score


@pytest.fixture
def models(db: None) -> list[Model]:
    """Two models; the first with two setups, of which one was measured anew and one corrected."""
    ids = sync_benchmarks()
    verified, terminal = ids["swe-bench-verified"], ids["terminal-bench"]
    lab = Lab.objects.create(slug="deepseek", name="DeepSeek")
    pro, flash = (
        Model.objects.create(lab=lab, slug=slug, name=slug)
        for slug in ("deepseek-v4-pro", "deepseek-v4-flash")
    )
    say(
        score(pro, verified, "80.6", items=500),
        score(pro, terminal, "65.4", setup="effort=high;harness=codex;version=2.0"),
        score(flash, verified, "79"),
    )
    say(
        score(pro, verified, "81", starts=day(28), low="79.5", high="82.5"),
        score(pro, terminal, "66", setup="effort=high;harness=codex;version=2.0"),
    )
    return [pro, flash]


def values(wanted: ReadingFilter | None = None, **clocks: int) -> list[str]:
    asked = as_of(day(clocks.get("at", 30)), clocks.get("revision"))
    return [f"{row.value:f}" for row in readings(wanted, asked, limit=10).rows]


def test_readings_stand_by_model_benchmark_and_setup(models: list[Model]) -> None:
    found = readings(None, as_of(day(30)), limit=10).rows
    assert [(row.model, row.benchmark) for row in found] == [
        ("deepseek/deepseek-v4-flash", "swe-bench-verified"),
        ("deepseek/deepseek-v4-pro", "swe-bench-verified"),
        ("deepseek/deepseek-v4-pro", "terminal-bench"),
    ]
    assert (found[1].low, found[1].high, found[1].items) == (Decimal("79.5"), Decimal("82.5"), None)
    assert (found[2].setup.effort, found[2].setup.version) == ("high", "2.0")


def test_both_clocks_are_kept_apart(models: list[Model]) -> None:
    assert values() == ["79", "81", "66"]
    assert values(at=25) == ["79", "80.6", "66"]
    assert values(revision=1) == ["79", "80.6", "65.4"]
    assert values(at=23) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ReadingFilter(model=("deepseek", "deepseek-v4-flash")), ["79"]),
        (ReadingFilter(lab="openai"), []),
        (ReadingFilter(benchmark="terminal-bench"), ["66"]),
        (ReadingFilter(effort="high"), ["66"]),
        (ReadingFilter(effort="hig"), []),
        (ReadingFilter(version="2.0", harness="codex"), ["66"]),
        (ReadingFilter(harness=""), ["79", "81"]),
        (ReadingFilter(evaluator="first_party"), []),
        (ReadingFilter(qualifier="exact", benchmark="swe-bench-verified"), ["79", "81"]),
    ],
)
def test_readings_are_filtered(
    models: list[Model], wanted: ReadingFilter, expected: list[str]
) -> None:
    assert values(wanted) == expected


def test_pages_continue_each_other(models: list[Model]) -> None:
    first = readings(None, as_of(day(30)), limit=2)
    rest = readings(None, as_of(day(30)), after=first.next, limit=2)
    assert [f"{row.value:f}" for row in (*first.rows, *rest.rows)] == ["79", "81", "66"]
    assert rest.next is None


def test_a_withdrawn_score_no_longer_stands(models: list[Model]) -> None:
    verified = sync_benchmarks()["swe-bench-verified"]
    say(score(models[1], verified, None, state=State.WITHDRAWN, starts=day(29)))
    assert values() == ["81", "66"]
    (history,) = reading_history(models[1].pk, as_of(day(30)))
    assert [(period.starts_at, period.ends_at) for period in history.periods] == [
        (day(24), day(29))
    ]


def test_every_asked_model_has_its_place(models: list[Model]) -> None:
    lab = Lab.objects.get()
    unknown = Model.objects.create(lab=lab, slug="deepseek-v5", name="V5")
    found = readings_of_models([models[0].pk, unknown.pk], as_of(day(30)))
    assert [f"{row.value:f}" for row in found[models[0].pk]] == ["81", "66"]
    assert found[unknown.pk] == ()


def test_a_history_tells_each_setup_apart(models: list[Model]) -> None:
    verified, terminal = reading_history(models[0].pk, as_of(day(30)))
    assert [f"{period.reading.value:f}" for period in verified.periods] == ["80.6", "81"]
    assert verified.periods[0].ends_at == day(28)
    assert [f"{period.reading.value:f}" for period in terminal.periods] == ["66"]
    before = reading_history(models[0].pk, as_of(day(30), 1), benchmark="terminal-bench")
    assert [f"{one.periods[0].reading.value:f}" for one in before] == ["65.4"]
    assert Revision.objects.count() == 2


def test_a_benchmark_tells_its_official_counts(db: None) -> None:
    sync_benchmarks()
    terminal = benchmark("terminal-bench")
    assert {part.word: part.items for part in terminal.versions}["2.0"] == 89
    assert benchmark("swe-bench-verified").items == 500
    page = benchmarks(limit=3)
    assert [row.slug for row in page.rows] == sorted(row.slug for row in page.rows)
    assert page.next == ("id", page.rows[-1].slug)
    with pytest.raises(NotHeld, match="benchmark: nothing is held under no-such"):
        benchmark("no-such")

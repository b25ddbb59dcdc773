"""Sources that differ, fall silent or drop what they listed: rows 27, 39 and 40."""

from __future__ import annotations

import pytest

from registry.ingest.models import Run
from registry.ledger.models import PricePoint
from registry.selectors.freshness import freshness
from tests.pipeline.bodies import FILLERS, llm_prices, models_dev, priced, record
from tests.pipeline.taking import card, deliver, moment, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
WITH, WITHOUT = priced((*FILLERS, GPT), "3", "15"), priced(FILLERS, "3", "15")


@pytest.mark.bad_input(27)
@pytest.mark.parametrize(("feeds", "output"), [("3.5", "15"), ("2", "9")])
def test_a_lesser_source_that_differs_makes_the_better_word_disputed(
    feeds: str, output: str
) -> None:
    deliver("llm-prices", llm_prices(record("gpt-9", ("3", "15"))), "2026-04-01")
    deliver("models-dev", models_dev(priced((GPT,), feeds, output)), "2026-04-02")
    deliver("llm-prices", llm_prices(record("gpt-9", ("3.1", "15.1"))), "2026-04-03")
    assert card(GPT, "2026-04-03")["input_tokens"] == "3.1"
    point = PricePoint.objects.get(series__meter="input_tokens", starts_at=moment("2026-04-03"))
    assert point.status == PricePoint.Status.DISPUTED


@pytest.mark.bad_input(39)
@pytest.mark.parametrize(("day", "stale"), [("2026-04-02", False), ("2026-04-04", True)])
def test_a_source_unheard_for_twice_its_interval_is_stale(day: str, stale: bool) -> None:
    deliver("models-dev", models_dev(WITH), "2026-04-01", fresh_days=2)
    deliver("models-dev", b"{}", "2026-04-02")
    [told] = [one for one in freshness(moment(day)) if one.slug == "models-dev"]
    assert told.stale is stale
    assert card(GPT, day)["input_tokens"] == "3"


@pytest.mark.bad_input(40)
def test_a_model_gone_from_its_source_is_withdrawn_after_three_runs_in_a_row() -> None:
    deliver("models-dev", models_dev(WITH), "2026-04-01")
    for day in ("02", "03"):
        deliver("models-dev", models_dev(WITHOUT, facts={"name": f'"{day}"'}), f"2026-04-{day}")
        assert card(GPT, f"2026-04-{day}")["input_tokens"] == "3"
    deliver("models-dev", models_dev(WITHOUT), "2026-04-04")
    assert card(GPT, "2026-04-04") == {}
    assert card(GPT, "2026-04-03")["input_tokens"] == "3"


@pytest.mark.bad_input(40)
def test_a_model_that_comes_back_in_time_was_never_gone() -> None:
    for day, body in (
        ("01", WITH),
        ("02", WITHOUT),
        ("03", WITHOUT),
        ("04", WITH),
        ("05", WITHOUT),
    ):
        deliver("models-dev", models_dev(body), f"2026-04-{day}")
    assert card(GPT, "2026-04-05")["input_tokens"] == "3"


@pytest.mark.bad_input(40)
def test_many_gone_at_once_hold_the_run() -> None:
    deliver("models-dev", models_dev(WITH), "2026-04-01")
    run = deliver("models-dev", models_dev(priced(FILLERS[:9], "3", "15")), "2026-04-02")
    assert (run.outcome, run.fault) == (Run.Outcome.HELD, "rows_lost")
    assert [item.reason for item in reviews()] == ["rows_lost"]

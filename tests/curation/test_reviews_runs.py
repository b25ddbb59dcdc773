"""A run that is not believed as a whole publishes nothing, moves nothing and is one item."""

from __future__ import annotations

from typing import Any

import pytest

from registry.curation.models import Review
from registry.ingest.models import Claim, Run, SourceEntry
from tests.pipeline.bodies import models_dev, priced
from tests.pipeline.taking import Item, card, deliver, head_number, reviews

pytestmark = pytest.mark.usefixtures("sources")

ROWS = tuple(f"openai/model-{number:02d}" for number in range(40))


def feed(*, doubled: int = 0, lost: int = 0, uneven: int = 0) -> bytes:
    """Forty rows, some at twice their price, some gone, some each moved by a factor of its own."""
    rows = priced(ROWS, "3", "15") | priced(ROWS[:doubled], "6", "30")
    for place, key in enumerate(ROWS[:uneven]):
        rows |= priced((key,), f"3.{place + 10}", f"15.{place + 20}")
    return models_dev({key: row for key, row in rows.items() if key not in ROWS[40 - lost :]})


UNBELIEVED = {
    "all changes by one factor": (feed(doubled=5), "one_factor"),
    "nearly every price": (feed(uneven=13), "many_changes"),
    "a tenth of the rows lost": (feed(lost=5), "rows_lost"),
}


def entries() -> list[dict[str, Any]]:
    return [dict(row) for row in SourceEntry.objects.order_by("pk").values()]


@pytest.mark.parametrize("name", UNBELIEVED)
def test_a_run_that_is_not_believed_moves_nothing(name: str) -> None:
    body, reason = UNBELIEVED[name]
    deliver("models-dev", feed(), "2026-04-01")
    before = entries(), Claim.objects.count(), head_number()
    run = deliver("models-dev", body, "2026-04-02")
    assert (run.outcome, run.fault) == (Run.Outcome.HELD, reason)
    assert run.snapshot is not None
    assert (entries(), Claim.objects.count(), head_number()) == before
    assert reviews(state=None) == [Item("models-dev", "", "hold", reason, "open")]
    assert card(ROWS[0], "2026-04-02") == {"input_tokens": "3", "output_tokens": "15"}
    assert card(ROWS[39], "2026-04-02") == {"input_tokens": "3", "output_tokens": "15"}


@pytest.mark.parametrize("name", UNBELIEVED)
def test_the_same_body_the_next_day_is_the_same_item(name: str) -> None:
    body, _ = UNBELIEVED[name]
    deliver("models-dev", feed(), "2026-04-01")
    held = [deliver("models-dev", body, f"2026-04-0{day}").outcome for day in (2, 3)]
    assert held == [Run.Outcome.HELD, Run.Outcome.HELD]
    assert len(reviews(state=None)) == 1
    assert Review.objects.get(run__slot="2026-04-02").state == Review.State.OPEN


@pytest.mark.parametrize("name", UNBELIEVED)
def test_the_next_good_run_goes_through_and_closes_the_item(name: str) -> None:
    deliver("models-dev", feed(), "2026-04-01")
    deliver("models-dev", UNBELIEVED[name][0], "2026-04-02")
    run = deliver("models-dev", feed(uneven=2), "2026-04-03")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert card(ROWS[0], "2026-04-03") == {"input_tokens": "3.1", "output_tokens": "15.2"}
    assert [item.state for item in reviews(state=None)] == ["superseded"]


def test_a_body_that_is_held_again_later_is_open_again() -> None:
    deliver("models-dev", feed(), "2026-04-01")
    for day, body in (("02", feed(doubled=5)), ("03", feed()), ("04", feed(doubled=5))):
        deliver("models-dev", body, f"2026-04-{day}")
    assert [item.state for item in reviews(state=None)] == ["open"]


def test_a_few_changes_by_one_factor_are_a_providers_repricing() -> None:
    deliver("models-dev", feed(), "2026-04-01")
    run = deliver("models-dev", feed(doubled=4), "2026-04-02")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert card(ROWS[0], "2026-04-02") == {"input_tokens": "6", "output_tokens": "30"}


def test_a_first_run_has_nothing_to_be_compared_with() -> None:
    assert deliver("models-dev", feed(doubled=40), "2026-04-01").outcome == Run.Outcome.PUBLISHED

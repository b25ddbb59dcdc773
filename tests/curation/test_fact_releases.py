"""Which day a model was released on: what cannot be its day is no word on it."""

from __future__ import annotations

from datetime import date

import pytest

from registry.catalog.facts import OF_MODEL
from registry.catalog.names import stamped_month
from registry.curation.policy.elections import Status
from registry.curation.policy.facts.deciding import FactCase, StandingFact, decide_facts
from registry.curation.policy.facts.releases import speaks_of_another
from tests.curation.test_facts import NOW, taken, voice

APRIL = date(2026, 4, 24)


@pytest.mark.parametrize(
    ("day", "on_sale_since", "stamped", "another"),
    [
        # The feed's day of a newer snapshot, months after the first price.
        (date(2026, 8, 12), APRIL, None, True),
        # Listed on the price page some days before it was out.
        (date(2026, 5, 3), APRIL, None, False),
        (date(2026, 5, 8), APRIL, None, False),
        (date(2026, 5, 9), APRIL, None, True),
        # Known to the registry only long after.
        (date(2025, 3, 1), APRIL, None, False),
        # A row copied from an older model, whose month the id does not bear.
        (date(2024, 11, 1), APRIL, date(2025, 12, 1), True),
        (date(2025, 12, 1), APRIL, date(2025, 12, 1), False),
        (date(2030, 1, 1), None, None, False),
    ],
)
def test_a_day_that_cannot_be_the_models(
    day: date, on_sale_since: date | None, stamped: date | None, another: bool
) -> None:
    assert speaks_of_another(day, on_sale_since=on_sale_since, stamped=stamped) is another


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("mistral-large-2512", date(2025, 12, 1)),
        ("qwen3-235b-a22b-instruct-2507", date(2025, 7, 1)),
        ("mistral-small-24b-instruct-2501-free", date(2025, 1, 1)),
        ("command-r-08-2024", date(2024, 8, 1)),
        ("deepseek-r1-0528", None),
        ("gpt-3.5-turbo-1106", None),
        ("inkling-peft-262144", None),
        ("gpt-5.5", None),
        ("qwen-2513", None),
    ],
)
def test_the_month_that_an_id_bears(name: str, month: date | None) -> None:
    assert stamped_month(name) == month


def case(*days: tuple[str, int, str], stands: str | None, trust: int = 50) -> FactCase:
    voices = [voice(name, trust=of, released_on=day) for name, of, day in days]
    standing = {} if stands is None else {"released_on": StandingFact(stands, trust)}
    return FactCase(NOW, OF_MODEL, tuple(voices), standing, on_sale_since=APRIL)


def test_a_feed_that_dates_a_model_anew_neither_moves_its_release_nor_disputes_it() -> None:
    newer = ("feed", 50, "2026-08-12")
    assert taken(decide_facts(case(newer, stands="2026-04-24", trust=20))) == {}
    (step,) = decide_facts(case(newer, ("article", 20, "2026-04-24"), stands=None)).steps
    assert (step.value, step.status) == ("2026-04-24", Status.SINGLE)


def test_a_release_that_was_told_too_early_is_corrected() -> None:
    said = case(("feed", 50, "2026-04-20"), stands="2026-04-01")
    assert taken(decide_facts(said)) == {"released_on": "2026-04-20"}


def test_hosts_do_not_undo_what_the_labs_row_had_said_before_it_was_dropped() -> None:
    host = ("feed", 20, "2026-03-01")
    assert taken(decide_facts(case(host, stands="2026-04-24"))) == {}
    three = [(name, 20, "2026-03-01") for name in ("a", "b", "c")]
    assert taken(decide_facts(case(*three, stands="2026-04-24"))) == {"released_on": "2026-03-01"}

"""What a curator has corrected is told beside the sources' words, with the receipt of it."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine

from registry.curation import actions
from registry.ledger.facts import Subject
from tests.api.conftest import Ask
from tests.curation.deciding import hand, row
from tests.pipeline.bodies import FILLERS, models_dev, priced
from tests.pipeline.taking import deliver, head_number, moment, offer

GPT = "openai/gpt-9"
ADDRESS = "https://openai.example/pricing"
FEED = models_dev(
    priced(FILLERS, "3", "15") | priced((GPT,), "3", "60"), facts={"limit": '{"context": 200000}'}
)


@pytest.fixture(autouse=True)
def _standing(sources: None) -> None:
    """gpt-9 costs 3 and takes 200,000 tokens, says the one feed there is."""
    deliver("models-dev", FEED, "2026-04-01")


def correct_price(amount: str, day: str) -> actions.Answered:
    return actions.correct(
        offer(GPT).pk,
        [row("input_tokens", amount)],
        since=moment(day),
        address=ADDRESS,
        **hand(day),
    )


def correct_fact(
    text: str, day: str, *, name: str = "context_tokens", of_offer: bool = False
) -> actions.Answered:
    sold = offer(GPT)
    of = Subject.offer(sold.pk) if of_offer else Subject.model(sold.model_id or 0)
    return actions.correct_fact(of, name, text, since=moment(day), address=ADDRESS, **hand(day))


def words(ask: Ask, clocks: str = "") -> list[tuple[str, str, bool]]:
    card = ask(f"rate-cards/{GPT}?include=claims{clocks}")
    [rate] = [one for one in card["rates"] if one["meter"] == "input_tokens"]
    return [(one["source"], one["amount"], one["agrees"]) for one in rate["claims"]]


def known(
    ask: Ask, kind: str = "models", clocks: str = "", name: str = "context_tokens"
) -> dict[str, Any]:
    found = ask(f"{kind}/{GPT}?expand=facts{clocks}")["facts"]
    [fact] = [one for one in found if one["name"] == name]
    assert isinstance(fact, dict)
    return fact


def sides(ask: Ask, kind: str = "models", clocks: str = "") -> list[tuple[str, int, bool]]:
    told = known(ask, kind, clocks)["sides"]
    return [(side["source"], side["value"], side["agrees"]) for side in told]


def undo(done: actions.Answered, day: str) -> None:
    actions.undo(done.event.pk, **hand(day))


def test_a_corrected_price_has_the_curators_word_first(ask: Ask) -> None:
    correct_price("2", "2026-04-05")
    with time_machine.travel(moment("2026-04-06")):
        assert words(ask) == [("staff", "2", True), ("models-dev", "3", False)]
        rate = ask(f"rate-cards/{GPT}?include=claims")["rates"][0]
    [staff, _] = rate["claims"]
    assert (staff["trust"], staff["since"], staff["fresh"]) == (100, "2026-04-05T00:00:00Z", True)
    evidence = ask(staff["receipt"].removeprefix("/api/v1/"))["evidence"]
    assert (evidence["source"]["id"], evidence["claim"]["page"]) == ("staff", ADDRESS)
    assert evidence["snapshot"]["held"]


def test_of_two_corrections_the_later_is_told_now_and_the_earlier_of_its_time(ask: Ask) -> None:
    correct_price("2", "2026-04-05")
    correct_price("4", "2026-04-09")
    assert words(ask)[0] == ("staff", "4", True)
    assert words(ask, "&at=2026-04-06") == [("staff", "2", True), ("models-dev", "3", False)]
    assert words(ask, "&at=2026-04-02") == [("models-dev", "3", True)]


def test_a_correction_that_was_undone_is_told_only_of_while_it_stood(ask: Ask) -> None:
    done = correct_price("2", "2026-04-05")
    undo(done, "2026-04-08")
    assert words(ask) == [("models-dev", "3", True)]
    assert words(ask, "&at=2026-04-09") == [("models-dev", "3", True)]
    pinned = f"&at=2026-04-09&revision={head_number() - 1}"
    assert words(ask, pinned) == [("staff", "2", True), ("models-dev", "3", False)]


def test_one_source_that_says_otherwise_than_a_curator_is_a_dispute(ask: Ask) -> None:
    assert ask("disputes")["items"] == []
    correct_price("2", "2026-04-05")
    [dispute] = ask("disputes")["items"]
    assert (dispute["offer"], dispute["rate"]["amount"]) == (GPT, "2")
    assert [side["source"] for side in dispute["sides"]] == ["staff", "models-dev"]


def test_a_corrected_fact_of_a_model_has_the_curators_word_first(ask: Ask) -> None:
    correct_fact("400000", "2026-04-05")
    deliver("models-dev", FEED, "2026-04-06")
    with time_machine.travel(moment("2026-04-06")):
        fact = known(ask)
    assert (fact["source"], fact["status"]) == ("staff", "disputed")
    assert sides(ask) == [("staff", 400_000, True), ("models-dev", 200_000, False)]
    receipt = ask(fact["sides"][0]["receipt"].removeprefix("/api/v1/"))
    assert receipt["evidence"]["claim"]["sha256"] == fact["sides"][0]["claim"]


def test_an_offer_that_has_its_models_fact_has_the_curators_word_on_it(ask: Ask) -> None:
    correct_fact("8000", "2026-04-05", name="max_output_tokens")
    fact = known(ask, "offers", name="max_output_tokens")
    assert (fact["of"], fact["status"]) == ("model", "single")
    assert [(side["source"], side["value"]) for side in fact["sides"]] == [("staff", 8000)]


def test_a_corrected_fact_of_an_offer_is_no_word_on_its_model(ask: Ask) -> None:
    correct_fact("400000", "2026-04-05", of_offer=True)
    assert sides(ask, "offers") == [("staff", 400_000, True), ("models-dev", 200_000, False)]
    assert sides(ask) == [("models-dev", 200_000, True)]


def test_facts_that_were_corrected_twice_and_undone_are_told_as_they_stood(ask: Ask) -> None:
    correct_fact("400000", "2026-04-05")
    later = correct_fact("500000", "2026-04-09")
    assert sides(ask)[0] == ("staff", 500_000, True)
    assert sides(ask, clocks="&at=2026-04-06")[0] == ("staff", 400_000, True)
    assert sides(ask, clocks="&at=2026-04-02") == [("models-dev", 200_000, True)]
    undo(later, "2026-04-12")
    assert sides(ask)[0] == ("staff", 400_000, True)

"""What a person has decided holds in every later decision, and only as long as the word is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from registry.curation.policy.decisions import Case, decide
from registry.curation.policy.reasons import Reason
from registry.curation.policy.rulings import Refusal, Rulings, told
from registry.curation.policy.voices import Voice, weeks_of
from tests.curation.cases import INPUT, NOW, OUTPUT, card, case, slot, voice

FEED = voice("litellm", {INPUT: "12", OUTPUT: "60"})
STANDS = {INPUT: "3", OUTPUT: "60"}


def staff(prices: dict[str, str], *, days_ago: int = 0) -> Voice:
    dated = {at: NOW - timedelta(days=days_ago) for at in weeks_of(card(prices).rates)}
    return replace(voice("staff", prices, trust=100), staff=True, dated=dated)


def amounts(decided: Case) -> dict[str, str]:
    return {
        point.key.meter: f"{point.price.amount:f}"
        for point in decide(decided).points
        if point.price and point.price.amount
    }


def refused(source: str | None, prices: dict[str, str]) -> Rulings:
    return Rulings(refused=(Refusal(source, weeks_of(card(prices).rates)),))


def test_an_accepted_finding_holds_no_more() -> None:
    held = case(FEED, stands=STANDS)
    [kept] = decide(held).kept
    assert kept.factor == 4
    accepted = Rulings(accepted=frozenset(map(told, kept.findings)))
    assert amounts(replace(held, rulings=accepted)) == {INPUT: "12"}


def test_an_accepted_finding_says_nothing_of_another_figure() -> None:
    [kept] = decide(case(FEED, stands=STANDS)).kept
    accepted = Rulings(accepted=frozenset(map(told, kept.findings)))
    other = case(voice("litellm", {INPUT: "13", OUTPUT: "60"}), stands=STANDS, rulings=accepted)
    assert decide(other).points == ()
    assert len(decide(other).kept) == 1


def test_a_refused_source_is_not_heard_and_asks_no_more() -> None:
    decision = decide(case(FEED, stands=STANDS, rulings=refused("litellm", {INPUT: "12"})))
    assert (decision.points, decision.kept) == ((), ())


def test_a_refused_source_is_heard_again_once_it_says_otherwise() -> None:
    moved = voice("litellm", {INPUT: "4", OUTPUT: "60"})
    assert amounts(case(moved, stands=STANDS, rulings=refused("litellm", {INPUT: "12"}))) == {
        INPUT: "4"
    }


def test_one_sources_refusal_does_not_silence_another() -> None:
    decision = decide(case(FEED, stands=STANDS, rulings=refused("portkey", {INPUT: "12"})))
    assert len(decision.kept) == 1


def test_a_price_refused_for_everybody_is_heard_from_nobody_but_staff() -> None:
    rulings = refused(None, {INPUT: "12"})
    others = (FEED, voice("openai", {INPUT: "12", OUTPUT: "60"}, trust=90, own=True))
    decision = decide(case(*others, stands=STANDS, rulings=rulings))
    assert (decision.points, decision.kept) == ((), ())
    assert amounts(case(*others, staff({INPUT: "12"}), stands=STANDS, rulings=rulings)) == {
        INPUT: "12"
    }


def test_a_correction_outweighs_the_providers_own_page_however_large_the_step() -> None:
    page = voice("openai", {INPUT: "3", OUTPUT: "60"}, trust=90, own=True)
    decision = decide(case(page, staff({INPUT: "0.3"}, days_ago=7), stands=STANDS))
    [point] = decision.points
    assert (point.price.amount if point.price else None) == card({INPUT: "0.3"}).rates[0].amount
    assert (point.starts_at, point.stated) == (NOW - timedelta(days=7), True)
    assert decision.kept == ()


def test_a_correction_is_published_beside_a_card_that_waits() -> None:
    feed = voice("litellm", {INPUT: "3", OUTPUT: "600"})
    decision = decide(case(feed, staff({INPUT: "2"}), stands=STANDS))
    assert [point.key.meter for point in decision.points] == [INPUT]
    [kept] = decision.kept
    assert kept.voice.source == "litellm"
    assert list(kept.weeks) == [slot(OUTPUT)]


def test_a_pinned_offer_does_not_move_and_its_items_stay() -> None:
    decision = decide(case(FEED, stands=STANDS, rulings=Rulings(pinned=True)))
    assert (decision.points, decision.kept) == ((), ())
    assert decision.unheard == {FEED.claim_id}


def test_a_vanished_price_ends_when_accepted_and_stands_when_dismissed() -> None:
    silent = case(voice("litellm", {OUTPUT: "60"}), stands=STANDS)
    [kept] = decide(silent).kept
    found = frozenset(map(told, kept.findings))
    assert {finding.reason for finding in kept.findings} == {Reason.VANISHED}
    [end] = decide(replace(silent, rulings=Rulings(accepted=found))).points
    assert (end.key.meter, end.price) == (INPUT, None)
    kept_on = decide(replace(silent, rulings=Rulings(dismissed=found)))
    assert (kept_on.points, kept_on.kept) == ((), ())

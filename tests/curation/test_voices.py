"""Whose word is taken when sources differ."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.curation.policy.elections import Status
from registry.curation.policy.voices import ALWAYS, Choice, Voice, choose
from tests.curation.cases import INPUT, OUTPUT, READ, slot, standing, voice


def chosen(*voices: Voice, stands: dict[str, str] | None = None, meter: str = INPUT) -> Choice:
    weeks = {key: stand.week for key, stand in standing(stands or {}).items()}
    return choose(voices, weeks)[slot(meter)]


def amount(choice: Choice) -> Decimal | None:
    return choice.week[ALWAYS].amount


def test_the_highest_trusted_word_wins_and_the_others_are_named() -> None:
    choice = chosen(voice("page", {INPUT: "3"}, trust=90, own=True), voice("feed", {INPUT: "4"}))
    assert amount(choice) == 3
    assert choice.winner.source == "page"
    assert [v.source for v in choice.differing] == ["feed"]
    assert choice.status is Status.DISPUTED


def test_a_stale_word_wins_nothing_but_still_agrees() -> None:
    choice = chosen(
        voice("page", {INPUT: "3"}, trust=90, own=True, fresh=False),
        voice("feed", {INPUT: "3"}),
        voice("other", {INPUT: "4"}, trust=40),
    )
    assert amount(choice) == 3
    assert choice.winner.source == "feed"
    assert {v.source for v in choice.agreeing} == {"page", "feed"}
    assert choice.status is Status.CONFIRMED


def test_at_equal_trust_most_independent_voices_win() -> None:
    choice = chosen(
        voice("a", {INPUT: "3"}), voice("b", {INPUT: "4"}), voice("c", {INPUT: "4"}, trust=40)
    )
    assert amount(choice) == 4


def test_copies_of_one_source_are_one_voice() -> None:
    choice = chosen(
        voice("a", {INPUT: "3"}),
        voice("b", {INPUT: "4"}),
        voice("copy of b", {INPUT: "4"}, trust=40, group="b"),
        stands={INPUT: "3"},
    )
    assert amount(choice) == 3


def test_without_a_majority_what_stands_stays() -> None:
    for stands in ("3", "4"):
        choice = chosen(voice("a", {INPUT: "3"}), voice("b", {INPUT: "4"}), stands={INPUT: stands})
        assert amount(choice) == Decimal(stands)
        assert choice.status is Status.DISPUTED


def test_three_that_agree_outvote_a_dearer_trusted_list_but_not_the_provider() -> None:
    feeds = [voice(name, {INPUT: "2"}) for name in ("a", "b", "c")]
    assert amount(chosen(voice("list", {INPUT: "10"}, trust=60), *feeds)) == 2
    assert amount(chosen(voice("page", {INPUT: "10"}, trust=90, own=True), *feeds)) == 10


def test_half_a_percent_is_the_same_price() -> None:
    choice = chosen(voice("a", {INPUT: "1.000"}), voice("b", {INPUT: "1.004"}))
    assert choice.status is Status.CONFIRMED
    choice = chosen(voice("a", {INPUT: "1.000"}), voice("b", {INPUT: "1.006"}))
    assert choice.status is Status.DISPUTED


def test_a_card_with_a_finding_says_nothing() -> None:
    choices = choose([voice("a", {INPUT: "3", OUTPUT: "-1"})], {})
    assert choices == {}


def test_silence_about_a_slot_is_no_denial() -> None:
    page = voice("page", {INPUT: "3", OUTPUT: "15"}, trust=90, own=True)
    feed = voice("feed", {INPUT: "3", f"{INPUT};tier=batch": "1.5"})
    choices = choose([page, feed], {})
    assert choices[slot(INPUT)].winner.source == "page"
    assert choices[slot(INPUT, "tier=batch")].winner.source == "feed"


@pytest.mark.parametrize("variation", [f"{INPUT};tier=batch", READ, f"{INPUT};context_over=272000"])
def test_a_voice_overruled_on_the_plain_price_is_not_asked_what_builds_on_it(
    variation: str,
) -> None:
    """A list that doubles a model's price doubles its batch price too."""
    right = voice("list", {INPUT: "30", OUTPUT: "180"}, trust=60)
    doubled = voice("feed", {INPUT: "60", OUTPUT: "360", variation: "30"})
    choices = choose([right, doubled], {})
    assert {choice.winner.source for choice in choices.values()} == {"list"}
    assert set(choices) == {slot(INPUT), slot(OUTPUT)}


def test_who_only_repeats_an_outdated_price_is_not_asked_what_builds_on_it() -> None:
    page = voice("page", {OUTPUT: "0.66"}, trust=90, own=True, fresh=False, seen_days_ago=3)
    lagging = voice("feed", {OUTPUT: "0.28", "reasoning_tokens": "0.28"}, seen_days_ago=90)
    stands = {slot: stand.week for slot, stand in standing({OUTPUT: "0.66"}).items()}
    assert choose([page, lagging], stands) == {}


def test_a_ladder_of_context_bands_is_taken_from_one_source() -> None:
    exact = voice("list", {INPUT: "5", f"{INPUT};context_over=272000": "10"}, trust=60)
    legacy = voice("feed", {INPUT: "5", f"{INPUT};context_over=200000": "10"})
    ladder = choose([exact, legacy], {})[slot(INPUT, banded=True)]
    assert [window.context_over for window in ladder.week] == [272_000]
    assert [v.source for v in ladder.differing] == ["feed"]


def test_hours_are_taken_from_one_source_only() -> None:
    peak = "hours=mon-fri 01:00-04:00,06:00-10:00"
    page = voice("page", {INPUT: "0.66", f"{INPUT};{peak}": "1.32"}, trust=90, own=True)
    flat = voice("feed", {INPUT: "0.435"})
    choice = chosen(page, flat)
    assert sorted(price.amount or 0 for price in choice.week.values()) == [
        Decimal("0.66"),
        Decimal("1.32"),
    ]
    assert [v.source for v in choice.differing] == ["feed"]

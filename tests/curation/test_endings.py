"""Standing prices that nobody states any more: which end with a change, which are missed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.curation.policy.case import Case
from registry.curation.policy.changes import Change, changes_of
from registry.curation.policy.decisions import decide
from registry.curation.policy.endings import Missed, missed, superseded, waits
from registry.curation.policy.thresholds import SETTLED_AFTER
from registry.curation.policy.voices import Choice, Slot, Voice, choose
from tests.curation.cases import INPUT, NOW, OUTPUT, READ, WRITE, case, slot, standing, voice

REASONING = "reasoning_tokens"
WRITE_5M = "cache_write_5m_tokens"
BATCH = f"{INPUT};tier=batch"
LONG = f"{INPUT};context_over=200000"
OLD = {INPUT: "3", OUTPUT: "15"}
DAY = timedelta(days=1)


def chosen(one: Case) -> dict[Slot, Choice]:
    return choose(one.voices, {at: stand.week for at, stand in one.standing.items()})


def ended(said: Mapping[str, str], stands: Mapping[str, str]) -> dict[Slot, Slot]:
    """What ends where one source says a card beside what stands: by slot, what it ends with."""
    one = case(voice("litellm", said), stands=stands)
    choices = chosen(one)
    found = superseded(changes_of(choices, one.standing), choices, one.voices, one)
    return {at: change.slot for at, change in found.items()}


@pytest.mark.parametrize(
    ("said", "stands", "ends"),
    [
        pytest.param(
            {INPUT: "3", OUTPUT: "12"}, {**OLD, REASONING: "15"},
            {slot(REASONING): slot(OUTPUT)}, id="what is built on a price that moved",
        ),
        pytest.param(
            {INPUT: "2.5", OUTPUT: "15"}, {**OLD, REASONING: "15"}, {}, id="but on that price",
        ),
        pytest.param(
            {INPUT: "2.5", OUTPUT: "15"}, {**OLD, READ: "0.3"},
            {slot(READ): slot(INPUT)}, id="a cached token with its input",
        ),
        pytest.param(
            {INPUT: "2.5", OUTPUT: "15"}, {**OLD, BATCH: "1.5"},
            {slot(INPUT, "tier=batch"): slot(INPUT)}, id="a tier with its plain price",
        ),
        pytest.param(
            {INPUT: "2.5", OUTPUT: "15"}, {**OLD, LONG: "6"},
            {slot(INPUT, banded=True): slot(INPUT)}, id="bands with their plain price",
        ),
        pytest.param(OLD, {**OLD, READ: "0.3"}, {}, id="not where nothing moved"),
        pytest.param(
            {INPUT: "2.5", OUTPUT: "15", READ: "0.3"}, {**OLD, READ: "0.3"}, {},
            id="not what is still said",
        ),
        pytest.param(
            {**OLD, WRITE_5M: "3.75"}, {**OLD, WRITE: "3.75"},
            {slot(WRITE): slot(WRITE_5M)}, id="a whole that is stated for a part from now on",
        ),
        pytest.param(
            {**OLD, WRITE_5M: "4"}, {**OLD, WRITE: "3.75"}, {}, id="not a part at another price",
        ),
        pytest.param(
            {**OLD, WRITE: "3.75"}, {**OLD, WRITE_5M: "3.75"}, {}, id="nor a part for the whole",
        ),
        pytest.param(
            {INPUT: "3"}, {f"{INPUT};variant=hd": "5"},
            {slot(INPUT, "variant=hd"): slot(INPUT)}, id="variants with one price for all",
        ),
        pytest.param(
            {INPUT: "3", BATCH: "1.5"}, {INPUT: "3", f"{BATCH};variant=hd": "2"},
            {slot(INPUT, "tier=batch;variant=hd"): slot(INPUT, "tier=batch")},
            id="variants of a tier with the tier's price for all",
        ),
        pytest.param(
            {**OLD, INPUT: "3"}, {OUTPUT: "15", READ: "0.3"}, {}, id="not with a price that is new",
        ),
    ],
)  # fmt: skip
def test_what_ends_with_a_change(
    said: dict[str, str], stands: dict[str, str], ends: dict[Slot, Slot]
) -> None:
    assert ended(said, stands) == ends


def test_a_whole_does_not_end_while_somebody_still_states_it() -> None:
    # The one who states it is not heard, since a better word of the input overrules it.
    speaker = voice("litellm", {**OLD, WRITE_5M: "3.75"}, trust=60)
    other = voice("feed", {INPUT: "3.5", WRITE: "3.75"}, trust=50)
    one = case(speaker, other, stands={**OLD, WRITE: "3.75"})
    choices = chosen(one)
    assert slot(WRITE) not in choices
    changes = changes_of(choices, one.standing)
    assert superseded(changes, choices, one.voices, one) == {}


METERS = st.sampled_from([INPUT, OUTPUT, READ, WRITE, WRITE_5M, REASONING, BATCH, LONG])
CARDS = st.dictionaries(METERS, st.sampled_from(["3", "4", "15"]), min_size=1)


@given(said=CARDS, stands=CARDS)
def test_only_what_stands_and_is_not_said_ends_and_only_by_a_change(
    said: dict[str, str], stands: dict[str, str]
) -> None:
    one = case(voice("litellm", said), stands=stands)
    choices = chosen(one)
    changes = changes_of(choices, one.standing)
    found = superseded(changes, choices, one.voices, one)
    assert found.keys() <= one.standing.keys() - choices.keys()
    assert all(change in changes for change in found.values())
    gone = {m.slot for m in missed(one.voices, choices, found, (), one)}
    said_now = set().union(*(v.weeks().keys() for v in one.voices))
    usable = any(v.card.usable for v in one.voices)
    assert gone == (one.standing.keys() - said_now - found.keys() if usable else set())


def gone(*voices: Voice, stands: Mapping[str, str], **rest: object) -> dict[Slot, bool]:
    """What is missed of a card that stands on LiteLLM's word, and whether that settles it."""
    one = case(*voices, stands=stands, **rest)
    return {m.slot: m.is_settled for m in missed(one.voices, chosen(one), (), (), one)}


@pytest.mark.parametrize(("days", "settles"), [(0, False), (6, False), (7, True), (60, True)])
def test_a_price_that_is_said_no_more_is_missed_and_ends_after_a_week(
    days: int, settles: bool
) -> None:
    speaker = voice("litellm", OLD, seen_days_ago=days)
    assert gone(speaker, stands={**OLD, READ: "0.3"}) == {slot(READ): settles}


def test_the_silence_counts_from_when_its_source_last_said_otherwise() -> None:
    speaker = voice("litellm", OLD, seen_days_ago=60, silent_before=NOW - 2 * DAY)
    assert gone(speaker, stands={**OLD, READ: "0.3"}) == {slot(READ): False}
    earlier = voice("litellm", OLD, seen_days_ago=60, silent_before=NOW - SETTLED_AFTER)
    assert gone(earlier, stands={**OLD, READ: "0.3"}) == {slot(READ): True}


@pytest.mark.parametrize(
    "speaker",
    [
        pytest.param(voice("feed", OLD), id="another source is silent"),
        pytest.param(voice("litellm", OLD, fresh=False), id="its source is stale"),
        pytest.param(voice("litellm", {**OLD, OUTPUT: "-1"}), id="its source is unreadable"),
        pytest.param(replace(voice("litellm", OLD), staff=True), id="a person is silent"),
    ],
)
def test_only_the_fresh_word_of_its_own_source_can_miss_a_price(speaker: Voice) -> None:
    assert gone(speaker, stands={**OLD, READ: "0.3"}) == {}


def test_a_price_that_somebody_else_states_is_not_missed() -> None:
    other = voice("feed", {READ: "0.3"})
    assert gone(voice("litellm", OLD), other, stands={**OLD, READ: "0.3"}) == {}


def test_what_its_source_states_in_an_odd_way_is_not_missed() -> None:
    one = case(voice("litellm", OLD), stands={**OLD, WRITE: "3.75"})
    assert [*missed(one.voices, chosen(one), (), {slot(WRITE)}, one)] == []
    assert [m.slot for m in missed(one.voices, chosen(one), (), (), one)] == [slot(WRITE)]


def test_a_missed_price_names_its_meter_and_terms() -> None:
    finding = Missed(slot(INPUT, "tier=batch"), voice("litellm", OLD)).finding
    assert (finding.field, finding.value) == (INPUT, "tier=batch")


@pytest.mark.parametrize(
    ("said", "stands", "same"),
    [
        (OLD, {**OLD, REASONING: "15"}, True),
        (OLD, {**OLD, REASONING: "14"}, False),
        (OLD, {**OLD, READ: "0.3"}, False),
        (OLD, {**OLD, f"{REASONING};tier=batch": "15"}, False),
        ({INPUT: "3", OUTPUT: "15", WRITE: "4"}, {**OLD, WRITE: "4", WRITE_5M: "4"}, True),
        ({INPUT: "3", OUTPUT: "15", WRITE: "4"}, {**OLD, WRITE: "4", WRITE_5M: "3"}, False),
    ],
)
def test_a_part_that_costs_as_much_as_its_whole_is_missed_by_no_bill(
    said: dict[str, str], stands: dict[str, str], same: bool
) -> None:
    one = case(voice("litellm", said), stands=stands)
    [found] = missed(one.voices, chosen(one), (), (), one)
    assert found.costs_the_same is same
    decision = decide(one)
    assert (decision.points, bool(decision.kept)) == ((), not same)


def test_a_part_that_costs_as_much_ends_after_a_week_as_others_do() -> None:
    speaker = voice("litellm", OLD, seen_days_ago=7)
    [point] = decide(case(speaker, stands={**OLD, REASONING: "15"})).points
    assert (point.key.meter, point.price) == (REASONING, None)


def pending_change(*voices: Voice, old_source: str = "page") -> tuple[Change, tuple[Voice, ...]]:
    stands = standing(OLD, source=old_source)
    one = Case(at=NOW, voices=voices, standing=stands)
    return changes_of(chosen(one), stands)[0], voices


BROKEN = {INPUT: "3", OUTPUT: "-1"}
FEED = voice("feed", {INPUT: "2", OUTPUT: "10"}, trust=50, seen_days_ago=30)


@pytest.mark.parametrize(
    ("broken", "held_back"),
    [
        pytest.param(voice("page", BROKEN, trust=90), True, id="the better word just broke"),
        pytest.param(voice("page", BROKEN, trust=50), True, id="an equal word did"),
        pytest.param(voice("page", BROKEN, trust=40), False, id="a lesser word did"),
        pytest.param(
            voice("page", BROKEN, trust=90, seen_days_ago=31), False, id="the other has news since"
        ),
        pytest.param(voice("page", BROKEN, trust=90, fresh=False), False, id="it is stale"),
        pytest.param(voice("other", BROKEN, trust=90), False, id="it is not what stands"),
    ],
)
def test_a_fault_in_the_word_that_stands_does_not_let_another_take_its_place(
    broken: Voice, held_back: bool
) -> None:
    change, voices = pending_change(FEED, broken)
    assert waits(change, voices) is held_back


def test_a_person_does_not_wait_for_a_source_that_broke() -> None:
    person = replace(FEED, source="staff", staff=True)
    change, voices = pending_change(person, voice("page", BROKEN, trust=40))
    assert waits(change, voices) is False


def test_a_first_price_waits_for_nobody() -> None:
    one = Case(at=NOW, voices=(FEED, voice("page", BROKEN, trust=90)), standing={})
    for change in changes_of(chosen(one), one.standing):
        assert waits(change, one.voices) is False

"""What looks wrong in a card and is real in some: who has to say so, and what waits alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.curation.policy.case import Case
from registry.curation.policy.oddities import settle, storage_of, without_storage
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.rulings import Rulings, told
from registry.curation.policy.voices import Voice
from tests.curation.cases import INPUT, OUTPUT, READ, WRITE, case, slot, voice

DEAR_INPUT = {INPUT: "15", OUTPUT: "3"}
STORAGE = {INPUT: "3", OUTPUT: "15", WRITE: "0.375"}

AMOUNTS = st.decimals("0.01", "900", places=3).map(str)


def found(speaker: Voice) -> set[Reason]:
    return {finding.reason for finding in speaker.card.findings}


def settled(speaker: Voice, *others: Voice, **rest: object) -> set[Reason]:
    """What is still found in a card beside what others say and what stands."""
    return found(settle(speaker, case(speaker, *others, **rest)))  # type: ignore[arg-type]


@pytest.mark.parametrize("odd", [DEAR_INPUT, STORAGE])
def test_an_odd_card_that_nobody_else_states_stays_odd(odd: dict[str, str]) -> None:
    speaker = voice("feed", odd)
    assert settled(speaker) == found(speaker) != set()


@pytest.mark.parametrize("odd", [DEAR_INPUT, STORAGE])
@pytest.mark.parametrize(
    ("group", "settles"), [("other", True), ("feed", False)], ids=["independent", "a copy"]
)
def test_an_independent_voice_settles_it_and_a_copy_does_not(
    odd: dict[str, str], group: str, settles: bool
) -> None:
    speaker = voice("feed", odd)
    assert (settled(speaker, voice("b", odd, group=group)) == set()) is settles


@pytest.mark.parametrize(
    ("stands", "settles"),
    [
        (DEAR_INPUT, True),
        ({INPUT: "15", OUTPUT: "3.01"}, True),
        ({INPUT: "15", OUTPUT: "3.1"}, False),
        ({INPUT: "3", OUTPUT: "15"}, False),
        ({INPUT: "15"}, False),
    ],
)
def test_what_stands_settles_it_where_it_is_the_same(stands: dict[str, str], settles: bool) -> None:
    assert (settled(voice("feed", DEAR_INPUT), stands=stands) == set()) is settles


def test_the_odd_prices_alone_have_to_be_said_elsewhere() -> None:
    speaker = voice("feed", {**DEAR_INPUT, READ: "1"})
    assert settled(speaker, voice("other", {**DEAR_INPUT, READ: "2"})) == set()


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ({INPUT: "0", OUTPUT: "0"}, Reason.ZERO),
        ({INPUT: "3", READ: "4"}, Reason.CACHE_READ_DEARER),
        ({INPUT: "3000"}, Reason.IMPLAUSIBLE),
        ({INPUT: "-3"}, Reason.NEGATIVE),
    ],
)
def test_what_is_wrong_is_settled_by_nobody(card: dict[str, str], reason: Reason) -> None:
    speaker, other = voice("feed", card), voice("other", card)
    assert settled(speaker, other) == {reason}


def test_one_oddity_that_is_settled_leaves_the_others() -> None:
    speaker = voice("feed", {**DEAR_INPUT, READ: "16"})
    assert settled(speaker, stands=DEAR_INPUT) == {Reason.CACHE_READ_DEARER}


def test_what_a_person_has_accepted_is_no_finding_any_more() -> None:
    speaker = voice("feed", {INPUT: "3", READ: "4"})
    [finding] = speaker.card.findings
    assert settled(speaker, rulings=Rulings(accepted=frozenset({told(finding)}))) == set()


@given(card=st.fixed_dictionaries({INPUT: AMOUNTS, OUTPUT: AMOUNTS, READ: AMOUNTS, WRITE: AMOUNTS}))
def test_settling_drops_findings_and_touches_no_price(card: dict[str, str]) -> None:
    speaker = voice("feed", card)
    beside = case(speaker, voice("other", card), stands=card)
    after = settle(speaker, beside)
    assert after.card.rates == speaker.card.rates
    assert set(after.card.findings) <= set(speaker.card.findings)
    assert settle(after, beside) == after


def apart(speaker: Voice, *others: Voice, **rest: object) -> Voice:
    """The card as it is used, without what waits alone."""
    return without_storage(speaker, case(speaker, *others, **rest))  # type: ignore[arg-type]


def peers(*asked: str) -> dict[str, object]:
    return {"peers": {slot(INPUT): tuple(map(Decimal, asked))}}


@pytest.mark.parametrize(
    ("others", "rest", "waits_alone"),
    [
        pytest.param((), {}, False, id="nobody knows the input"),
        pytest.param((), {"stands": {INPUT: "3"}}, True, id="the input stands"),
        pytest.param((), {"stands": {INPUT: "4"}}, False, id="another input stands"),
        pytest.param((voice("b", {INPUT: "3"}),), {}, True, id="somebody says the input too"),
        pytest.param((voice("b", {INPUT: "3"}, group="feed"),), {}, False, id="a copy does"),
        pytest.param((), peers("3", "3"), True, id="two others ask it"),
        pytest.param((), peers("3", "4"), False, id="one other asks it"),
    ],
)
def test_a_storage_price_waits_alone_where_the_input_is_known(
    others: tuple[Voice, ...], rest: dict[str, object], waits_alone: bool
) -> None:
    speaker = voice("feed", STORAGE)
    used = apart(speaker, *others, **rest)
    assert used.card.usable is waits_alone
    assert (slot(WRITE) in used.weeks()) is False
    assert (used is speaker) is not waits_alone


BATCH, BATCH_WRITE = f"{INPUT};tier=batch", f"{WRITE};tier=batch"
LONG, LONG_WRITE = f"{INPUT};context_over=200000", f"{WRITE};context_over=200000"


@pytest.mark.parametrize(
    ("odd", "stands", "waits_alone"),
    [
        pytest.param({BATCH: "1.5"}, {INPUT: "3"}, True, id="another tier is new"),
        pytest.param({BATCH: "1.5", BATCH_WRITE: "0.2"}, {INPUT: "3"}, False, id="odd there too"),
        pytest.param(
            {BATCH: "1.5", BATCH_WRITE: "0.2"}, {INPUT: "3", BATCH: "1.5"}, True, id="known there"
        ),
        pytest.param(
            {LONG: "6", LONG_WRITE: "0.4"}, {INPUT: "3"}, False, id="odd over a long context"
        ),
        pytest.param(
            {LONG: "6", LONG_WRITE: "0.4"}, {INPUT: "3", LONG: "6"}, True, id="known there as well"
        ),
    ],
)
def test_each_input_that_a_write_is_below_has_to_be_known(
    odd: dict[str, str], stands: dict[str, str], waits_alone: bool
) -> None:
    used = apart(voice("feed", {**STORAGE, **odd}), stands=stands)
    assert used.card.usable is waits_alone


def test_a_card_with_anything_else_wrong_waits_whole() -> None:
    speaker = voice("feed", {**STORAGE, READ: "4"})
    assert apart(speaker, stands={INPUT: "3"}) is speaker


def test_a_card_without_fault_is_left_as_it_is() -> None:
    speaker = voice("feed", {INPUT: "3", OUTPUT: "15", WRITE: "3.75"})
    assert apart(speaker, stands={INPUT: "3"}) is speaker


def test_what_waits_alone_are_the_writes_with_the_reason() -> None:
    findings, weeks = storage_of(voice("feed", STORAGE))
    assert findings == (
        Finding(Reason.CACHE_WRITE_CHEAPER, WRITE, "0.375", "at least 3, the input price"),
    )
    assert weeks.keys() == {slot(WRITE)}


def test_a_case_of_nobody_settles_nothing() -> None:
    speaker = voice("feed", DEAR_INPUT)
    assert found(settle(speaker, Case(at=speaker.read_at, voices=(), standing={}))) == {
        Reason.SWAPPED
    }

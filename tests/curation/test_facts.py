"""Facts beside prices: whose word is taken, what means the same, and what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.catalog.facts import OF_MODEL, OF_OFFER, FactValue
from registry.curation.policy.elections import Status
from registry.curation.policy.facts.deciding import (
    FactCase,
    FactDecision,
    FactVoice,
    StandingFact,
    decide_facts,
)
from registry.curation.policy.facts.meaning import same_as
from registry.curation.policy.reasons import Reason
from registry.curation.policy.rulings import told

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def voice(source: str, *, trust: int = 50, days: int = 0, **traits: object) -> FactVoice:
    """A source's word, said for so many days; whatever is no trait of a voice is a fact."""
    known = {"own", "fresh", "of_lab", "group"}
    facts = {name: value for name, value in traits.items() if name not in known}
    plain = FactVoice(
        source=source,
        group=source,
        trust=trust,
        own=False,
        fresh=True,
        of_lab=True,
        offer_id=1,
        claim_id=sum(source.encode()),
        values=facts,  # type: ignore[arg-type]
        seen_at=NOW - timedelta(days=days),
    )
    return replace(plain, **{name: traits[name] for name in known & traits.keys()})  # type: ignore[arg-type]


def decide(
    *voices: FactVoice,
    trust: int = 50,
    beside: dict[str, FactValue] | None = None,
    **stands: object,
) -> FactDecision:
    standing = {name: StandingFact(value, trust) for name, value in stands.items()}  # type: ignore[arg-type]
    fields = tuple(dict.fromkeys((*OF_MODEL, *OF_OFFER)))
    return decide_facts(FactCase(NOW, fields, voices, standing, beside or {}))


def taken(decision: FactDecision) -> dict[str, FactValue]:
    return {step.name: step.value for step in decision.steps}


def reasons(decision: FactDecision) -> set[Reason]:
    return {kept.finding.reason for kept in decision.kept}


def test_the_highest_trusted_word_wins_and_the_others_are_kept_as_sides() -> None:
    (step,) = decide(
        voice("article", trust=20, context_tokens=256_000),
        voice("feed", context_tokens=1_050_000),
    ).steps
    assert step.value == 1_050_000
    assert [side.source for side in step.differing] == ["article"]
    assert step.status is Status.DISPUTED


def test_two_feeds_that_agree_confirm_against_one_article() -> None:
    (step,) = decide(
        voice("article", trust=20, context_tokens=256_000),
        voice("one feed", context_tokens=1_050_000),
        voice("another", context_tokens=1_048_576),
    ).steps
    assert step.value == 1_050_000 or step.value == 1_048_576
    assert step.status is Status.CONFIRMED


def test_the_labs_own_page_is_not_outvoted_by_feeds() -> None:
    page = voice("page", trust=90, own=True, context_tokens=400_000)
    feeds = [voice(name, context_tokens=200_000) for name in "abcd"]
    assert taken(decide(page, *feeds)) == {"context_tokens": 400_000}


def test_three_that_agree_outvote_a_better_source_that_is_not_the_subjects_own() -> None:
    kept_list = voice("list", trust=60, context_tokens=400_000)
    feeds = [voice(name, context_tokens=200_000) for name in "abc"]
    assert taken(decide(kept_list, *feeds)) == {"context_tokens": 200_000}


def test_without_a_majority_what_stands_stays() -> None:
    for stands in (128_000, 200_000):
        decision = decide(
            voice("a", context_tokens=128_000),
            voice("b", context_tokens=200_000),
            context_tokens=stands,
        )
        assert decision == FactDecision()


def test_a_stale_page_is_not_undone_by_a_feed_that_has_not_followed() -> None:
    page = voice("page", trust=90, own=True, fresh=False, days=10, licence="MIT")
    assert decide(page, voice("feed", days=90, licence="Apache-2.0"), licence="MIT").steps == ()
    news = decide(page, voice("feed", days=1, licence="Apache-2.0"), licence="MIT")
    assert taken(news) == {"licence": "Apache-2.0"}


def test_what_a_host_says_of_its_own_offer_is_hearsay_about_the_model() -> None:
    host = voice("host", trust=90, own=True, of_lab=False, context_tokens=32_768).of_model()
    assert taken(decide(host, voice("feed", context_tokens=131_072))) == {"context_tokens": 131_072}
    assert taken(decide(host)) == {"context_tokens": 32_768}


def test_one_source_has_one_word_however_many_rows_it_writes() -> None:
    rows = [replace(voice("feed", context_tokens=8_000), claim_id=n) for n in range(5)]
    others = [voice(name, context_tokens=16_000) for name in ("a", "b")]
    assert taken(decide(*rows, *others)) == {"context_tokens": 16_000}


def test_a_source_that_says_two_things_of_one_rank_is_told_apart_by_its_lesser_rows() -> None:
    slip = replace(voice("feed", days=9, released_on="2024-12-01"), claim_id=1)
    right = replace(voice("feed", released_on="2025-12-01"), claim_id=2)
    assert taken(decide(slip, right)) == {"released_on": "2024-12-01"}
    hosts = [replace(voice("feed", trust=20, released_on="2025-12-02"), claim_id=n) for n in (3, 4)]
    assert taken(decide(slip, right, *hosts)) == {"released_on": "2025-12-01"}


def test_silence_takes_nothing_away() -> None:
    assert decide(voice("feed"), context_tokens=8_000, open_weights=True) == FactDecision()


def test_a_word_that_means_what_stands_changes_nothing_while_that_is_still_said() -> None:
    voices = [voice("a", context_tokens=1_000_000), voice("b", context_tokens=1_048_576)]
    for stands in (1_000_000, 1_048_576):
        assert decide(*voices, context_tokens=stands) == FactDecision()


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [
        ("context_tokens", 1_000_000, 1_048_576, True),
        ("context_tokens", 200_000, 204_800, True),
        ("context_tokens", 256_000, 1_050_000, False),
        ("context_tokens", 128_000, 200_000, False),
        ("total_parameters", 671_000_000_000, 685_000_000_000, True),
        ("released_on", "2026-04-23", "2026-04-24", True),
        ("released_on", "2026-04-23", "2026-08-12", False),
        ("knowledge_cutoff", "2025-08", "2025-08-31", True),
        ("knowledge_cutoff", "2025-08", "2025-09", False),
        ("licence", "Apache 2.0", "apache-2.0", True),
        ("licence", "MIT License", "mit", True),
        ("licence", "MIT", "Apache-2.0", False),
        ("input_modalities", ("text", "image"), ("text", "image", "pdf"), True),
        ("input_modalities", ("text", "image"), ("text",), False),
        ("open_weights", True, False, False),
        ("reasoning", True, True, True),
    ],
)
def test_when_two_words_mean_one_fact(
    name: str, one: FactValue, other: FactValue, same: bool
) -> None:
    assert same_as(name)(one, other) is same
    assert same_as(name)(other, one) is same


def test_an_earlier_release_is_taken_as_any_other_word_is() -> None:
    feed = voice("feed", released_on="2026-04-24")
    assert taken(decide(feed, released_on="2026-08-12")) == {"released_on": "2026-04-24"}


@pytest.mark.parametrize(
    ("said", "stands", "reason"),
    [
        ({"context_tokens": 2_000_000}, {"context_tokens": 200_000}, Reason.FACT_STEP),
        ({"context_tokens": 12_800}, {"context_tokens": 128_000}, Reason.FACT_STEP),
        ({"total_parameters": 27}, {}, Reason.FACT_IMPLAUSIBLE),
        ({"context_tokens": 10**12}, {}, Reason.FACT_IMPLAUSIBLE),
        ({"released_on": "1970-01-01"}, {}, Reason.FACT_IMPLAUSIBLE),
        ({"retires_on": "2099-12-31"}, {}, Reason.FACT_IMPLAUSIBLE),
        ({"open_weights": False}, {"open_weights": True}, Reason.FACT_REVERSED),
        ({"input_modalities": ("text", "smell")}, {}, Reason.UNKNOWN_MODALITY),
        (
            {"active_parameters": 49 * 10**9},
            {"total_parameters": 16 * 10**9},
            Reason.FACT_CONTRADICTED,
        ),
    ],
)
def test_a_suspicious_fact_waits_with_its_reason(
    said: dict[str, object], stands: dict[str, object], reason: Reason
) -> None:
    decision = decide(voice("feed", **said), **stands)  # type: ignore[arg-type]
    assert decision.steps == ()
    assert reasons(decision) == {reason}


def test_an_offer_that_retires_before_its_model_is_released_waits() -> None:
    decision = decide(voice("feed", retires_on="2026-01-01"), beside={"released_on": "2026-04-24"})
    assert (taken(decision), reasons(decision)) == ({}, {Reason.FACT_CONTRADICTED})


def test_a_fact_that_waits_holds_no_other() -> None:
    decision = decide(
        voice("feed", context_tokens=2_000_000, reasoning=True), context_tokens=200_000
    )
    assert taken(decision) == {"reasoning": True}


def test_a_word_that_cannot_be_leaves_the_field_to_the_others() -> None:
    decision = decide(
        voice("page", trust=90, own=True, released_on="1970-01-01"),
        voice("feed", released_on="2026-04-24"),
    )
    assert taken(decision) == {"released_on": "2026-04-24"}
    assert reasons(decision) == {Reason.FACT_IMPLAUSIBLE}


def test_a_large_step_that_others_confirm_is_taken() -> None:
    page = voice("page", trust=90, own=True, context_tokens=2_000_000)
    feed = voice("feed", context_tokens=2_000_000)
    assert taken(decide(page, feed, context_tokens=200_000)) == {"context_tokens": 2_000_000}


def test_what_a_person_has_accepted_waits_no_more() -> None:
    said = voice("feed", context_tokens=2_000_000)
    (kept,) = decide(said, context_tokens=200_000).kept
    standing = {"context_tokens": StandingFact(200_000, 50)}
    accepted = frozenset({told(kept.finding)})
    case = FactCase(NOW, OF_MODEL, (said,), standing, accepted=accepted)
    assert taken(decide_facts(case)) == {"context_tokens": 2_000_000}


def some_voices(*, least: int = 0) -> st.SearchStrategy[list[FactVoice]]:
    said = st.tuples(
        st.sampled_from("abcdef"),
        st.sampled_from([20, 40, 50, 60, 90]),
        st.booleans(),
        st.integers(0, 300),
        st.sampled_from([8_000, 8_192, 128_000, 200_000, 1_000_000, None]),
    )
    return st.lists(said, min_size=least, max_size=6, unique_by=lambda one: one[0]).map(
        lambda rows: [
            voice(name, trust=trust, fresh=fresh, days=days, context_tokens=value)
            for name, trust, fresh, days, value in rows
        ]
    )


@given(some_voices(), st.randoms(use_true_random=False), st.sampled_from([None, 8_000, 200_000]))
def test_the_order_of_voices_does_not_matter(
    voices: list[FactVoice], random: object, stands: int | None
) -> None:
    standing: dict[str, Any] = {} if stands is None else {"context_tokens": stands}
    shuffled = list(voices)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert taken(decide(*shuffled, **standing)) == taken(decide(*voices, **standing))


@given(some_voices(), st.sampled_from([8_000, 200_000]))
def test_a_voice_that_falls_silent_never_removes_a_fact(
    voices: list[FactVoice], stands: int
) -> None:
    silent = [replace(one, values={}) for one in voices]
    assert decide(*silent, context_tokens=stands) == FactDecision()


@given(some_voices())
def test_the_subjects_own_most_trusted_word_dominates(voices: list[FactVoice]) -> None:
    own = voice("own", trust=95, own=True, context_tokens=64_000)
    assert taken(decide(own, *voices)) == {"context_tokens": 64_000}


@given(some_voices(), st.sampled_from([None, 8_000, 200_000]))
def test_what_is_taken_was_said_and_deciding_again_changes_nothing(
    voices: list[FactVoice], stands: int | None
) -> None:
    standing: dict[str, Any] = {} if stands is None else {"context_tokens": stands}
    first = taken(decide(*voices, **standing))
    assert set(first.values()) <= {one.values["context_tokens"] for one in voices}
    assert taken(decide(*voices, **(standing | first))) == {}

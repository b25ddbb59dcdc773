"""What sources say of an offer, merged field by field."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.catalog.facts import FactsSaid, fill, merge
from scrapers.claims import Facts


def said(trust: int, **facts: object) -> FactsSaid:
    return FactsSaid(1, trust, Facts(**facts))  # type: ignore[arg-type]


def test_the_most_trusted_word_wins() -> None:
    words = [said(50, context_tokens=128_000), said(90, context_tokens=200_000)]
    assert merge(words, Facts(context_tokens=1)).context_tokens == 200_000


def test_silence_takes_nothing_away() -> None:
    assert merge([said(90, name="")], Facts(name="GPT-5.5", mode="chat")) == Facts(
        name="GPT-5.5", mode="chat"
    )


def test_a_less_trusted_word_fills_where_the_better_one_is_silent() -> None:
    words = [said(90, name="GPT-5.5"), said(50, mode="chat")]
    assert merge(words, Facts()) == Facts(name="GPT-5.5", mode="chat")


def test_a_tie_keeps_what_stands() -> None:
    words = [said(50, context_tokens=1000), said(50, context_tokens=2000)]
    assert merge(words, Facts(context_tokens=2000)).context_tokens == 2000


def test_most_equally_trusted_words_win_over_what_stands() -> None:
    words = [said(50, context_tokens=n) for n in (1000, 1000, 2000)]
    assert merge(words, Facts(context_tokens=2000)).context_tokens == 1000


def test_filling_leaves_what_stands() -> None:
    merged = fill([said(90, name="Other", open_weights=True)], Facts(name="Mine"))
    assert merged == Facts(name="Mine", open_weights=True)


def test_what_is_out_does_not_come_out_later() -> None:
    april, august = date(2026, 4, 24), date(2026, 8, 12)
    later = [FactsSaid(1, 50, Facts(released_on=august))]
    assert merge(later, Facts(released_on=april)).released_on == april
    earlier = [FactsSaid(1, 50, Facts(released_on=april))]
    assert merge(earlier, Facts(released_on=august)).released_on == april
    assert merge(later, Facts()).released_on == august


def test_false_is_a_word_and_not_silence() -> None:
    assert merge([said(90, reasoning=False)], Facts(reasoning=True)).reasoning is False


@pytest.mark.parametrize(
    "facts",
    [{"name": "x" * 201}, {"name": "a\x00b"}, {"mode": "m" * 41}, {"context_tokens": -1}],
)
def test_a_word_that_cannot_be_kept_is_passed_over(facts: dict[str, object]) -> None:
    assert merge([said(90, **facts)], Facts()) == Facts()


@given(st.permutations([(50, 1), (50, 2), (60, 3), (60, 4), (40, 5)]))
def test_the_order_of_words_does_not_matter(words: list[tuple[int, int]]) -> None:
    merged = merge([said(trust, context_tokens=n) for trust, n in words], Facts())
    assert merged.context_tokens == 3

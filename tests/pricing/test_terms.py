import pytest
from hypothesis import given

from registry.pricing.hours import Hours
from registry.pricing.terms import STANDARD, Terms, TermsError
from tests.pricing.cards import PEAK, terms


@given(terms)
def test_a_key_reads_back_as_the_same_terms(some: Terms) -> None:
    assert Terms.parse(some.key) == some


@given(terms, terms)
def test_terms_are_equal_exactly_when_their_keys_are(one: Terms, other: Terms) -> None:
    assert (one == other) == (one.key == other.key)


def test_the_key_is_sorted_by_name_and_empty_for_standard_terms() -> None:
    assert Terms(tier="batch", context_over=272_000).key == "context_over=272000;tier=batch"
    assert STANDARD.key == ""
    assert Terms.parse("tier=batch;context_over=272000").context_over == 272_000
    assert Terms(hours=PEAK).key == "hours=mon-fri 01:00-04:00,06:00-10:00"


@given(terms)
def test_specificity_counts_the_terms_that_are_set(some: Terms) -> None:
    assert some.specificity == len([part for part in some.key.split(";") if part])


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("tier=cheap", "tier"),
        ("tier=standard", "tier"),
        ("tier", "terms"),
        ("colour=red", "terms"),
        ("tier=batch;tier=flex", "tier"),
        ("context_over=0", "context_over"),
        ("context_over=-5", "context_over"),
        ("context_over=1e5", "context_over"),
        ("context_over=١٢٣", "context_over"),
        (f"context_over={'9' * 5000}", "context_over"),
        ("region=EU West", "region"),
        ("region=", "region"),
        ("variant=a\u202eb", "variant"),
        ("hours=", "hours"),
        ("hours=always", "hours"),
    ],
)
def test_a_wrong_term_is_refused_by_name(key: str, field: str) -> None:
    with pytest.raises(TermsError) as refused:
        Terms.parse(key)
    assert refused.value.field == field


def test_a_query_with_an_unknown_term_is_refused() -> None:
    with pytest.raises(TermsError, match="colour: 'red'"):
        Terms.of(colour="red")


def test_hours_without_a_window_are_no_term() -> None:
    with pytest.raises(TermsError, match="hours"):
        Terms(hours=Hours(()))

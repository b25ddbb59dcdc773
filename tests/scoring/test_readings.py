"""From quoted scores to readings: rows 44 to 47 of the bad inputs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.figures import Qualifier
from registry.scoring.readings import (
    DateBasis,
    Evaluator,
    Reading,
    ReadingError,
    ReadingFault,
    ReadingQuote,
    read_reading,
)
from registry.scoring.scales import FRACTION, INDEX, PERCENT, RATING

DAY = date(2026, 4, 24)
QUOTE = ReadingQuote(
    "80.6",
    "percent",
    "score",
    Evaluator.INDEPENDENT,
    page="https://example.org/board",
    measured_on=DAY,
)


def read(text: str, **changes: object) -> Reading:
    return read_reading(replace(QUOTE, text=text, **changes), PERCENT)  # type: ignore[arg-type]


def fault_of(quote: ReadingQuote, **how: object) -> tuple[ReadingFault, bool]:
    with pytest.raises(ReadingError) as caught:
        read_reading(quote, PERCENT, **how)  # type: ignore[arg-type]
    return caught.value.fault, caught.value.held


def test_a_fraction_told_as_one_becomes_the_percentage() -> None:
    reading = read("0.8058", scale="fraction", stderr="0.018")
    assert (reading.value, reading.stderr) == (Decimal("80.58"), Decimal("1.8"))
    assert reading.scale == "percent"


@given(st.integers(0, 10**6))
def test_equal_scores_are_equal_however_they_are_told(millionths: int) -> None:
    share = Decimal(millionths) / 10**6
    told = replace(QUOTE, text=f"{share:f}", scale="fraction")
    assert read_reading(told, PERCENT).value == share * 100
    assert read_reading(told, FRACTION).value == share


def test_a_small_figure_among_percentages_is_held_as_a_fraction_perhaps() -> None:
    assert fault_of(replace(QUOTE, text="0.87")) == (ReadingFault.SUSPECT_SCALE, True)
    assert fault_of(replace(QUOTE, text="1")) == (ReadingFault.SUSPECT_SCALE, True)


def test_a_small_percentage_is_taken_where_a_sign_or_the_counts_prove_it() -> None:
    assert read("0.87%").value == Decimal("0.87")
    assert read("0.9", items=225, passed=2).value == Decimal("0.9")
    assert read("0").value == 0


@pytest.mark.parametrize("text", ["100.1", "-0.5", "1525"])
def test_a_figure_outside_of_its_scale_is_rejected(text: str) -> None:
    assert fault_of(replace(QUOTE, text=text)) == (ReadingFault.OUT_OF_BOUNDS, False)


def test_a_percentage_where_fractions_were_declared_is_rejected() -> None:
    quote = replace(QUOTE, text="80.58", scale="fraction")
    assert fault_of(quote) == (ReadingFault.OUT_OF_BOUNDS, False)


def test_a_percent_sign_against_the_declared_scale_is_held() -> None:
    quote = replace(QUOTE, text="0.8%", scale="fraction")
    assert fault_of(quote) == (ReadingFault.SCALE_CONFLICT, True)


def test_a_scale_of_another_kind_than_the_benchmarks_is_held() -> None:
    quote = replace(QUOTE, text="80", scale="index")
    assert fault_of(quote) == (ReadingFault.SCALE_CONFLICT, True)
    assert fault_of(replace(QUOTE, scale="stars")) == (ReadingFault.SCALE_CONFLICT, True)


def test_without_a_page_a_score_is_rejected() -> None:
    assert fault_of(replace(QUOTE, page=" ")) == (ReadingFault.NO_SOURCE, False)


def test_without_any_date_a_score_is_rejected() -> None:
    quote = replace(QUOTE, measured_on=None)
    assert fault_of(quote) == (ReadingFault.NO_DATE, False)


def test_a_score_that_its_source_does_not_date_is_dated_by_when_it_was_seen() -> None:
    stated = read_reading(QUOTE, PERCENT, seen_on=date(2026, 7, 2))
    observed = read_reading(replace(QUOTE, measured_on=None), PERCENT, seen_on=date(2026, 7, 2))
    assert (stated.dated, stated.date_basis) == (DAY, DateBasis.STATED)
    assert (observed.dated, observed.date_basis) == (date(2026, 7, 2), DateBasis.OBSERVED)


def test_a_run_over_another_number_of_items_is_held() -> None:
    quote = replace(QUOTE, items=484)
    assert fault_of(quote, items=500) == (ReadingFault.INCOMPLETE_RUN, True)
    assert read_reading(quote, PERCENT, items=484).items == 484
    assert read_reading(quote, PERCENT).items == 484


def test_counts_that_do_not_make_the_score_are_held() -> None:
    assert read("35.6", items=225, passed=80).value == Decimal("35.6")
    quote = replace(QUOTE, text="35.6", items=225, passed=90)
    assert fault_of(quote) == (ReadingFault.COUNT_CONFLICT, True)


@pytest.mark.parametrize(
    ("text", "said", "qualifier"),
    [
        ("~85 %", None, Qualifier.APPROXIMATE),
        (">90 %", None, Qualifier.AT_LEAST),
        ("82", Qualifier.CLAIMED, Qualifier.CLAIMED),
        ("~82", Qualifier.CLAIMED, Qualifier.CLAIMED),
        ("90 (expected by Q3)", Qualifier.CLAIMED, Qualifier.FORECAST),
    ],
)
def test_a_qualified_figure_is_taken_with_its_qualifier(
    text: str, said: Qualifier | None, qualifier: Qualifier
) -> None:
    reading = read(text, qualifier=said)
    assert reading.qualifier is qualifier
    assert reading.is_current is (qualifier is not Qualifier.FORECAST)


def test_an_interval_is_on_the_scale_of_its_benchmark() -> None:
    told = read("0.8", scale="fraction", low="0.75", high="0.84")
    assert (told.low, told.high) == (Decimal(75), Decimal(84))
    margin = read_reading(replace(QUOTE, text="1289 ± 9", scale="rating"), RATING)
    assert (margin.low, margin.high) == (Decimal(1280), Decimal(1298))


@pytest.mark.parametrize(("low", "high"), [("81", "85"), ("70", "80"), ("85", "70")])
def test_an_interval_that_leaves_its_figure_out_is_rejected(low: str, high: str) -> None:
    assert fault_of(replace(QUOTE, low=low, high=high)) == (ReadingFault.BAD_INTERVAL, False)


def test_a_standard_error_below_zero_is_rejected() -> None:
    assert fault_of(replace(QUOTE, stderr="-1")) == (ReadingFault.BAD_INTERVAL, False)


@pytest.mark.parametrize("text", ["NaN", "80-85", "n/a", "８０"])
def test_what_is_no_figure_is_rejected_by_the_same_name(text: str) -> None:
    fault, held = fault_of(replace(QUOTE, text=text))
    assert fault in ReadingFault
    assert not held


def test_float_noise_is_snapped_and_derived_figures_are_marked() -> None:
    reading = read("0.8200000000000001", scale="fraction", derived=True)
    assert (reading.value, reading.snapped, reading.derived) == (Decimal(82), True, True)


def test_an_index_keeps_its_own_scale() -> None:
    quote = replace(QUOTE, text="158.6685998857593", scale="index")
    assert read_reading(quote, INDEX).value == Decimal("158.668599886")


def test_an_error_names_the_field_the_value_and_what_was_expected() -> None:
    with pytest.raises(ReadingError, match=r"score: '0.87' was refused .* expected a percentage"):
        read("0.87")

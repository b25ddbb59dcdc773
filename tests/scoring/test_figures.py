"""Scores as sources write them: digits, qualifiers, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.figures import (
    FigureError,
    FigureFault,
    Qualifier,
    read_figure,
    stronger,
)


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("80.6", "80.6", Qualifier.EXACT),
        ("80.60%", "80.6", Qualifier.EXACT),
        ("1,504", "1504", Qualifier.EXACT),
        ("-3.5", "-3.5", Qualifier.EXACT),
        ("5e-2", "0.05", Qualifier.EXACT),
        ("~85%", "85", Qualifier.APPROXIMATE),
        ("~85 %", "85", Qualifier.APPROXIMATE),
        ("about 85", "85", Qualifier.APPROXIMATE),
        (">90 %", "90", Qualifier.AT_LEAST),
        ("≥ 90", "90", Qualifier.AT_LEAST),
        ("at least 90", "90", Qualifier.AT_LEAST),
        ("90%+", "90", Qualifier.AT_LEAST),
        ("<5", "5", Qualifier.AT_MOST),
        ("up to 82.7%", "82.7", Qualifier.AT_MOST),
        ("82 (claimed)", "82", Qualifier.CLAIMED),
        ("Claimed: 82%", "82", Qualifier.CLAIMED),
        ("~82, claimed", "82", Qualifier.CLAIMED),
        ("90% expected by Q3", "90", Qualifier.FORECAST),
        ("projected 90", "90", Qualifier.FORECAST),
    ],
)
def test_a_figure_is_read_with_what_is_said_of_it(
    text: str, value: str, qualifier: Qualifier
) -> None:
    figure = read_figure(text)
    assert (figure.value, figure.qualifier) == (Decimal(value), qualifier)


def test_a_margin_stands_behind_the_figure() -> None:
    assert read_figure("1289 ± 9").margin == 9
    assert read_figure("85.3% +/- 1.2%").margin == Decimal("1.2")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.8200000000000001", "0.82"),
        ("0.8057851239669421", "0.805785123967"),
        ("1525.1042120660923", "1525.10421207"),
    ],
)
def test_the_trace_of_binary_arithmetic_is_rounded_off_and_told(text: str, value: str) -> None:
    figure = read_figure(text)
    assert (figure.value, figure.snapped) == (Decimal(value), True)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", FigureFault.NOT_A_FIGURE),
        ("—", FigureFault.NOT_A_FIGURE),
        ("Claimed", FigureFault.NOT_A_FIGURE),
        ("-60% vs predecessor", FigureFault.NOT_A_FIGURE),
        ("~85% on one social post", FigureFault.NOT_A_FIGURE),
        ("expected: ~90", FigureFault.NOT_A_FIGURE),
        ("rank 3", FigureFault.NOT_A_FIGURE),
        ("NaN", FigureFault.NOT_FINITE),
        ("Infinity", FigureFault.NOT_FINITE),
        ("1e400", FigureFault.NOT_FINITE),
        ("80-85", FigureFault.RANGE),
        ("80% – 85%", FigureFault.RANGE),
        ("80 to 85", FigureFault.RANGE),
        ("8_0", FigureFault.FOREIGN_DIGITS),
        ("８０.6", FigureFault.FOREIGN_DIGITS),
        ("٨٠", FigureFault.FOREIGN_DIGITS),
        ("0.1234567890123456789", FigureFault.TOO_MANY_DIGITS),
        ("80,6", FigureFault.NOT_A_FIGURE),
        ("007", FigureFault.NOT_A_FIGURE),
        ("8" * 200, FigureFault.NOT_A_FIGURE),
    ],
)
def test_what_is_no_certain_score_is_refused(text: str, fault: FigureFault) -> None:
    with pytest.raises(FigureError) as caught:
        read_figure(text)
    assert caught.value.fault is fault


@given(st.decimals(-9999, 9999, places=6, allow_nan=False))
def test_a_plain_number_is_taken_as_written(number: Decimal) -> None:
    figure = read_figure(f"{number:f}")
    assert (figure.value, figure.qualifier, figure.snapped) == (number, Qualifier.EXACT, False)


@given(st.text(max_size=90))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    with suppress(FigureError):
        assert read_figure(text).value.is_finite()


def test_of_two_words_the_more_careful_one_wins() -> None:
    assert stronger(Qualifier.FORECAST, Qualifier.CLAIMED) is Qualifier.FORECAST
    assert stronger(Qualifier.EXACT, Qualifier.AT_LEAST) is Qualifier.AT_LEAST

"""Figures of which a ``$1`` was eaten: suggested where arithmetic leads there, never taken."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.eaten import Check, by_ratio, by_total, candidate, suggestion

D = Decimal


@pytest.mark.parametrize(
    ("left", "whole"),
    [
        (".74", "1.74"),
        (",100", "1100"),
        ("9.60", "19.60"),
        ("74", "174"),
        ("4", "14"),
        (".00", "1.00"),
        ("", "1"),
        ("2,345.5", "12345.5"),
    ],
)
def test_one_digit_is_missing(left: str, whole: str) -> None:
    assert candidate(left) == D(whole)


@pytest.mark.parametrize("left", ["abc", ",74", ",10,0", "4-18K", ".7.4", "-4", "２"])
def test_what_makes_no_figure_has_no_candidate(left: str) -> None:
    assert candidate(left) is None


def test_a_bill_and_a_ratio_lead_to_the_price() -> None:
    bill = by_total(D("243.60"), others=[D("69.60")], times=D(100), of="its bill")
    ratio = by_ratio(D("0.35"), D("5.00"), of="its ratio")
    told = suggestion(".74", [ratio, bill])
    assert told is not None
    assert told.amount == D("1.74")
    assert str(told) == (
        "1.74 by the source's own arithmetic: it is 0.35 x 5.00 (its ratio); "
        "100 x it + 69.60 = 243.60 (its bill)"
    )


def test_nothing_is_suggested_without_arithmetic() -> None:
    assert suggestion(".74", []) is None


def test_one_contradiction_is_enough() -> None:
    bill = by_total(D("243.60"), others=[D("69.60")], times=D(100))
    assert suggestion(".74", [bill, by_ratio(D("0.5"), D("5.00"), of="its ratio")]) is None


def test_a_ratio_is_as_exact_as_it_is_written() -> None:
    assert suggestion(".74", [by_ratio(D("0.35"), D(5), of="a")]) is not None
    assert suggestion(".74", [by_ratio(D("0.350"), D(5), of="a")]) is None


prices = st.decimals("0.01", "99.99", places=2)
parts = st.lists(st.decimals("0", "9999.99", places=2), max_size=3)


@given(rest=prices, others=parts, times=st.integers(1, 1000))
def test_a_figure_is_found_again_from_the_total_that_it_made(
    rest: Decimal, others: list[Decimal], times: int
) -> None:
    eaten = str(rest).removeprefix("0")
    whole = candidate(eaten)
    assert whole is not None
    total = whole * times + sum(others)
    told = suggestion(eaten, [by_total(total, others=others, times=D(times))])
    assert told is not None
    assert told.amount == whole


@given(rest=prices, off=st.decimals("0.02", "50", places=2))
def test_a_total_that_does_not_add_up_suggests_nothing(rest: Decimal, off: Decimal) -> None:
    eaten = str(rest).removeprefix("0")
    whole = candidate(eaten)
    assert whole is not None
    assert suggestion(eaten, [by_total(whole + off, others=[])]) is None
    assert suggestion(eaten, [Check(whole + off, off / 2, "")]) is None

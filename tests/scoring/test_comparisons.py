"""What two figures come to, beside what somebody says of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.scoring.comparisons import NoRatio, Relation, arithmetic

D = Decimal
amounts = st.decimals("0.001", "1000", places=3)


@pytest.mark.parametrize(
    ("relation", "subject", "baseline", "n"),
    [
        (Relation.TIMES_CHEAPER, "0.14", "5", "35.71"),
        (Relation.TIMES_CHEAPER, "0.28", "30", "107.14"),
        (Relation.TIMES_CHEAPER, "19.60", "1100", "56.12"),
        (Relation.TIMES, "1.74", "5", "0.35"),
        (Relation.TIMES, "1000000", "256000", "3.91"),
        (Relation.PERCENT_CHEAPER, "1.74", "5", "65.20"),
        (Relation.PERCENT_CHANGE, "4", "10", "-60.00"),
        (Relation.POINTS_AHEAD, "88.7", "85", "3.7"),
        (Relation.AMOUNT, "1100", "0", "1100"),
    ],
)
def test_arithmetic_gives_what_stands_beside_the_claim(
    relation: Relation, subject: str, baseline: str, n: str
) -> None:
    exact = arithmetic(relation, D(subject), D(baseline))
    assert exact.quantize(D(n)) == D(n)


@given(subject=amounts, baseline=amounts)
def test_cheaper_and_times_are_each_others_inverse(subject: Decimal, baseline: Decimal) -> None:
    cheaper = arithmetic(Relation.TIMES_CHEAPER, subject, baseline)
    assert cheaper == arithmetic(Relation.TIMES, baseline, subject)


@pytest.mark.parametrize(
    ("relation", "subject", "baseline"),
    [
        (Relation.TIMES, "1", "0"),
        (Relation.PERCENT_CHEAPER, "1", "0"),
        (Relation.TIMES_CHEAPER, "0", "1"),
    ],
)
def test_nothing_is_a_multiple_of_zero(relation: Relation, subject: str, baseline: str) -> None:
    with pytest.raises(NoRatio, match="other than zero"):
        arithmetic(relation, D(subject), D(baseline))

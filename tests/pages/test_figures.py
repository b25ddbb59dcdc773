"""How figures are written: money exact, sizes short, changes with their sign."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pages.figures import blend, cents, money, share, short


@pytest.mark.parametrize(
    ("amount", "currency", "told"),
    [
        ("5", "USD", "$5.00"),
        ("1.74", "USD", "$1.74"),
        ("0.003625", "USD", "$0.003625"),
        ("1234567.5", "USD", "$1,234,567.50"),
        ("0.000000000000001", "USD", "$0.000000000000001"),
        ("3", "CNY", "CN¥3.00"),
        ("7.143", "DBU", "7.143\N{NO-BREAK SPACE}DBU"),
        ("-2.5", "USD", "−$2.50"),
    ],
)
def test_money_is_exact(amount: str, currency: str, told: str) -> None:
    assert money(Decimal(amount), currency).text == told


@given(st.decimals("0.000000000001", "99999999", places=12))
def test_no_digit_of_an_amount_is_lost(amount: Decimal) -> None:
    assert Decimal(money(amount, "USD").text.lstrip("$").replace(",", "")) == amount


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (1_000_000, "1M"),
        (1_048_576, "1.05M"),
        (131_072, "131K"),
        (200_000, "200K"),
        (512, "512"),
        (1_600_000_000_000, "1.6T"),
        (0, "0"),
    ],
)
def test_sizes_are_short(count: int, told: str) -> None:
    assert short(count) == told


@pytest.mark.parametrize(
    ("part", "told"),
    [("-0.75", "−75 %"), ("0.015", "+2 %"), ("-0.625", "−62 %"), ("1", "+100 %"), ("99", "×100")],
)
def test_changes_carry_their_sign(part: str, told: str) -> None:
    assert share(Decimal(part)).replace("\N{NO-BREAK SPACE}", " ") == told


def test_bills_are_to_the_cent_unless_that_says_nothing() -> None:
    assert cents(Decimal("19.5961")) == Decimal("19.60")
    assert cents(Decimal("0.000456")) == Decimal("0.00046")


def test_blends_are_short() -> None:
    assert blend(Decimal("11.25")) == Decimal("11.25")
    assert blend(Decimal("0.26251")) == Decimal("0.263")

"""Amounts in another currency: dated, exact, and refused where there is no rate."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pricing.cost import cost
from registry.pricing.exact import exact_product, exact_sum
from registry.pricing.exchange import ExchangeError, Rates, RatesOn, converted
from registry.pricing.usage import Usage
from tests.pricing.cards import LAUNCH, V4_PRO

FRIDAY = date(2026, 4, 24)


def day(on: date, **buys: str) -> RatesOn:
    return RatesOn(on, {currency: Decimal(rate) for currency, rate in buys.items()})


def table(*days: RatesOn) -> Rates:
    return Rates("EUR", "a bank", "https://bank.example/rates", timedelta(days=10), days)


TABLE = table(
    day(date(2026, 4, 17), USD="1.18", CNY="8.05"),
    day(FRIDAY, USD="1.25", CNY="8", GBP="0.875"),
)


@pytest.mark.parametrize(
    ("sold", "bought", "rate", "amount"),
    [
        ("EUR", "USD", "1.25", "2.5"),
        ("USD", "EUR", "0.8", "1.6"),
        ("CNY", "USD", "0.15625", "0.3125"),
        ("USD", "USD", "1", "2"),
        ("EUR", "EUR", "1", "2"),
    ],
)
def test_two_of_one_currency_are_worth_in_another(
    sold: str, bought: str, rate: str, amount: str
) -> None:
    found = TABLE.convert(Decimal(2), sold, bought, FRIDAY)
    assert (found.rate, found.amount) == (Decimal(rate), Decimal(amount))
    assert (found.currency, found.on, found.source) == (bought, FRIDAY, "a bank")
    assert found.address == "https://bank.example/rates"


def test_a_rate_that_never_ends_is_told_to_twelve_digits_and_the_amount_follows_it() -> None:
    found = table(day(FRIDAY, USD="3", CNY="7")).convert(Decimal("0.3"), "USD", "CNY", FRIDAY)
    assert found.rate == Decimal("2.33333333333")
    assert found.amount == Decimal("0.699999999999")


@pytest.mark.parametrize(
    ("on", "used"),
    [
        (date(2026, 4, 17), date(2026, 4, 17)),
        (date(2026, 4, 23), date(2026, 4, 17)),
        (date(2026, 4, 26), FRIDAY),
        (date(2026, 5, 4), FRIDAY),
    ],
)
def test_the_newest_rate_at_or_before_the_day_counts(on: date, used: date) -> None:
    assert TABLE.convert(Decimal(1), "USD", "CNY", on).on == used


@pytest.mark.parametrize(
    ("sold", "bought", "on", "field", "expected"),
    [
        ("USD", "CNY", date(2026, 4, 16), "on", "a day from 2026-04-17 on"),
        ("USD", "CNY", date(2026, 5, 5), "on", "at most 10 days after rates; last on 2026-04-24"),
        ("DBU", "USD", FRIDAY, "from", "a unit of account has no rate"),
        ("USD", "DBU", FRIDAY, "to", "a unit of account has no rate"),
        ("DBU", "DBU", FRIDAY, "from", "a unit of account has no rate"),
        ("USD", "CHF", FRIDAY, "to", "one of CNY, EUR, GBP, USD on 2026-04-24"),
        ("GBP", "USD", date(2026, 4, 20), "from", "one of CNY, EUR, USD on 2026-04-17"),
        ("usd", "EUR", FRIDAY, "from", "one of CNY, EUR, GBP, USD"),
    ],
)
def test_what_has_no_rate_is_refused_with_what_would_do(
    sold: str, bought: str, on: date, field: str, expected: str
) -> None:
    with pytest.raises(ExchangeError, match=expected) as refused:
        TABLE.convert(Decimal(1), sold, bought, on)
    assert refused.value.field == field


@pytest.mark.parametrize("rate", ["0", "-1", "NaN", "Infinity", "1.2345678901234567"])
def test_a_table_takes_no_rate_that_is_none(rate: str) -> None:
    with pytest.raises(ExchangeError, match="2026-04-24, USD"):
        day(FRIDAY, USD=rate)


@pytest.mark.parametrize("currency", ["DBU", "usd", "US", "DOLLAR"])
def test_a_table_takes_no_currency_that_is_none(currency: str) -> None:
    with pytest.raises(ExchangeError, match="a currency such as USD"):
        day(FRIDAY, **{currency: "1"})


def test_a_table_without_days_or_with_disorder_is_refused() -> None:
    later, earlier = TABLE.days[1], TABLE.days[0]
    for days in ((), (later, earlier), (later, later)):
        with pytest.raises(ExchangeError, match="each once and in order"):
            table(*days)


def test_a_bill_in_yuan_stands_beside_the_dollars_that_are_owed() -> None:
    usage = Usage.of({"input_tokens": 100_000_000, "output_tokens": 20_000_000})
    bill = cost(V4_PRO, usage, at=LAUNCH)
    shown = converted(bill, TABLE, "CNY", LAUNCH.date())
    assert (shown.bill.total, shown.bill.currency) == (Decimal("243.6"), "USD")
    assert (shown.total.amount, shown.total.currency) == (Decimal("1559.04"), "CNY")
    assert (shown.total.rate, shown.total.on) == (Decimal("6.4"), FRIDAY)
    assert shown.amounts == (Decimal("1113.6"), Decimal("445.44"))


@given(
    counts=st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)),
    rates=st.tuples(*[st.decimals("0.0001", "20000", places=4) for _ in range(2)]),
)
def test_lines_of_a_converted_bill_add_up_to_its_total(
    counts: tuple[int, int], rates: tuple[Decimal, Decimal]
) -> None:
    usage = Usage.of({"input_tokens": counts[0], "output_tokens": counts[1]})
    bill = cost(V4_PRO, usage, at=LAUNCH)
    one_day = table(RatesOn(FRIDAY, {"USD": rates[0], "CNY": rates[1]}))
    shown = converted(bill, one_day, "CNY", FRIDAY)
    assert exact_sum(shown.amounts) == shown.total.amount
    assert exact_product(bill.total, shown.total.rate) == shown.total.amount

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pricing.cost import NotBillable, blended, cost
from registry.pricing.rate_card import NotOnCard, RateCard
from registry.pricing.rates import PriceState
from registry.pricing.usage import Usage
from tests.pricing.cards import (
    GPT_5_5,
    LAUNCH,
    MONDAY,
    OPUS_4_7,
    V4_FLASH,
    V4_PRO,
    V4_PRO_AUGUST,
    amounts,
    minute_of_week,
    minutes,
    rate,
    stated,
)

counts = st.integers(0, 10**12)
prices = st.builds(
    lambda sent, cached, written: RateCard(
        (
            rate("input_tokens", str(sent)),
            rate("cache_read_tokens", str(cached)),
            rate("output_tokens", str(written)),
            rate("input_tokens", str(sent * 2), context_over=1000),
        )
    ),
    amounts,
    amounts,
    amounts,
)


@st.composite
def usages(draw: st.DrawFn) -> Usage:
    cached, rest, reasoning, written = (draw(counts) for _ in range(4))
    return Usage.of(
        {
            "input_tokens": cached + rest,
            "cache_read_tokens": cached,
            "output_tokens": reasoning + written,
            "reasoning_tokens": reasoning,
        }
    )


@given(prices, usages(), usages(), st.sampled_from([10, 5000]))
def test_a_bill_is_additive_within_one_context_band(
    card: RateCard, one: Usage, other: Usage, length: int
) -> None:
    def total(usage: Usage) -> Decimal:
        return cost(card, usage, at=LAUNCH, context_tokens=length).total

    assert total(one + other) == total(one) + total(other)


@given(prices, usages(), minutes)
def test_a_bill_is_exact_and_never_negative(card: RateCard, usage: Usage, minute: int) -> None:
    bill = cost(card, usage, at=minute_of_week(minute))
    by_fractions = sum(
        (
            Fraction(line.quantity) * Fraction(line.rate.amount or 0) / Fraction(line.rate.per)
            for line in bill.lines
        ),
        Fraction(0),
    )
    assert Fraction(bill.total) == by_fractions
    assert sum((Fraction(line.amount) for line in bill.lines), Fraction(0)) == by_fractions
    assert all(line.amount > 0 for line in bill.lines)
    assert bill.total >= 0


@given(prices, usages())
def test_every_token_is_billed_once(card: RateCard, usage: Usage) -> None:
    billed = sum(line.quantity for line in cost(card, usage, at=LAUNCH).lines)
    assert billed == usage.count("input_tokens") + usage.count("output_tokens")


def test_the_longest_figures_are_billed_without_rounding() -> None:
    card = RateCard((rate("input_audio_seconds", "1.23456789012345"),))
    usage = Usage.of({"input_audio_seconds": Decimal("9.87654321098765")})
    total = cost(card, usage, at=LAUNCH).total
    assert Fraction(total) == Fraction("1.23456789012345") * Fraction("9.87654321098765")


def test_a_bill_has_a_line_a_meter() -> None:
    usage = Usage.of(
        {
            "input_tokens": 1_000_000,
            "cache_read_tokens": 400_000,
            "cache_write_1h_tokens": 100_000,
            "output_tokens": 10_000,
            "reasoning_tokens": 4_000,
        }
    )
    bill = cost(OPUS_4_7, usage, at=LAUNCH)
    assert [(line.meter, int(line.quantity), line.amount, line.notes) for line in bill.lines] == [
        ("input_tokens", 500_000, Decimal("2.5"), ()),
        ("cache_read_tokens", 400_000, Decimal("0.2"), ()),
        ("cache_write_1h_tokens", 100_000, Decimal(1), ()),
        ("output_tokens", 6_000, Decimal("0.15"), ()),
        (
            "reasoning_tokens",
            4_000,
            Decimal("0.1"),
            ("no rate of its own: billed as output_tokens",),
        ),
    ]
    assert bill.total == Decimal("3.95")


def test_the_whole_request_is_billed_in_its_context_band() -> None:
    usage = Usage.of({"input_tokens": 300_000, "cache_read_tokens": 200_000, "output_tokens": 1000})
    assert cost(GPT_5_5, usage, at=LAUNCH).total == Decimal("1.245")
    short = cost(GPT_5_5, usage, at=LAUNCH, context_tokens=1000)
    assert short.total == Decimal("0.63")


def test_the_hour_decides() -> None:
    usage = Usage.of({"input_tokens": 1_000_000})
    assert cost(V4_PRO_AUGUST, usage, at=MONDAY).total == Decimal("0.66")
    assert cost(V4_PRO_AUGUST, usage, at=minute_of_week(60)).total == Decimal("1.32")


def test_a_batch_bill_takes_batch_rates_and_says_where_it_could_not() -> None:
    usage = Usage.of({"input_tokens": 1_000_000, "cache_read_tokens": 1_000_000})
    bill = cost(OPUS_4_7, usage, at=LAUNCH, tier="batch")
    assert bill.total == Decimal("2.5")
    assert bill.lines[0].fallback_from == "cache_read_tokens"


def test_an_absent_batch_price_is_not_halved() -> None:
    usage = Usage.of({"input_tokens": 1_000_000})
    with pytest.raises(NotOnCard, match=r"tier: 'batch'.*standard"):
        cost(V4_PRO, usage, at=LAUNCH, tier="batch")
    bill = cost(V4_PRO, usage, at=LAUNCH, tier="batch", fallback="standard")
    assert bill.total == Decimal("1.74")
    assert bill.lines[0].notes == ("no rate for this tier: standard rate taken",)


def test_a_missing_band_is_said_on_the_line() -> None:
    card = RateCard(
        (
            rate("input_tokens", "5"),
            rate("cache_read_tokens", "0.5"),
            rate("input_tokens", "10", context_over=1000),
        )
    )
    usage = Usage.of({"input_tokens": 2000, "cache_read_tokens": 2000})
    notes = cost(card, usage, at=LAUNCH).lines[0].notes
    assert notes == ("no rate of its own over 1000 input tokens",)


@pytest.mark.parametrize("state", [PriceState.FREE, PriceState.INCLUDED])
def test_what_is_free_or_included_costs_nothing_and_says_so(state: PriceState) -> None:
    card = RateCard((stated("input_tokens", state), rate("output_tokens", "1")))
    bill = cost(card, Usage.of({"input_tokens": 10**6, "output_tokens": 10**6}), at=LAUNCH)
    assert [bill.lines[0].amount, bill.total] == [0, 1]
    assert bill.lines[0].notes == (f"{state}: nothing is charged",)


@pytest.mark.parametrize("state", [PriceState.DYNAMIC, PriceState.ON_REQUEST])
def test_a_price_that_is_no_figure_cannot_be_billed(state: PriceState) -> None:
    card = RateCard((stated("input_tokens", state),))
    with pytest.raises(NotBillable, match=f"input_tokens: its price is {state}"):
        cost(card, Usage.of({"input_tokens": 1}), at=LAUNCH)


def test_a_bill_is_in_one_currency() -> None:
    card = RateCard((rate("input_tokens", "5"), rate("input_tokens", "70", currency="DBU")))
    usage = Usage.of({"input_tokens": 1_000_000})
    assert cost(card, usage, at=LAUNCH).total == 5
    in_units = cost(card, usage, at=LAUNCH, currency="DBU")
    assert (in_units.total, in_units.currency) == (Decimal(70), "DBU")
    with pytest.raises(NotOnCard, match=r"currency: 'CNY'.*DBU, USD"):
        cost(card, Usage(), at=LAUNCH, currency="CNY")


def test_no_usage_costs_nothing() -> None:
    bill = cost(V4_PRO, Usage(), at=LAUNCH)
    assert not bill.lines
    assert bill.total == 0


def test_calls_and_items_are_billed_by_their_own_unit() -> None:
    card = RateCard((rate("web_searches", "10"), rate("output_images", "0.04")))
    usage = Usage.of({"web_searches": 3, "output_images": 2})
    assert cost(card, usage, at=LAUNCH).total == Decimal("0.11")


def test_the_blended_price_weighs_input_three_to_one() -> None:
    assert blended(Decimal(5), Decimal(30)) == Decimal("11.25")
    assert blended(Decimal(5), Decimal(30), ratio=1) == Decimal("17.5")
    assert blended(Decimal(5), Decimal(30), ratio=Decimal("0.25")) == Decimal(25)
    assert blended(Decimal(1), Decimal(2), ratio=2) == Decimal("1.33333333333")
    with pytest.raises(ValueError, match="ratio: -1"):
        blended(Decimal(1), Decimal(2), ratio=-1)


@pytest.mark.parametrize(
    ("card", "total"), [(GPT_5_5, "1100"), (V4_PRO, "243.6"), (V4_FLASH, "19.6")]
)
def test_a_month_of_100m_in_and_20m_out_at_launch(card: RateCard, total: str) -> None:
    usage = Usage.of({"input_tokens": 100_000_000, "output_tokens": 20_000_000})
    assert cost(card, usage, at=LAUNCH, context_tokens=0).total == Decimal(total)

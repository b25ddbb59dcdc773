from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pricing.hours import MINUTES_A_WEEK, Hours
from registry.pricing.partition import canonical_rates, refuse_overlaps
from registry.pricing.rate_card import RateCard, Request
from registry.pricing.rates import CardError, PriceState, Rate
from registry.pricing.terms import Terms
from tests.pricing.cards import (
    GPT_5_5,
    OFF_PEAK,
    PEAK,
    V4_PRO_AUGUST,
    amounts,
    minute_of_week,
    minutes,
    rate,
    stated,
)


@st.composite
def week_cards(draw: st.DrawFn) -> tuple[Rate, ...]:
    """Rates of one meter and a few bands: windows that do not overlap, with a base or without."""
    bands = draw(st.lists(st.sampled_from([100, 200]), unique=True, max_size=2))
    rates = []
    for over in (None, *bands):
        edges = sorted(draw(st.sets(minutes, max_size=6)) | {0})
        windows = list(zip(edges, [*edges[1:], MINUTES_A_WEEK], strict=True))
        prices = draw(st.lists(st.integers(1, 3), min_size=len(windows), max_size=len(windows)))
        by_price: dict[int, list[tuple[int, int]]] = {}
        for window, price in zip(windows, prices, strict=True):
            by_price.setdefault(price, []).append(window)
        left_out = draw(st.none() | st.sampled_from(sorted(by_price)))
        for price, ranges in by_price.items():
            if price != left_out:
                hours = Hours.of(ranges)
                rates.append(rate("input_tokens", str(price), context_over=over, hours=hours))
        if left_out is not None:
            rates.append(rate("input_tokens", str(left_out), context_over=over))
    return tuple(rates)


@given(week_cards(), minutes, st.sampled_from([50, 150, 250]))
def test_the_price_at_any_minute_is_unchanged(
    rates: tuple[Rate, ...], minute: int, length: int
) -> None:
    request = Request(at=minute_of_week(minute), input_tokens=length)
    before = RateCard(rates).pick("input_tokens", request).rate
    after = RateCard(canonical_rates(rates)).pick("input_tokens", request).rate
    assert (before.state, before.amount) == (after.state, after.amount)


@given(week_cards())
def test_the_canonical_form_of_a_canonical_card_is_itself(rates: tuple[Rate, ...]) -> None:
    canonical = canonical_rates(rates)
    assert canonical_rates(canonical) == canonical


@given(week_cards(), st.randoms())
def test_the_order_in_which_a_source_lists_its_rates_is_nothing(
    rates: tuple[Rate, ...], random: Random
) -> None:
    shuffled = list(rates)
    random.shuffle(shuffled)
    assert canonical_rates(shuffled) == canonical_rates(rates)


@given(week_cards())
def test_each_price_of_a_series_stands_once(rates: tuple[Rate, ...]) -> None:
    canonical = canonical_rates(rates)
    prices = [(r.terms.context_over, r.amount) for r in canonical]
    assert len(set(prices)) == len(prices)


def test_two_spellings_of_one_card_give_equal_rates() -> None:
    off_peak_windows_on_a_peak_price = [
        rate("input_tokens", "1.32"),
        rate("input_tokens", "0.66", hours=OFF_PEAK),
    ]
    both_named = [
        rate("input_tokens", "0.66", hours=OFF_PEAK),
        rate("input_tokens", "1.32", hours=PEAK),
    ]
    canonical = tuple(r for r in V4_PRO_AUGUST.rates if r.meter == "input_tokens")
    assert canonical_rates(off_peak_windows_on_a_peak_price) == canonical
    assert canonical_rates(both_named) == canonical


def test_of_two_equal_halves_the_dearer_price_names_no_hours() -> None:
    day, night = Hours.parse("00:00-12:00"), Hours.parse("12:00-24:00")
    rates = [rate("input_tokens", "1", hours=day), rate("input_tokens", "2", hours=night)]
    assert canonical_rates(rates) == (
        rate("input_tokens", "2"),
        rate("input_tokens", "1", hours=day),
    )


def test_windows_of_one_price_are_joined() -> None:
    rates = [
        rate("input_tokens", "1"),
        rate("input_tokens", "2", hours=Hours.parse("01:00-02:00")),
        rate("input_tokens", "2", hours=Hours.parse("02:00-03:00")),
    ]
    assert canonical_rates(rates)[1] == rate("input_tokens", "2", hours=Hours.parse("01:00-03:00"))


def test_one_price_all_week_names_no_hours() -> None:
    rates = [rate("input_tokens", "2", hours=PEAK), rate("input_tokens", "2", hours=OFF_PEAK)]
    assert canonical_rates(rates) == (rate("input_tokens", "2"),)


def test_free_hours_are_a_price_of_their_own() -> None:
    rates = [
        stated("input_tokens", PriceState.FREE, Terms(hours=OFF_PEAK)),
        rate("input_tokens", "2", hours=PEAK),
    ]
    assert [r.state for r in canonical_rates(rates)] == [PriceState.FREE, PriceState.PRICED]


def test_other_series_of_the_card_are_left_alone() -> None:
    rates = (*GPT_5_5.rates, rate("web_searches", "10"), rate("web_searches", "5", hours=OFF_PEAK))
    untouched = [r for r in canonical_rates(rates) if r.meter != "web_searches"]
    assert untouched == list(GPT_5_5.rates)


def test_a_long_context_that_names_only_its_peak_price_keeps_the_shorter_ones_price_off_peak() -> (
    None
):
    over = Terms(context_over=1000)
    rates = [
        rate("input_tokens", "1"),
        rate("input_tokens", "3", terms=replace(over, hours=PEAK)),
    ]
    assert canonical_rates(rates) == (
        rate("input_tokens", "1"),
        rate("input_tokens", "1", terms=over),
        rate("input_tokens", "3", terms=replace(over, hours=PEAK)),
    )


def test_minutes_without_a_rate_are_an_error_that_names_them() -> None:
    with pytest.raises(CardError, match=r"output_tokens tier=batch USD: no rate in 'mon-fri 00"):
        canonical_rates([rate("output_tokens", "1", tier="batch", hours=PEAK)])


def test_overlapping_windows_with_two_prices_are_an_error_that_names_both() -> None:
    rates = [
        rate("input_tokens", "9"),
        rate("input_tokens", "1", hours=Hours.parse("01:00-03:00")),
        rate("input_tokens", "2", hours=Hours.parse("02:00-04:00")),
    ]
    with pytest.raises(CardError, match=r"input_tokens hours=01:00-03:00 USD: 1, with 2 in"):
        canonical_rates(rates)
    with pytest.raises(CardError):
        RateCard(tuple(rates))


@given(amounts)
def test_overlapping_windows_with_one_price_are_none(amount: Decimal) -> None:
    refuse_overlaps(
        (
            rate("input_tokens", str(amount), hours=Hours.parse("01:00-03:00")),
            rate("input_tokens", str(amount), hours=Hours.parse("02:00-04:00")),
        )
    )

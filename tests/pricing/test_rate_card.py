from dataclasses import FrozenInstanceError
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from registry.pricing.hours import Hours
from registry.pricing.meters import UnknownMeter
from registry.pricing.rate_card import NotOnCard, Picked, RateCard, Request
from registry.pricing.rates import CardError
from registry.pricing.terms import Terms
from tests.pricing.cards import (
    GPT_5_5,
    LAUNCH,
    MONDAY,
    OPUS_4_7,
    V4_PRO,
    V4_PRO_AUGUST,
    rate,
)


def pick(card: RateCard, meter: str, **asked: object) -> Picked:
    return card.pick(meter, Request(**{"at": LAUNCH, **asked}))  # type: ignore[arg-type]


def refusal(card: RateCard, meter: str, **asked: object) -> tuple[str, object, tuple[str, ...]]:
    with pytest.raises(NotOnCard) as refused:
        pick(card, meter, **asked)
    return refused.value.field, refused.value.value, refused.value.available


def test_a_card_cannot_be_changed_and_has_one_rate_a_key() -> None:
    with pytest.raises(FrozenInstanceError):
        V4_PRO.rates = ()  # type: ignore[misc]
    with pytest.raises(CardError):
        RateCard((rate("input_tokens", "1"), rate("input_tokens", "2")))


@pytest.mark.parametrize(
    ("tokens", "amount"), [(0, 5), (1, 5), (272_000, 5), (272_001, 10), (10**9, 10)]
)
def test_the_context_band_begins_strictly_above_its_limit(tokens: int, amount: str) -> None:
    assert pick(GPT_5_5, "input_tokens", input_tokens=tokens).rate.amount == amount


def test_of_several_bands_the_longest_that_is_exceeded_holds() -> None:
    card = RateCard(
        (
            rate("input_tokens", "1"),
            rate("input_tokens", "2", context_over=100),
            rate("input_tokens", "3", context_over=200),
        )
    )
    amounts = [pick(card, "input_tokens", input_tokens=n).rate.amount for n in (100, 101, 200, 201)]
    assert amounts == [1, 2, 2, 3]


@pytest.mark.parametrize(
    ("minute", "amount"), [(59, "0.66"), (60, "1.32"), (239, "1.32"), (240, "0.66")]
)
def test_the_hours_are_those_of_the_moment_in_utc(minute: int, amount: str) -> None:
    at = MONDAY + timedelta(minutes=minute)
    assert pick(V4_PRO_AUGUST, "input_tokens", at=at).rate.amount == Decimal(amount)


def test_length_is_decided_before_hours() -> None:
    window = Hours.parse("00:00-24:00")
    card = RateCard(
        (
            rate("input_tokens", "1"),
            rate("input_tokens", "2", hours=window),
            rate("input_tokens", "3", context_over=100),
        )
    )
    assert pick(card, "input_tokens", input_tokens=101).rate.amount == 3


def test_a_part_without_a_rate_takes_that_of_its_whole_and_says_so() -> None:
    picked = pick(V4_PRO, "reasoning_tokens")
    assert (picked.rate.meter, picked.fallback_from) == ("output_tokens", "reasoning_tokens")
    twice_up = pick(V4_PRO, "cache_write_1h_tokens")
    assert (twice_up.rate.meter, twice_up.fallback_from) == (
        "input_tokens",
        "cache_write_1h_tokens",
    )
    assert pick(V4_PRO, "cache_read_tokens").fallback_from is None


def test_a_part_under_a_tier_that_only_its_whole_has_takes_the_wholes_rate_under_that_tier() -> (
    None
):
    picked = pick(OPUS_4_7, "cache_read_tokens", tier="batch")
    assert (picked.rate.meter, picked.rate.amount) == ("input_tokens", Decimal("2.5"))
    assert picked.fallback_from == "cache_read_tokens"
    assert picked.standard_for == ()


def test_the_standard_tier_may_be_named() -> None:
    assert pick(GPT_5_5, "input_tokens", tier="standard") == pick(GPT_5_5, "input_tokens")


def test_a_tier_that_the_card_lacks_is_not_guessed() -> None:
    assert refusal(V4_PRO, "input_tokens", tier="batch") == ("tier", "batch", ("standard",))
    assert refusal(GPT_5_5, "output_tokens", tier="ultrafast") == (
        "tier",
        "ultrafast",
        ("batch", "flex", "priority", "standard"),
    )


def test_a_tier_that_the_card_has_for_another_meter_is_not_guessed_either() -> None:
    card = RateCard((*GPT_5_5.rates, rate("web_searches", "10")))
    assert refusal(card, "web_searches", tier="batch") == ("tier", "batch", ("standard",))


def test_a_card_of_batch_rates_alone_has_no_standard_tier() -> None:
    card = RateCard((rate("input_tokens", "1", tier="batch"),))
    assert refusal(card, "input_tokens") == ("tier", "standard", ("batch",))
    assert refusal(card, "input_tokens", fallback="standard") == ("tier", "standard", ("batch",))


def test_the_standard_rate_is_taken_only_when_it_is_allowed_and_that_is_said() -> None:
    picked = pick(V4_PRO, "input_tokens", tier="batch", region="eu", fallback="standard")
    assert (picked.rate.amount, picked.standard_for) == (Decimal("1.74"), ("region", "tier"))


def test_a_region_that_the_card_lacks_is_not_guessed() -> None:
    card = RateCard((rate("input_tokens", "5"), rate("input_tokens", "5.5", region="eu")))
    assert pick(card, "input_tokens", region="eu").rate.amount == Decimal("5.5")
    assert refusal(card, "input_tokens", region="us") == ("region", "us", ("eu",))
    assert refusal(V4_PRO, "input_tokens", region="us") == ("region", "us", ())


def test_a_card_that_is_sold_by_region_alone_wants_the_region() -> None:
    card = RateCard((rate("input_tokens", "5.5", region="eu"),))
    assert refusal(card, "input_tokens") == ("region", None, ("eu",))


def test_terms_that_exist_apart_but_not_together_are_not_combined() -> None:
    card = RateCard(
        (
            rate("input_tokens", "5"),
            rate("input_tokens", "5.5", region="eu"),
            rate("input_tokens", "2.5", tier="batch"),
        )
    )
    field, value, available = refusal(card, "input_tokens", tier="batch", region="eu")
    assert (field, value) == ("terms", "tier=batch;region=eu")
    assert available == ("standard", "region=eu", "tier=batch")
    allowed = pick(card, "input_tokens", tier="batch", region="eu", fallback="standard")
    assert (allowed.rate.amount, allowed.standard_for) == (Decimal("2.5"), ("region",))


def test_a_variant_concerns_only_what_is_sold_by_variant() -> None:
    card = RateCard(
        (
            rate("input_tokens", "5"),
            rate("output_images", "0.04", variant="1024x1024/low"),
            rate("output_images", "0.17", variant="1024x1024/hd"),
        )
    )
    assert pick(card, "output_images", variant="1024x1024/hd").rate.amount == Decimal("0.17")
    assert pick(card, "input_tokens", variant="1024x1024/hd").rate.amount == 5
    both = ("1024x1024/hd", "1024x1024/low")
    assert refusal(card, "output_images", variant="4k") == ("variant", "4k", both)
    assert refusal(card, "input_tokens", variant="4k") == ("variant", "4k", both)
    assert refusal(card, "output_images") == ("variant", None, both)


def test_a_part_whose_rate_names_no_length_keeps_it_and_the_missing_band_is_said() -> None:
    card = RateCard(
        (
            rate("input_tokens", "5"),
            rate("cache_read_tokens", "0.5"),
            rate("input_tokens", "10", context_over=272_000),
            rate("web_searches", "10"),
        )
    )
    picked = pick(card, "cache_read_tokens", input_tokens=300_000)
    assert (picked.rate.amount, picked.no_band_over) == (Decimal("0.5"), 272_000)
    assert pick(card, "cache_read_tokens", input_tokens=272_000).no_band_over is None
    assert pick(card, "web_searches", input_tokens=300_000).no_band_over is None


def test_a_moment_that_no_window_covers_has_no_rate() -> None:
    card = RateCard((rate("input_tokens", "1", hours=Hours.parse("01:00-02:00")),))
    field, _, available = refusal(card, "input_tokens", at=MONDAY)
    assert (field, available) == ("terms", ("hours=01:00-02:00",))


def test_a_meter_or_currency_that_the_card_lacks_is_named_with_what_it_has() -> None:
    card = RateCard((rate("input_tokens", "1"), rate("output_tokens", "7", currency="CNY")))
    assert refusal(card, "output_tokens") == ("meter", "output_tokens", ("input_tokens",))
    assert refusal(card, "input_tokens", currency="DBU") == ("currency", "DBU", ("CNY", "USD"))
    with pytest.raises(UnknownMeter):
        pick(card, "tokens")


def test_an_empty_card_has_nothing() -> None:
    assert refusal(RateCard(()), "input_tokens") == ("currency", "USD", ())


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"at": datetime(2026, 4, 24)}, "at"),  # noqa: DTZ001
        ({"input_tokens": -1}, "input_tokens"),
        ({"fallback": "batch"}, "fallback"),
    ],
)
def test_a_request_that_cannot_be_is_refused_by_field(asked: dict[str, object], field: str) -> None:
    with pytest.raises(ValueError, match=f"^{field}: "):
        pick(V4_PRO, "input_tokens", **asked)


def test_rates_in_another_currency_are_never_picked() -> None:
    card = RateCard(
        (rate("input_tokens", "5"), rate("input_tokens", "71.4", terms=Terms(), currency="DBU"))
    )
    assert pick(card, "input_tokens", currency="DBU").rate.amount == Decimal("71.4")

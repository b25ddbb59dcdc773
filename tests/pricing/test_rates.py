from decimal import Decimal

import pytest

from registry.pricing.meters import UnknownMeter
from registry.pricing.rates import CardError, PriceState, Rate, RateError, in_card_order
from registry.pricing.terms import STANDARD, Terms
from tests.pricing.cards import rate


@pytest.mark.parametrize(
    ("state", "amount", "currency", "field"),
    [
        (PriceState.PRICED, None, "USD", "amount"),
        (PriceState.FREE, Decimal(1), "USD", "amount"),
        (PriceState.PRICED, Decimal(0), "USD", "amount"),
        (PriceState.PRICED, Decimal(-1), "USD", "amount"),
        (PriceState.PRICED, Decimal("NaN"), "USD", "amount"),
        (PriceState.PRICED, Decimal("Infinity"), "USD", "amount"),
        (PriceState.PRICED, Decimal("1.234567890123456"), "USD", "amount"),
        (PriceState.PRICED, Decimal(1), "usd", "currency"),
        (PriceState.PRICED, Decimal(1), "$", "currency"),
    ],
)
def test_a_rate_that_contradicts_itself_is_refused(
    state: PriceState, amount: Decimal | None, currency: str, field: str
) -> None:
    with pytest.raises(RateError) as refused:
        Rate("input_tokens", STANDARD, state, amount, currency)
    assert refused.value.field == field


def test_a_rate_of_an_unknown_meter_is_refused() -> None:
    with pytest.raises(UnknownMeter):
        rate("tokens", "1")


def test_zeros_at_the_end_do_not_count_as_digits() -> None:
    assert rate("input_tokens", "2.50000000000000000").amount == Decimal("2.5")


def test_a_providers_own_unit_is_a_currency() -> None:
    assert rate("input_tokens", "71.429", currency="DBU").key.currency == "DBU"


def test_the_order_of_a_card_is_meter_then_terms_then_currency() -> None:
    batch = Terms(tier="batch")
    expected = (
        rate("input_tokens", "1", currency="CNY"),
        rate("input_tokens", "1"),
        rate("input_tokens", "1", terms=batch),
        rate("output_tokens", "1"),
        rate("web_searches", "1"),
    )
    assert in_card_order(reversed(expected)) == expected


def test_two_rates_of_one_key_are_no_card() -> None:
    with pytest.raises(CardError, match=r"input_tokens tier=batch USD: 1 and 2"):
        in_card_order(
            [rate("input_tokens", "1", tier="batch"), rate("input_tokens", "2", tier="batch")]
        )

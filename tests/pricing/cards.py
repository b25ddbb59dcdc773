"""Cards that the pricing tests speak of, and strategies that draw others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from registry.pricing.hours import MINUTES_A_WEEK, Hours
from registry.pricing.meters import METERS
from registry.pricing.rate_card import RateCard
from registry.pricing.rates import PriceState, Rate
from registry.pricing.terms import STANDARD, TIERS, Terms

LAUNCH = datetime(2026, 4, 24, 12, tzinfo=UTC)
MONDAY = datetime(2026, 8, 17, tzinfo=UTC)
PEAK = Hours.parse("mon-fri 01:00-04:00,06:00-10:00")
OFF_PEAK = PEAK.complement()


def rate(
    meter: str, amount: str, *, terms: Terms = STANDARD, currency: str = "USD", **named: object
) -> Rate:
    """A priced rate; terms may be given by name."""
    terms = Terms(**named) if named else terms  # type: ignore[arg-type]
    return Rate(meter, terms, PriceState.PRICED, Decimal(amount), currency)


def stated(meter: str, state: PriceState, terms: Terms = STANDARD) -> Rate:
    """A rate without an amount: free, included, dynamic, on request."""
    return Rate(meter, terms, state, None, "USD")


def chat_rates(sent: str, cached: str, written: str, terms: Terms = STANDARD) -> tuple[Rate, ...]:
    """Input, cache read and output under the same terms."""
    return (
        rate("input_tokens", sent, terms=terms),
        rate("cache_read_tokens", cached, terms=terms),
        rate("output_tokens", written, terms=terms),
    )


def batch_rates(tier: str, sent: str, written: str) -> tuple[Rate, ...]:
    """Input and output under a tier that says nothing of cache reads."""
    return (
        rate("input_tokens", sent, tier=tier),
        rate("output_tokens", written, tier=tier),
    )


GPT_5_5 = RateCard(
    (
        *chat_rates("5", "0.5", "30"),
        *chat_rates("10", "1", "45", Terms(context_over=272_000)),
        *batch_rates("batch", "2.5", "15"),
        *batch_rates("flex", "2.5", "15"),
        *batch_rates("priority", "12.5", "75"),
    )
)
V4_PRO = RateCard(chat_rates("1.74", "0.145", "3.48"))
V4_FLASH = RateCard(chat_rates("0.14", "0.028", "0.28"))
V4_PRO_AUGUST = RateCard(
    (
        *chat_rates("0.66", "0.022", "1.98"),
        *chat_rates("1.32", "0.044", "3.96", Terms(hours=PEAK)),
    )
)
OPUS_4_7 = RateCard(
    (
        *chat_rates("5", "0.5", "25"),
        rate("cache_write_5m_tokens", "6.25"),
        rate("cache_write_1h_tokens", "10"),
        *batch_rates("batch", "2.5", "12.5"),
    )
)

minutes = st.integers(0, MINUTES_A_WEEK - 1)
amounts = st.integers(1, 10**9).map(lambda n: Decimal(n).scaleb(-4))
currencies = st.sampled_from(["USD", "CNY", "DBU"])
names = st.from_regex(r"[a-z0-9][a-z0-9._/+-]{0,12}", fullmatch=True)
week_ranges = st.tuples(st.integers(0, MINUTES_A_WEEK - 1), st.integers(1, MINUTES_A_WEEK)).filter(
    lambda pair: pair[0] != pair[1]
)
hours = st.lists(week_ranges, min_size=1, max_size=4).map(Hours.of)
terms = st.builds(
    Terms,
    context_over=st.none() | st.integers(1, 2_000_000),
    hours=st.none() | hours,
    region=st.none() | names,
    tier=st.none() | st.sampled_from(sorted(TIERS)),
    variant=st.none() | names,
)
rates = st.builds(
    Rate,
    meter=st.sampled_from(sorted(METERS)),
    terms=st.sampled_from([STANDARD, Terms(tier="batch"), Terms(context_over=1000)]),
    state=st.just(PriceState.PRICED),
    amount=amounts,
    currency=currencies,
)
cards = st.lists(rates, max_size=12, unique_by=lambda r: r.key).map(lambda r: RateCard(tuple(r)))
moments = st.integers(0, 3 * 365 * 86_400).map(
    lambda second: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
)


def minute_of_week(minute: int) -> datetime:
    """A moment in that minute of the UTC week."""
    return MONDAY + timedelta(minutes=minute, seconds=30)

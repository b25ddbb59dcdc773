from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pricing.rate_card import RateCard
from registry.pricing.rates import CardError
from registry.pricing.timeline import (
    Change,
    Changes,
    Start,
    TimelineError,
    apply,
    difference,
    periods,
    rate_at,
)
from tests.pricing.cards import LAUNCH, V4_FLASH, V4_PRO, amounts, cards, moments, rate

series = st.lists(
    st.builds(
        Start, moments, st.none() | amounts.map(lambda amount: rate("input_tokens", str(amount)))
    ),
    max_size=12,
    unique_by=lambda start: start.starts_at,
)


@given(series, moments)
def test_periods_partition_time(starts: list[Start], moment: datetime) -> None:
    spans = periods(starts)
    holding = [span for span in spans if span.holds(moment)]
    begun = any(start.starts_at <= moment for start in starts)
    assert len(holding) == (1 if begun else 0)
    assert [span.ends_at for span in spans] == [*(s.starts_at for s in spans[1:]), None][
        : len(spans)
    ]


@given(series, moments)
def test_the_rate_at_a_moment_equals_a_linear_scan(starts: list[Start], moment: datetime) -> None:
    latest = None
    for start in starts:
        if start.starts_at <= moment and (latest is None or start.starts_at > latest.starts_at):
            latest = start
    assert rate_at(starts, moment) == (latest.rate if latest else None)


@given(series, moments)
def test_the_rate_at_a_moment_is_that_of_its_period(starts: list[Start], moment: datetime) -> None:
    found = [span.rate for span in periods(starts) if span.holds(moment)]
    assert [rate_at(starts, moment)] == (found or [None])


def test_a_period_begins_with_its_start_and_ends_before_the_next() -> None:
    first, second = rate("input_tokens", "1.74"), rate("input_tokens", "0.435")
    later = LAUNCH + timedelta(days=30)
    starts = [Start(later, second), Start(LAUNCH, first)]
    assert rate_at(starts, LAUNCH - timedelta(microseconds=1)) is None
    assert rate_at(starts, LAUNCH) == first
    assert rate_at(starts, later - timedelta(microseconds=1)) == first
    assert rate_at(starts, later) == second


def test_a_withdrawn_rate_holds_no_more() -> None:
    starts = [
        Start(LAUNCH, rate("input_tokens", "1")),
        Start(LAUNCH + timedelta(days=1), None),
    ]
    assert rate_at(starts, LAUNCH + timedelta(days=2)) is None


@pytest.mark.parametrize(
    ("starts", "field"),
    [
        ([(LAUNCH, "input_tokens"), (LAUNCH, "input_tokens")], "starts_at"),
        ([(LAUNCH, "input_tokens"), (LAUNCH + timedelta(days=1), "output_tokens")], "rate"),
    ],
)
def test_starts_of_no_one_series_are_refused(
    starts: list[tuple[datetime, str]], field: str
) -> None:
    with pytest.raises(TimelineError) as refused:
        periods(Start(moment, rate(meter, "1")) for moment, meter in starts)
    assert refused.value.field == field


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 4, 24)  # noqa: DTZ001
    with pytest.raises(TimelineError, match="starts_at"):
        Start(naive, None)
    with pytest.raises(TimelineError, match="at"):
        rate_at([], naive)


@given(cards, cards)
def test_applying_the_difference_leads_from_one_card_to_the_other(
    before: RateCard, after: RateCard
) -> None:
    assert apply(difference(before, after), before) == after


@given(cards)
def test_equal_cards_have_no_difference(card: RateCard) -> None:
    assert not difference(card, RateCard(tuple(reversed(card.rates))))


def test_a_difference_names_what_came_changed_and_went() -> None:
    before = RateCard((rate("input_tokens", "1"), rate("output_tokens", "2")))
    after = RateCard((rate("input_tokens", "3"), rate("web_searches", "4")))
    assert difference(before, after) == Changes(
        added=(rate("web_searches", "4"),),
        changed=(Change(rate("input_tokens", "1"), rate("input_tokens", "3")),),
        withdrawn=(rate("output_tokens", "2"),),
    )


def test_a_figure_written_otherwise_is_no_change() -> None:
    plain, padded = rate("input_tokens", "2.5"), rate("input_tokens", "2.500")
    assert plain.amount is not None
    assert plain.amount.compare_total(Decimal("2.500")) != 0
    assert not difference(RateCard((plain,)), RateCard((padded,)))


def test_changes_made_for_another_card_are_refused() -> None:
    changes = difference(V4_PRO, V4_FLASH)
    with pytest.raises(CardError, match=r"0\.14 does not fit a card; expected 1\.74"):
        apply(changes, V4_FLASH)
    with pytest.raises(CardError, match="no rate does not fit"):
        apply(changes, RateCard(()))
    with pytest.raises(CardError, match="expected one rate a meter"):
        apply(Changes(added=V4_PRO.rates), V4_PRO)

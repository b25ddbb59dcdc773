"""What offers cost: filtered, told with its source, stale when its source is silent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from registry.ingest.models import Source
from registry.selectors.clocks import as_of
from registry.selectors.offers import offer
from registry.selectors.rate_cards import CardAt, RateFilter, rate_cards
from tests.ledger.saying import point, say

JUNE = datetime(2026, 6, 1, tzinfo=UTC)
FRESH = datetime(2026, 7, 1, tzinfo=UTC)
SILENT = datetime(2026, 12, 1, tzinfo=UTC)


def pro() -> int:
    return offer("deepseek", "deepseek-v4-pro").offer_id


def card(wanted: RateFilter | None = None, *, revision: int | None = None) -> CardAt:
    """The card in June, of the newest revision unless another is named."""
    return rate_cards([pro()], as_of(JUNE, revision), wanted)[pro()]


def told(found: CardAt) -> list[tuple[str, str]]:
    return [
        (f"{r.standing.meter} {r.standing.terms.key}".strip(), f"{r.standing.amount:f}")
        for r in found.rates
    ]


def statuses(found: CardAt) -> set[str]:
    return {rate.status for rate in found.rates}


@pytest.fixture
def wide_card(registry: None) -> None:
    """The card with a batch price, a long context, a region, a peak and a price in CNY beside."""
    say(
        point(pro(), "0.4", terms="tier=batch"),
        point(pro(), "1.8", terms="context_over=200000"),
        point(pro(), "0.9", terms="region=eu"),
        point(pro(), "1.7", terms="hours=mon-fri 01:00-04:00"),
        point(pro(), "6", currency="CNY"),
    )


def test_meters_stand_in_the_vocabularys_order(registry: None) -> None:
    assert told(card()) == [
        ("input_tokens", "0.87"),
        ("cache_read_tokens", "0.145"),
        ("output_tokens", "1.74"),
    ]


def test_of_one_meter_the_dollar_comes_first_and_the_plainest_terms(wide_card: None) -> None:
    inputs = [r.standing for r in card().rates if r.standing.meter == "input_tokens"]
    assert [(s.currency, s.terms.key) for s in inputs] == [
        ("USD", ""),
        ("USD", "context_over=200000"),
        ("USD", "hours=mon-fri 01:00-04:00"),
        ("USD", "region=eu"),
        ("USD", "tier=batch"),
        ("CNY", ""),
    ]


@pytest.mark.parametrize(
    ("wanted", "amounts"),
    [
        (RateFilter(tier="batch"), ["0.4"]),
        (RateFilter(region="eu"), ["0.9"]),
        (RateFilter(context_over=200_000), ["1.8"]),
        (RateFilter(currency="CNY"), ["6"]),
        (RateFilter(variant="1080p"), []),
        (RateFilter(tier="batch", currency="CNY"), []),
        (RateFilter(everyday=True, currency="USD"), ["0.87", "1.7", "0.145", "1.74"]),
        (RateFilter(tier="standard", context_over=0, region="eu"), ["0.9"]),
    ],
)
def test_only_the_rates_that_were_meant(
    wide_card: None, wanted: RateFilter, amounts: list[str]
) -> None:
    assert [amount for _, amount in told(card(wanted))] == amounts


def test_what_the_card_tells_apart_is_said_whatever_was_meant(wide_card: None) -> None:
    available = card(RateFilter(tier="batch")).available
    assert available.tiers == ("batch", "standard")
    assert available.regions == ("eu",)
    assert available.variants == ()
    assert available.currencies == ("CNY", "USD")
    assert available.context_over == (0, 200_000)


def test_a_rate_names_whose_word_it_is_and_a_curators_names_none(wide_card: None) -> None:
    assert {rate.source for rate in card(RateFilter(tier="standard", region=None)).rates} == {
        "llm-prices",
        None,
    }


def test_each_asked_offer_has_its_card_also_an_empty_one(registry: None) -> None:
    cards = rate_cards([pro()], as_of(datetime(2026, 1, 1, tzinfo=UTC)))
    assert cards[pro()].rates == ()
    assert rate_cards([], as_of()) == {}


def test_about_now_a_silent_sources_price_is_stale(registry: None) -> None:
    with time_machine.travel(FRESH, tick=False):
        assert statuses(rate_cards([pro()], as_of())[pro()]) == {"single"}
    with time_machine.travel(SILENT, tick=False):
        assert statuses(rate_cards([pro()], as_of())[pro()]) == {"stale"}


def test_about_a_moment_or_a_revision_the_stored_status_stands(registry: None) -> None:
    with time_machine.travel(SILENT, tick=False):
        assert statuses(rate_cards([pro()], as_of(at=JUNE))[pro()]) == {"single"}
        assert statuses(rate_cards([pro()], as_of(revision=2))[pro()]) == {"single"}


def test_a_source_of_which_no_time_is_known_is_not_stale(registry: None) -> None:
    Source.objects.update(fresh_until=None)
    with time_machine.travel(SILENT, tick=False):
        assert statuses(rate_cards([pro()], as_of())[pro()]) == {"single"}


def test_a_card_takes_two_statements(
    wide_card: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    one, moment = pro(), as_of()
    with django_assert_num_queries(2):
        rate_cards([one], moment)

"""An offer's series in the order of a card, as known at a revision."""

from __future__ import annotations

from registry.pricing.terms import STANDARD
from registry.selectors.clocks import as_of
from registry.selectors.history import SeriesFilter, history
from registry.selectors.offers import offer
from tests.ledger.saying import point, say


def pro() -> int:
    return offer("deepseek", "deepseek-v4-pro").offer_id


def test_series_stand_in_the_order_of_a_card(registry: None) -> None:
    say(point(pro(), "6", currency="CNY"), point(pro(), "0.4", terms="tier=batch"))
    keys = [one.key for one in history(pro(), as_of())]
    assert [(key.meter, key.currency, key.terms.key) for key in keys] == [
        ("input_tokens", "USD", ""),
        ("input_tokens", "USD", "tier=batch"),
        ("input_tokens", "CNY", ""),
        ("cache_read_tokens", "USD", ""),
        ("output_tokens", "USD", ""),
    ]


def test_periods_follow_each_other_from_the_oldest_on(registry: None) -> None:
    [series] = history(pro(), as_of(), SeriesFilter(meter="input_tokens"))
    first, second = series.periods
    assert first.ends_at == second.starts_at
    assert second.ends_at is None
    assert [str(period.standing.amount) for period in series.periods] == ["1.74", "0.87"]


def test_at_a_revision_only_what_was_published_by_then(registry: None) -> None:
    [series] = history(pro(), as_of(revision=1), SeriesFilter(meter="input_tokens"))
    assert [str(period.standing.amount) for period in series.periods] == ["1.74"]


def test_standard_terms_can_be_asked_for_alone(registry: None) -> None:
    say(point(pro(), "0.4", terms="tier=batch"))
    found = history(pro(), as_of(), SeriesFilter(meter="input_tokens", terms=STANDARD))
    assert [one.key.terms for one in found] == [STANDARD]

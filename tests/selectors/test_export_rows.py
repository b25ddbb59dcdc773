"""Rows for exports: what has a price at a moment, what it cost so far, in few statements."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from registry.selectors.clocks import as_of
from registry.selectors.export_rows import export_histories, export_rows, last_start
from registry.selectors.export_tables import TABLES

pytestmark = pytest.mark.usefixtures("registry")

MAY = datetime(2026, 5, 1, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


def test_a_row_has_the_offers_seller_and_its_rates_at_the_moment() -> None:
    for moment, sent in ((MAY, "1.74"), (JUNE, "0.87")):
        (row,) = export_rows(as_of(moment))
        assert (row.ref, row.seller.name_in("llm-prices")) == (
            "deepseek/deepseek-v4-pro",
            "deepseek",
        )
        assert row.rates[0].amount == Decimal(sent)


def test_what_a_revision_had_not_said_is_not_in_its_rows() -> None:
    (row,) = export_rows(as_of(JUNE, revision=1))
    assert row.rates[0].amount == Decimal("1.74")


def test_an_offer_without_a_price_yet_has_no_row() -> None:
    assert list(export_rows(as_of(datetime(2026, 1, 1, tzinfo=UTC)))) == []


def test_rows_of_one_provider_only() -> None:
    assert [row.seller.slug for row in export_rows(as_of(JUNE), provider="deepseek")] == [
        "deepseek"
    ]
    assert list(export_rows(as_of(JUNE), provider="openai")) == []


def test_a_seller_that_a_source_does_not_know_has_no_name_there() -> None:
    (row,) = export_rows(as_of(JUNE))
    assert row.seller.name_in("nobody") is None


def test_cards_so_far_in_the_order_of_time() -> None:
    ((_, cards),) = export_histories(as_of(JUNE), known_to="llm-prices")
    told = [(card.starts_at.date().isoformat(), str(card.rates[0].amount)) for card in cards]
    assert told == [("2026-04-24", "1.74"), ("2026-05-24", "0.87")]
    assert list(export_histories(as_of(JUNE), known_to="nobody")) == []


def test_prices_stay_from_the_last_start_on() -> None:
    assert last_start(as_of(MAY)) == datetime(2026, 4, 24, tzinfo=UTC)
    assert last_start(as_of(JUNE)) == datetime(2026, 5, 24, tzinfo=UTC)
    assert last_start(as_of(JUNE, revision=1)) == datetime(2026, 4, 24, tzinfo=UTC)


def test_reading_all_offers_takes_three_statements(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    moment = as_of(JUNE)
    with django_assert_num_queries(3):
        list(export_rows(moment))
    with django_assert_num_queries(3):
        list(export_histories(moment, known_to="llm-prices"))


def test_a_table_is_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for table in TABLES:
        with django_assert_num_queries(1):
            list(table.rows(2))

"""Everyday prices of a revision, read whole and read upon an earlier one: the same."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries

from registry.ledger.models import Revision
from registry.selectors import everyday
from registry.selectors.clocks import as_of
from registry.selectors.everyday import Prices, everyday_prices
from tests.pages.conftest import registry

__all__ = ["registry"]

pytestmark = pytest.mark.django_db


def _fields(prices: Prices) -> tuple[object, ...]:
    return prices.timelines, prices.by_hours, prices.otherwise, prices.turns


def _numbers() -> list[int]:
    return list(Revision.objects.order_by("number").values_list("number", flat=True))


def _read_whole(number: int) -> Prices:
    everyday.forget()
    return everyday_prices(as_of(revision=number))


def test_a_revision_read_upon_an_earlier_one_is_as_if_it_was_read_whole(registry: None) -> None:
    numbers = _numbers()
    whole = {number: _fields(_read_whole(number)) for number in numbers}
    assert len({repr(one) for one in whole.values()}) == len(numbers) > 2
    for first in numbers:
        everyday.forget()
        for number in numbers[numbers.index(first) :]:
            assert _fields(everyday_prices(as_of(revision=number))) == whole[number]


def test_an_older_revision_is_not_read_upon_a_newer_one(registry: None) -> None:
    first, *_, last = _numbers()
    whole = _fields(_read_whole(first))
    _read_whole(last)
    assert _fields(everyday_prices(as_of(revision=first))) == whole


def test_nothing_is_read_upon_a_history_that_is_not_this_one(registry: None) -> None:
    first, *_, last = _numbers()
    whole = _fields(_read_whole(last))
    _read_whole(first)
    # As if the process had read another database's first revision, of other prices.
    everyday._newest[0] = everyday._Read(
        first, "0" * 64, {}, frozenset(), Prices({}, {}, frozenset({-1}), ())
    )
    assert _fields(everyday_prices(as_of(revision=last))) == whole


def test_a_revision_that_is_held_costs_no_statement(
    registry: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first, *_, last = _numbers()
    old, new = as_of(revision=first), as_of(revision=last)
    everyday.forget()
    with django_assert_num_queries(2):
        everyday_prices(old)
    with django_assert_num_queries(3):
        everyday_prices(new)
    with django_assert_num_queries(0):
        everyday_prices(old)
        everyday_prices(new)

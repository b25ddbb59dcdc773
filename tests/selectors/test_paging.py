"""Pages of a list: together they are the list, whatever their size."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from registry.catalog.models import Offer, Provider
from registry.selectors.offers import OfferRow, offers
from registry.selectors.ordering import Key
from registry.selectors.paging import Page
from registry.selectors.revisions import RevisionRow, revisions

NAMES = ["a", "a/b", "a:b", "b", "b@1", "c", "z"]


@pytest.fixture
def catalogue(db: None) -> None:
    """Two providers that sell under the same seven ids."""
    for slug in ("one", "two"):
        provider = Provider.objects.create(slug=slug, name=slug)
        Offer.objects.bulk_create(
            Offer(provider=provider, provider_model_id=name) for name in NAMES
        )


def walked(page: Callable[[Key | None], Page[OfferRow]]) -> list[str]:
    """The rows of every page, one after the other."""
    rows: list[str] = []
    found = page(None)
    while True:
        rows += [row.ref for row in found.rows]
        if found.next is None:
            return rows
        found = page(found.next)


@pytest.mark.parametrize("limit", [1, 2, 7, 13, 14, 15, 500])
def test_pages_together_are_the_list(catalogue: None, limit: int) -> None:
    whole = [row.ref for row in offers(limit=500).rows]
    assert len(whole) == len(set(whole)) == 2 * len(NAMES)
    assert walked(lambda key: offers(after=key, limit=limit)) == whole


def test_a_page_is_never_longer_than_asked(catalogue: None) -> None:
    assert len(offers(limit=3).rows) == 3


def test_the_last_page_says_that_it_is_the_last(catalogue: None) -> None:
    assert offers(limit=14).next is None
    assert offers(limit=13).next == ("id", "two", "c")


def test_a_key_of_a_row_that_is_gone_still_tells_where_to_go_on(catalogue: None) -> None:
    gone = offers(limit=3).next
    Offer.objects.get(provider__slug="one", provider_model_id="a:b").delete()
    assert [row.ref for row in offers(after=gone, limit=1).rows] == ["one/b"]


def test_newest_first_goes_on_downwards(registry: None) -> None:
    page: Page[RevisionRow] = revisions(limit=1)
    assert ([row.number for row in page.rows], page.next) == ([2], ("-number", 2))
    page = revisions(after=page.next, limit=1)
    assert ([row.number for row in page.rows], page.next) == ([1], None)

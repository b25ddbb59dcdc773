"""Both clocks of a read: given, or the present."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from registry.ledger.chain import GENESIS
from registry.ledger.models import Revision
from registry.selectors.clocks import RevisionNotOut, as_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
EARLIER = datetime(2026, 4, 25, tzinfo=UTC)


@time_machine.travel(NOW, tick=False)
def test_nothing_given_is_the_present(registry: None) -> None:
    found = as_of()
    assert (found.at, found.number, found.pinned_revision) == (NOW, 2, None)
    assert found.hash == Revision.objects.get(number=2).hash
    assert found.is_about_now
    assert not found.is_pinned


def test_both_given_is_pinned(registry: None) -> None:
    found = as_of(EARLIER, 1)
    assert (found.at, found.number, found.pinned_revision) == (EARLIER, 1, 1)
    assert found.hash == Revision.objects.get(number=1).hash
    assert found.is_pinned
    assert not found.is_about_now


@pytest.mark.parametrize(("at", "revision"), [(EARLIER, None), (None, 1)])
def test_one_given_is_neither_pinned_nor_about_now(
    registry: None, at: datetime | None, revision: int | None
) -> None:
    found = as_of(at, revision)
    assert not found.is_pinned
    assert not found.is_about_now


def test_the_newest_revision_can_be_pinned_too(registry: None) -> None:
    assert as_of(EARLIER, 2).pinned_revision == 2


def test_a_revision_that_is_not_out_is_refused(registry: None) -> None:
    with pytest.raises(RevisionNotOut, match="3 is not published; the newest is 2"):
        as_of(revision=3)


def test_an_empty_registry_is_at_the_chains_beginning(db: None) -> None:
    found = as_of()
    assert (found.number, found.hash) == (0, GENESIS)
    with pytest.raises(RevisionNotOut):
        as_of(revision=1)


def test_it_takes_one_statement_for_an_older_revision_too(
    registry: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        as_of(EARLIER)
    with django_assert_num_queries(1):
        assert as_of(EARLIER, 1).number == 1

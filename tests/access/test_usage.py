"""What keys asked is counted by day, and written apart from the answers."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError

from registry.access.keys import issue
from registry.access.models import KeyUse
from registry.access.usage import UsageCounter

TODAY, TOMORROW = date(2026, 6, 1), date(2026, 6, 2)

pytestmark = pytest.mark.django_db


@pytest.fixture
def counter() -> UsageCounter:
    return UsageCounter()


@pytest.fixture
def key_id() -> int:
    return int(issue("a router", ["read"], by="admin")[0].pk)


def written() -> dict[date, int]:
    return dict(KeyUse.objects.values_list("day", "requests"))


def test_requests_are_summed_by_day(counter: UsageCounter, key_id: int) -> None:
    for day in (TODAY, TODAY, TOMORROW):
        counter.count(key_id, day)
    assert written() == {}
    counter.write()
    counter.count(key_id, TODAY)
    counter.write()
    assert written() == {TODAY: 3, TOMORROW: 1}


def test_what_cannot_be_written_is_kept(
    counter: UsageCounter, key_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.count(key_id, TODAY)

    def locked(*args: object, **kwargs: object) -> None:
        raise DatabaseError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(KeyUse.objects, "get_or_create", locked)
        counter.write()
    counter.count(key_id, TODAY)
    counter.write()
    assert written() == {TODAY: 2}

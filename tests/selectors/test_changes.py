"""The feed of changes: in the order of publication, each with what was said before it."""

from __future__ import annotations

import pytest

from registry.ledger.models import PricePoint
from registry.selectors.changes import ChangeFilter, PriceChange, changes
from registry.selectors.feed import after_revision
from registry.selectors.offers import offer
from tests.ledger.saying import day, point, say

CORRECTED = {"cause": PricePoint.Cause.CORRECTED}


def pro() -> int:
    return offer("deepseek", "deepseek-v4-pro").offer_id


def step(change: PriceChange) -> tuple[str, str | None, str | None]:
    """Meter, amount before and amount now."""
    before = None if change.before is None else change.before.amount
    now = change.now.amount
    return (
        change.meter,
        None if before is None else f"{before:f}",
        None if now is None else f"{now:f}",
    )


def test_a_first_price_has_nothing_before_it_and_a_repricing_has_the_old_price(
    registry: None,
) -> None:
    found = changes(limit=10).rows
    assert [step(one) for one in found if one.meter == "input_tokens"] == [
        ("input_tokens", None, "1.74"),
        ("input_tokens", "1.74", "0.87"),
    ]
    assert [one.cause for one in found if one.meter == "input_tokens"] == ["first_seen", "repriced"]
    assert {one.source for one in found} == {"llm-prices"}


def test_what_follows_a_revision_is_all_that_came_after_it(registry: None) -> None:
    later = changes(ChangeFilter(after=after_revision(1)), limit=10).rows
    assert {one.revision for one in later} == {2}
    assert {one.meter for one in later} == {"input_tokens", "output_tokens"}


def test_newest_first_is_the_same_feed_backwards(registry: None) -> None:
    forwards = changes(limit=10).rows
    assert changes(newest_first=True, limit=10).rows == forwards[::-1]


def test_a_correction_of_a_start_shows_what_the_same_start_had_said(registry: None) -> None:
    [start] = [one for one in changes(limit=10).rows if one.revision == 1 and "input" in one.meter]
    say(point(pro(), "1.7", starts=start.starts_at, **CORRECTED))
    assert step(changes(newest_first=True, limit=1).rows[0]) == ("input_tokens", "1.74", "1.7")


def test_after_a_retraction_the_price_before_it_is_what_was_said(registry: None) -> None:
    say(point(pro(), "9", starts=day(26), currency="EUR"))
    say(point(pro(), "8", starts=day(27), currency="EUR"))
    retracted = {"state": PricePoint.State.RETRACTED, "cause": PricePoint.Cause.CANCELLED}
    say(point(pro(), None, starts=day(27), currency="EUR", **retracted))
    say(point(pro(), "7", starts=day(28), currency="EUR"))
    feed = changes(ChangeFilter(currency="EUR"), limit=10).rows
    assert [step(one)[1:] for one in feed] == [(None, "9"), ("9", "8"), ("8", None), ("9", "7")]


def test_filters_leave_the_others_out(registry: None) -> None:
    say(point(pro(), "0.4", terms="tier=batch"))
    assert all(not one.terms.key for one in changes(ChangeFilter(everyday=True), limit=99).rows)
    assert changes(ChangeFilter(provider="openai"), limit=9).rows == ()
    assert changes(ChangeFilter(model=("openai", "deepseek-v4-pro")), limit=9).rows == ()
    assert len(changes(ChangeFilter(first_seen=False), limit=9).rows) == 2


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 7, 50])
@pytest.mark.parametrize("newest_first", [False, True])
def test_pages_of_any_size_make_up_the_feed(registry: None, limit: int, newest_first: bool) -> None:
    for amount in ("1", "2", "3"):
        say(point(pro(), amount), point(pro(), amount, starts=day(26)))
    seen: list[PriceChange] = []
    while page := changes(
        after=seen[-1].key if seen else None, newest_first=newest_first, limit=limit
    ).rows:
        seen += page
    keys = [one.key for one in seen]
    assert keys == sorted(set(keys), reverse=newest_first)
    assert len(keys) == PricePoint.objects.count()

"""Slots: whoever looks at a moment comes to the same one, and failures are tried again in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.ingest.schedule import (
    FIRST_PAUSE,
    TRIES_WHEN_LOST,
    Attempt,
    Slot,
    next_due,
    slot_at,
)

DAY = timedelta(hours=24)
NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)
SLOT = Slot(datetime(2026, 4, 24, 6, tzinfo=UTC), datetime(2026, 4, 25, 6, tzinfo=UTC))

moments = st.timedeltas(timedelta(days=-2000), timedelta(days=5000)).map(NOON.__add__)
names = st.text(min_size=1, max_size=30)
intervals = st.integers(1, 24 * 14).map(lambda hours: timedelta(hours=hours))


@given(moment=moments, name=names, interval=intervals)
def test_a_moment_lies_in_its_slot_which_is_as_long_as_the_interval(
    moment: datetime, name: str, interval: timedelta
) -> None:
    slot = slot_at(moment, name=name, interval=interval)
    assert slot.starts_at <= moment < slot.ends_at
    assert slot.ends_at - slot.starts_at == interval


@given(moment=moments, name=names, interval=intervals, percent=st.integers(0, 99))
def test_all_moments_of_a_slot_agree_on_it_and_the_next_begins_where_it_ends(
    moment: datetime, name: str, interval: timedelta, percent: int
) -> None:
    slot = slot_at(moment, name=name, interval=interval)
    assert slot_at(slot.starts_at + interval * percent / 100, name=name, interval=interval) == slot
    following = slot_at(slot.ends_at, name=name, interval=interval)
    assert following.starts_at == slot.ends_at
    assert following.text != slot.text


def test_slots_are_named_by_their_start() -> None:
    assert SLOT.text == "due:2026-04-24T06:00Z"


def test_addresses_do_not_all_begin_at_once() -> None:
    starts = {slot_at(NOON, name=f"source-{n}", interval=DAY).starts_at for n in range(50)}
    assert len(starts) > 40


def test_a_slot_that_nobody_has_run_is_due_since_its_start() -> None:
    assert next_due(SLOT, None) == SLOT.starts_at


def test_a_slot_that_is_done_or_under_way_is_due_when_the_next_begins() -> None:
    assert next_due(SLOT, Attempt(number=1, ended_at=NOON)) == SLOT.ends_at
    assert next_due(SLOT, Attempt(number=1, ended_at=None)) == SLOT.ends_at


@pytest.mark.parametrize(("number", "pauses"), [(1, 1), (2, 2), (3, 4), (4, 8)])
def test_every_further_failure_doubles_the_pause(number: int, pauses: int) -> None:
    attempt = Attempt(number=number, ended_at=NOON, failed=True)
    assert next_due(SLOT, attempt) == NOON + pauses * FIRST_PAUSE


@pytest.mark.parametrize("number", [8, 70, 7000])
def test_no_pause_outlasts_the_slot(number: int) -> None:
    attempt = Attempt(number=number, ended_at=NOON, failed=True)
    assert next_due(SLOT, attempt) == SLOT.ends_at


def test_a_lost_worker_is_replaced_at_once_but_not_for_ever() -> None:
    def due_after(number: int) -> datetime:
        return next_due(SLOT, Attempt(number=number, ended_at=NOON, failed=True, lost=True))

    assert [due_after(n) == NOON for n in range(1, TRIES_WHEN_LOST)] == [True, True]
    assert due_after(TRIES_WHEN_LOST) > NOON

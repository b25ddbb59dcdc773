"""One address asked: what becomes of every kind of answer, and of a worker that died."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from registry.catalog.models import Offer
from registry.curation.models import Review
from registry.ingest.models import Claim, Run, Snapshot, Source, SourceEntry
from registry.ingest.runs import open_run
from registry.ingest.timetable import due
from registry.ledger.asof import rates_at
from registry.ledger.models import Revision
from registry.pipeline import refresh as refreshing
from registry.pipeline.attendance import attend
from registry.pipeline.courier import Courier
from registry.pipeline.refresh import refresh, release_abandoned
from tests.pipeline.upstreams import Upstreams, price_list

NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)
PRICES = {"deepseek-v4-flash": ("0.14", "0.28"), "deepseek-v4-pro": ("1.74", "3.48")}

NewCourier = Callable[[], Courier]


def taken(source: Source, carrier: Courier, slot: str = "due:1") -> Run:
    """The run that refreshing the source's only part came to."""
    run = refresh(source, "", slot=slot, courier=carrier)
    assert run is not None
    run.refresh_from_db()
    return run


@contextmanager
def somebody_at(source: Source) -> Iterator[None]:
    """Another process at the source's part: a thread, with a connection and files of its own."""
    arrived, leave = threading.Event(), threading.Event()

    def work() -> None:
        with attend(source, ""):
            arrived.set()
            leave.wait()
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    arrived.wait()
    try:
        yield
    finally:
        leave.set()
        worker.join()


def input_price(model: str) -> Decimal | None:
    offer = Offer.objects.get(provider_model_id=model)
    standings = rates_at([offer.pk], at=timezone.now())[offer.pk]
    return next(s.amount for s in standings if s.meter == "input_tokens")


def test_a_body_that_is_new_is_published(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES), changed_at=NOON)
    run = taken(feed, new_courier())
    assert (run.outcome, run.attempts, run.fault) == (Run.Outcome.PUBLISHED, 1, "")
    assert run.address == upstreams.url("/prices.json")
    assert run.etag == upstreams.pages["/prices.json"].etag
    assert run.last_modified == "Fri, 24 Apr 2026 12:00:00 GMT"
    assert input_price("deepseek-v4-pro") == Decimal("1.74")


def test_a_slot_is_done_once(feed: Source, upstreams: Upstreams, new_courier: NewCourier) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    taken(feed, new_courier())
    assert refresh(feed, "", slot="due:1", courier=new_courier()) is None
    assert upstreams.asked == ["/prices.json"]


def test_a_body_that_has_not_changed_is_not_sent_again_and_freshness_moves_on(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    with time_machine.travel(NOON):
        taken(feed, new_courier(), "due:1")
    with time_machine.travel(NOON + timedelta(days=1)):
        run = taken(feed, new_courier(), "due:2")
    assert upstreams.told == [200, 304]
    assert run.outcome == Run.Outcome.UNCHANGED
    assert run.etag == upstreams.pages["/prices.json"].etag
    assert run.snapshot == Snapshot.objects.get()
    feed.refresh_from_db()
    assert feed.fresh_until is not None
    assert feed.fresh_until.date() == (NOON + timedelta(days=3)).date()
    assert {entry.last_run for entry in SourceEntry.objects.all()} == {run}
    assert Revision.objects.count() == 1


def test_what_was_taken_from_another_address_is_not_asked_after(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    upstreams.serves("/moved.json", price_list(PRICES))
    taken(feed, new_courier(), "due:1")
    feed.addresses = {"": upstreams.url("/moved.json")}
    run = taken(feed, new_courier(), "due:2")
    assert upstreams.told == [200, 200]
    assert run.outcome == Run.Outcome.UNCHANGED


@pytest.mark.parametrize(("status", "fault"), [(404, "unexpected_status"), (503, "server_failed")])
def test_a_host_that_does_not_answer_fails_by_name_and_what_stands_stays(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier, status: int, fault: str
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    taken(feed, new_courier(), "due:1")
    upstreams.fails("/prices.json", status)
    run = taken(feed, new_courier(), "due:2")
    assert (run.outcome, run.fault) == (Run.Outcome.FAILED, fault)
    assert str(status) in run.detail
    assert run.finished_at is not None
    assert input_price("deepseek-v4-pro") == Decimal("1.74")


def test_a_slot_that_failed_is_tried_again_in_the_same_row(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.fails("/prices.json", 404)
    first = taken(feed, new_courier())
    upstreams.serves("/prices.json", price_list(PRICES))
    second = taken(feed, new_courier())
    assert second == first
    assert (second.outcome, second.attempts) == (Run.Outcome.PUBLISHED, 2)
    assert (second.fault, second.detail) == ("", "")


@pytest.mark.parametrize(
    ("title", "fault"), [("Just a moment...", "blocked"), ("Page not found", "wrong_page")]
)
def test_another_page_in_its_place_is_rejected(
    page: Source, upstreams: Upstreams, new_courier: NewCourier, title: str, fault: str
) -> None:
    body = f"<html><head><title>{title}</title></head></html>".encode()
    upstreams.serves("/pricing", body, content_type="text/html")
    run = taken(page, new_courier())
    assert (run.outcome, run.fault) == (Run.Outcome.REJECTED, fault)
    assert not Claim.objects.exists()


def test_a_body_that_the_parser_refuses_is_rejected_and_kept(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", b'{"prices": []}')
    run = taken(feed, new_courier())
    assert (run.outcome, run.fault) == (Run.Outcome.REJECTED, "no_rows")
    assert run.snapshot is not None


def test_a_body_over_the_sources_cap_fails(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    feed.size_cap = 50
    run = taken(feed, new_courier())
    assert (run.outcome, run.fault) == (Run.Outcome.FAILED, "too_large")


def test_a_body_older_than_the_one_taken_is_held_once(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES), changed_at=NOON)
    taken(feed, new_courier(), "due:1")
    older = price_list(PRICES | {"deepseek-v4-pro": ("2.00", "3.48")})
    upstreams.serves("/prices.json", older, changed_at=NOON - timedelta(days=1))
    for slot in ("due:2", "due:3"):
        run = taken(feed, new_courier(), slot)
        assert (run.outcome, run.fault) == (Run.Outcome.HELD, "rolled_back")
    assert input_price("deepseek-v4-pro") == Decimal("1.74")
    assert Review.objects.get().reason == "rolled_back"


def test_equal_bytes_are_unchanged_whatever_date_a_cache_gives_them(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES), changed_at=NOON)
    taken(feed, new_courier(), "due:1")
    Run.objects.update(etag="")
    earlier = NOON - timedelta(days=1)
    upstreams.serves("/prices.json", price_list(PRICES), changed_at=earlier)
    assert taken(feed, new_courier(), "due:2").outcome == Run.Outcome.UNCHANGED


def test_a_body_known_only_by_its_digest_is_read_when_it_comes(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    """The catalogue brings runs and digests, but neither bytes nor entries."""
    body = price_list(PRICES)
    upstreams.serves("/prices.json", body)
    taken(feed, new_courier(), "catalogue:1")
    SourceEntry.objects.all().delete()
    Snapshot.objects.update(content=None)
    Run.objects.update(etag="", last_modified="")
    run = taken(feed, new_courier(), "due:1")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert SourceEntry.objects.count() == len(PRICES)
    assert Snapshot.objects.get().content is not None


def test_a_fault_of_ours_is_written_on_the_run_and_raised(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("ours")

    monkeypatch.setattr("registry.pipeline.stages.resolve", broken)
    with pytest.raises(ZeroDivisionError):
        refresh(feed, "", slot="due:1", courier=new_courier())
    run = Run.objects.get()
    assert (run.outcome, run.fault, run.detail) == (Run.Outcome.FAILED, "ZeroDivisionError", "ours")
    assert not Claim.objects.exists()


def test_a_validator_that_is_too_long_to_keep_is_not_kept_in_half(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier, monkeypatch: pytest.MonkeyPatch
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    monkeypatch.setattr("tests.pipeline.upstreams.Page.etag", f'"{"e" * 300}"')
    run = taken(feed, new_courier())
    assert (run.outcome, run.etag) == (Run.Outcome.PUBLISHED, "")


@pytest.mark.django_db(transaction=True)
def test_nobody_asks_an_address_that_somebody_is_at(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    with somebody_at(feed):
        assert refresh(feed, "", slot="due:1", courier=new_courier()) is None
    assert upstreams.asked == []
    assert taken(feed, new_courier()).outcome == Run.Outcome.PUBLISHED


@pytest.mark.django_db(transaction=True)
def test_a_run_that_nobody_attends_to_is_released_and_due_at_once(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    [stop] = due(timezone.now())
    slot = stop.slot.text
    left = open_run(feed, part="", slot=slot, at=timezone.now(), address="")
    assert left is not None
    assert due(timezone.now()) == ()
    with somebody_at(feed):
        assert release_abandoned() == []
    assert release_abandoned() == [left]
    left.refresh_from_db()
    assert (left.outcome, left.fault) == (Run.Outcome.FAILED, Run.WORKER_LOST)
    assert [again.slot.text for again in due(timezone.now())] == [slot]
    upstreams.serves("/prices.json", price_list(PRICES))
    assert taken(feed, new_courier(), slot).outcome == Run.Outcome.PUBLISHED


def test_a_person_may_ask_again_within_a_slot(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    [stop] = due(timezone.now())
    first = refreshing.slot_on_request(stop)
    assert first == stop.slot.text
    taken(feed, new_courier(), first)
    second = refreshing.slot_on_request(stop)
    assert second.startswith("asked:")
    assert taken(feed, new_courier(), second).outcome == Run.Outcome.UNCHANGED

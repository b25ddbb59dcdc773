"""Workers killed at every stage, with a real broker and a real server of databases.

Whatever the point: nothing is half-written when the worker is gone, and the next one brings the
same history about as if nothing had happened, once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from registry.catalog.models import Offer
from registry.ingest.models import Claim, Run, Source, SourceEntry
from registry.ingest.timetable import slot_of
from registry.ledger.models import PricePoint, Revision
from registry.ledger.verification import verify
from registry.pipeline.celery import TICK_SECONDS
from tests.pipeline.deaths import POINTS
from tests.pipeline.upstreams import Upstreams, price_list

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.django_db(transaction=True),
]

ROOT = Path(__file__).resolve().parents[2]
PRICES = {"deepseek-v4-flash": ("0.14", "0.28"), "deepseek-v4-pro": ("1.74", "3.48")}
POINTS_OF_PRICES = 4
PICKED_UP_WITHIN = 60
"""Seconds in which the work of a worker that died must be done by another."""

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def start(tmp_path: Path, run_dir: Path) -> Iterator[Start]:
    """Starts a worker with its clock, which dies at a named point or never; none outlives the test.

    All workers of a test share a queue that no other test uses.
    """
    workers: list[subprocess.Popen[bytes]] = []
    queue = f"test-{uuid.uuid4().hex}"

    def begin(
        *, dies: str = "", pool: str = "solo", tick: float = 1.0, concurrency: int = 1
    ) -> subprocess.Popen[bytes]:
        number = len(workers)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.pipeline.worker_settings",
            "WORKER_DATABASE": connection.settings_dict["NAME"],
            "WORKER_RUN_DIR": str(run_dir),
            "WORKER_QUEUE": queue,
            "WORKER_DIES": dies,
            "WORKER_TICK": str(tick),
            "WORKER_DEATH": str(tmp_path / "death"),
        }
        command = [
            sys.executable, "-m", "celery", "--app", "tests.pipeline.mortal", "worker",
            "--beat", "--schedule", str(tmp_path / f"beat-{number}"), "--pool", pool,
            "--concurrency", str(concurrency), "--hostname", f"{queue}-{number}@%h",
            "--without-gossip", "--without-mingle",
        ]  # fmt: skip
        with (tmp_path / f"worker-{number}.log").open("wb") as log:
            worker = subprocess.Popen(  # noqa: S603  # every word of it is ours
                command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        workers.append(worker)
        return worker

    yield begin
    for worker in workers:
        # A worker that killed itself leaves its clock behind: the whole group goes.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


def wait_until_done(slot: str, source: Source | None = None) -> Run:
    """The run of the slot, once it has ended well."""
    deadline = time.monotonic() + PICKED_UP_WITHIN
    while time.monotonic() < deadline:
        runs = Run.objects.filter(slot=slot)
        run = (runs.filter(source=source) if source else runs).first()
        if run is not None and run.outcome in (Run.Outcome.PUBLISHED, Run.Outcome.UNCHANGED):
            return run
        time.sleep(0.2)
    states = list(Run.objects.values_list("slot", "outcome", "fault", "detail"))
    raise AssertionError(f"{slot} was not done within {PICKED_UP_WITHIN} s: {states}")


def assert_the_history_is_whole(run: Run) -> None:
    """Every price of the body stands once, in one revision, with its claim and its entry."""
    assert list(Run.objects.all()) == [run]
    assert run.snapshot is not None
    assert Revision.objects.count() == 1
    assert PricePoint.objects.count() == POINTS_OF_PRICES
    assert Claim.objects.count() == SourceEntry.objects.count() == len(PRICES)
    assert {entry.last_run_id for entry in SourceEntry.objects.all()} == {run.pk}
    assert verify().ok


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_workers_run_is_whole_and_done_once_by_the_next(
    point: str, feed: Source, upstreams: Upstreams, start: Start
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    killed = start(dies=point)
    assert killed.wait(timeout=PICKED_UP_WITHIN) == -signal.SIGKILL
    left = Run.objects.get()
    if point == "after the commit":
        assert left.outcome == Run.Outcome.PUBLISHED
        assert_the_history_is_whole(left)
    else:
        assert left.outcome == Run.Outcome.RUNNING
        for written in (Revision, PricePoint, Claim, SourceEntry):
            assert not written._default_manager.exists()
    start()
    done = wait_until_done(left.slot)
    assert_the_history_is_whole(done)
    assert done.attempts == (1 if point == "after the commit" else 2)


def test_the_clock_as_it_is_set_picks_a_run_up_in_time(
    feed: Source, upstreams: Upstreams, start: Start
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    start(dies="after the claims").wait(timeout=PICKED_UP_WITHIN)
    start(tick=TICK_SECONDS)
    assert_the_history_is_whole(wait_until_done(Run.objects.get().slot))


def test_a_pool_replaces_a_killed_child_and_its_errand_goes_on(
    feed: Source, upstreams: Upstreams, start: Start
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    start(dies="before the commit", pool="prefork")
    done = wait_until_done(slot_of(feed, "", timezone.now()).text)
    assert done.attempts == 2
    assert_the_history_is_whole(done)


def test_two_workers_do_a_slot_once(feed: Source, upstreams: Upstreams, start: Start) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    start()
    start()
    done = wait_until_done(slot_of(feed, "", timezone.now()).text)
    assert done.attempts == 1
    assert upstreams.asked == ["/prices.json"]
    assert_the_history_is_whole(done)


def test_workers_that_take_the_same_offers_at_once_take_turns(
    feed: Source, upstreams: Upstreams, start: Start
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    feeds = [feed]
    for number in range(5):
        slug = f"example-{number}"
        feeds.append(
            Source.objects.create(
                slug=slug, name=slug, parser="llm_prices", addresses=feed.addresses, trust=50
            )
        )
    start(pool="prefork", concurrency=3)
    for source in feeds:
        wait_until_done(slot_of(source, "", timezone.now()).text, source=source)
    assert {run.attempts for run in Run.objects.all()} == {1}
    assert Claim.objects.count() == len(feeds) * len(PRICES)
    assert Offer.objects.count() == len(PRICES)
    assert verify().ok

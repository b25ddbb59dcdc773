"""Tasks and the process that does their work where there is no broker."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from registry.ingest.models import Run, Source
from registry.ingest.runs import open_run
from registry.ingest.timetable import due, slot_of
from registry.pipeline import tasks
from registry.pipeline.attendance import attend
from registry.pipeline.celery import app
from registry.pipeline.courier import Courier, courier
from tests.pipeline.upstreams import Upstreams, price_list

ROOT = Path(__file__).resolve().parents[2]
PRICES = {"deepseek-v4-pro": ("1.74", "3.48")}


@pytest.fixture
def at_once(new_courier: Callable[[], Courier], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages are worked off where they are sent."""
    monkeypatch.setattr(tasks, "courier", new_courier)
    before = app.conf.task_always_eager
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager, app.conf.task_eager_propagates = before, False


def test_a_tick_starts_what_is_due_and_another_finds_it_done(
    at_once: None, feed: Source, upstreams: Upstreams
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    tasks.tick.delay()
    tasks.tick.delay()
    assert Run.objects.get().outcome == Run.Outcome.PUBLISHED
    assert upstreams.asked == ["/prices.json"]


def test_a_message_that_comes_twice_is_done_once(
    at_once: None, feed: Source, upstreams: Upstreams
) -> None:
    upstreams.serves("/prices.json", price_list(PRICES))
    slot = slot_of(feed, "", timezone.now()).text
    for _ in range(2):
        tasks.refresh_part.delay(source_id=feed.pk, part="", slot=slot)
    assert upstreams.asked == ["/prices.json"]


def test_a_sweep_releases_what_a_dead_worker_left(feed: Source) -> None:
    slot = slot_of(feed, "", timezone.now()).text
    open_run(feed, part="", slot=slot, at=timezone.now(), address="")
    tasks.sweep()
    assert Run.objects.get().fault == Run.WORKER_LOST
    assert [stop.slot.text for stop in due(timezone.now())] == [slot]


def test_without_a_contact_a_tick_asks_nobody(
    feed: Source, upstreams: Upstreams, settings: Settings
) -> None:
    settings.CONTACT = ""
    courier.cache_clear()
    tasks.tick()
    assert upstreams.asked == []
    assert not Run.objects.exists()


def test_an_inactive_source_is_not_due(feed: Source) -> None:
    Source.objects.update(active=False)
    assert due(timezone.now()) == ()


@pytest.mark.django_db(transaction=True)
def test_a_waiting_worker_takes_its_turn_when_the_other_is_done(run_dir: Path) -> None:
    source = Source(slug="example")
    done: list[str] = []

    def second() -> None:
        with attend(source, "", wait=True) as alone:
            done.append(f"second {alone}")
        connection.close()

    with attend(source, ""):
        waiting = threading.Thread(target=second)
        waiting.start()
        done.append("first")
    waiting.join()
    assert done == ["first", "second True"]


def test_the_keeper_of_a_server_ends_with_it(tmp_path: Path) -> None:
    """As `.ci/serve` starts it: a child of the process whose place the server takes."""
    folder = {"RATECARD_DATA_DIR": str(tmp_path), "RATECARD_CONTACT": "prices@registry.example"}
    environment = {k: v for k, v in os.environ.items() if k not in ("DATABASE_URL", "REDIS_URL")}
    environment |= folder
    manage = f"{sys.executable} manage.py"
    keeper = (
        "from registry.pipeline.management.commands import keep_fresh as k; "
        "k.sync_sources = lambda: print('keeping', flush=True); "
        "k.round_of = lambda *_: None; "
        "import django.core.management as m; m.call_command('keep_fresh', with_parent=True); "
        "print('ended', flush=True)"
    )
    script = f'{manage} shell --no-imports -c "{keeper}" & exec sleep 600'
    server = subprocess.Popen(  # noqa: S603  # every word of it is ours
        ["/bin/bash", "-c", script],
        cwd=ROOT, env=environment, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert server.stdout is not None
    try:
        assert server.stdout.readline() == b"keeping\n"
        server.kill()
        assert server.stdout.readline() == b"ended\n"
    finally:
        server.kill()
        server.wait()
        server.stdout.close()

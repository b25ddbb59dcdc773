"""Keeps a registry fresh in one process, where there is no broker."""

from __future__ import annotations

import os
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections
from django.utils import timezone

from registry.ingest.sources import sync_sources
from registry.ingest.timetable import due
from registry.pipeline.announce import announce
from registry.pipeline.bulk import keep_bulk
from registry.pipeline.courier import ContactMissing, Courier, courier
from registry.pipeline.refresh import refresh, release_abandoned

log = structlog.get_logger(__name__)

TICK_SECONDS = 60


class Command(BaseCommand):
    help = (
        "Asks every source when it is due, until it is stopped. Where REDIS_URL is set, workers do."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-parent", action="store_true", help="stop when the process that started it does"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.ENVIRONMENT.redis_url:
            self.stdout.write("Prices are kept fresh by workers, as REDIS_URL is set.")
            return
        try:
            carrier = courier()
        except ContactMissing as missing:
            self.stdout.write(f"Prices are not refreshed: {missing}")
            return
        except ValueError as error:
            raise CommandError(str(error)) from error
        stopped = _stopped_by_signals()
        if options["with_parent"]:
            _stop_with_parent(stopped)
        sync_sources()
        while not stopped.is_set():
            round_of(carrier, stopped)
            _attempt("announcing failed", lambda: announce(carrier.settings, stopped))
            _attempt("bulk files failed", keep_bulk)
            close_old_connections()
            stopped.wait(TICK_SECONDS)


def round_of(carrier: Courier, stopped: threading.Event) -> None:
    """One tick: what was left undone, then everything due, until it is stopped.

    A fault of one source, even of ours, is logged and leaves the others their turn.
    """
    try:
        release_abandoned()
        stops = due(timezone.now())
    except Exception:
        log.exception("tick failed")
        stops = ()
    for stop in stops:
        if stopped.is_set():
            break
        try:
            run = refresh(stop.source, stop.part, slot=stop.slot.text, courier=carrier)
        except Exception:
            log.exception("refresh failed", source=stop.name)
        else:
            if run is not None:
                log.info("taken", source=stop.name, outcome=run.outcome, fault=run.fault)


def _attempt(failure: str, work: Callable[[], object]) -> None:
    """A fault of ours is logged and leaves the next round."""
    try:
        work()
    except Exception:
        log.exception(failure)


def _stopped_by_signals() -> threading.Event:
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def _stop_with_parent(stopped: threading.Event) -> None:
    parent = os.getppid()

    def watch() -> None:
        while not stopped.wait(1):
            if os.getppid() != parent:
                stopped.set()

    threading.Thread(target=watch, name="parent", daemon=True).start()

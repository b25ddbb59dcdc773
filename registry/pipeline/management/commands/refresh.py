"""Asks sources for what they say now."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from registry.ingest.models import Run
from registry.ingest.sources import sync_sources
from registry.ingest.timetable import Stop, name_of, timetable
from registry.pipeline.courier import ContactMissing, Courier, courier
from registry.pipeline.refresh import refresh, release_abandoned, slot_on_request

TROUBLE = (Run.Outcome.FAILED, Run.Outcome.REJECTED)


class Command(BaseCommand):
    help = (
        "Fetches sources now, each address politely and conditionally, and takes what changed "
        "through the pipeline. Ends with 1 when an address gave nothing that could be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="*", help="slugs of sources")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--all", action="store_true", help="every active source")
        which.add_argument("--due", action="store_true", help="what the schedule would ask now")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            carrier = courier()
        except (ContactMissing, ValueError) as error:
            raise CommandError(str(error)) from error
        sync_sources()
        release_abandoned()
        stops = _chosen(options["source"], everything=options["all"], due=options["due"])
        console = Console()
        runs, broken = _refresh(stops, carrier, console)
        console.print(_summary(runs, untouched=len(stops) - len(runs) - len(broken)))
        for fault in (*(_told(run) for run in runs if run.fault), *broken):
            console.print(fault, markup=False)
        if broken or any(run.outcome in TROUBLE for run in runs):
            sys.exit(1)


def _chosen(slugs: list[str], *, everything: bool, due: bool) -> list[Stop]:
    if bool(slugs) == (everything or due):
        raise CommandError("source: name the sources to ask, or say --due or --all")
    now = timezone.now()
    stops = timetable(now)
    unknown = set(slugs) - {stop.source.slug for stop in stops}
    if unknown:
        known = ", ".join(sorted({stop.source.slug for stop in stops}))
        named = ", ".join(sorted(unknown))
        raise CommandError(f"source: {named!r} has no address to ask; expected some of {known}")
    if due:
        return [stop for stop in stops if stop.due_at <= now]
    return [stop for stop in stops if everything or stop.source.slug in slugs]


def _refresh(stops: list[Stop], carrier: Courier, console: Console) -> tuple[list[Run], list[str]]:
    """The runs, and the faults of ours by name: one of them does not end the round."""
    runs, broken = [], []
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(stops))
        for stop in stops:
            progress.update(task, description=stop.name)
            try:
                run = refresh(stop.source, stop.part, slot=slot_on_request(stop), courier=carrier)
            except Exception as error:
                broken.append(f"{stop.name}: {type(error).__name__}: {error}")
            else:
                runs += [run] if run else []
            progress.advance(task)
    return runs, broken


def _summary(runs: list[Run], *, untouched: int) -> Table:
    others = f", {untouched} being asked by another process" if untouched else ""
    table = Table(title=f"{len(runs)} addresses asked{others}", box=SIMPLE_HEAD, pad_edge=False)
    for name in ("source", "outcome", "entries", "changed", "points", "scores", "kept", "why"):
        table.add_column(name, no_wrap=True)
    for run in runs:
        counts = (
            str(run.counts.get(name, ""))
            for name in ("entries", "changed", "points", "scores", "kept")
        )
        table.add_row(name_of(run.source, run.part), run.outcome, *counts, run.fault)
    return table


def _told(run: Run) -> str:
    return f"{name_of(run.source, run.part)}: {run.detail}"

"""Random faults in real bodies: how many of them would be served."""

from __future__ import annotations

import random
from argparse import ArgumentParser
from collections import Counter, defaultdict
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import nullcontext
from decimal import Decimal
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import django
from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from registry.ingest.sources import sync_sources
from registry.ledger.scratch import scratch_database
from registry.pipeline.archive import Recording, recordings
from registry.pipeline.faults.documents import LAYOUTS
from registry.pipeline.faults.kinds import IN_A_ROW, IN_A_STRETCH, IN_ALL
from registry.pipeline.faults.trial import Trial
from registry.pipeline.faults.verdicts import Outcome, Verdict
from registry.pipeline.stages import process

_CAUGHT = (Outcome.HELD, Outcome.REJECTED, Outcome.RUN_REFUSED, Outcome.UNHEEDED)


class Command(BaseCommand):
    """Replays the recordings; after each of a feed, tries it again with faults put in."""

    help = (
        "Puts random faults into real recordings of the six feeds and takes them through the "
        "pipeline beside what stood on their day, on a scratch database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--count", type=int, default=10_000, help="faults to try")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--standing",
            action="store_true",
            help="in each feed's last recording alone, beside the database as `replay` has left it",
        )
        parser.add_argument(
            "--first-seen",
            action="store_true",
            help="only in rows that nobody has said before, beside the model's other providers",
        )
        parser.add_argument("--misses", type=int, default=30, help="how many misses to list")

    def handle(self, *args: Any, **options: Any) -> None:
        todo = recordings(options["directory"])
        if not any(recording.source.slug in LAYOUTS for recording in todo):
            raise CommandError(
                f"directory: {str(options['directory'])!r} holds no recording of a feed"
            )
        if options["count"] < 1:
            raise CommandError(f"count: {options['count']}; expected at least 1")
        console = Console()
        standing: bool = options["standing"]
        if standing:
            todo = [recording for recording in todo if recording.next_at is None]
        with nullcontext() if standing else scratch_database():
            if not standing:
                sync_sources()
            verdicts = _trials(
                todo,
                options["count"],
                options["seed"],
                console,
                first_seen=options["first_seen"],
                standing=standing,
            )
        console.print(_table(verdicts))
        console.print(_summary(verdicts))
        misses = [verdict for verdict in verdicts if verdict.outcome is Outcome.SERVED]
        for miss in sorted(misses, key=lambda miss: -miss.factor)[: options["misses"]]:
            rows = ", ".join(miss.fault.rows[:3])
            console.print(
                f"{miss.fault.kind}: {rows}: {'; '.join(miss.served[:3])}",
                soft_wrap=True,
                markup=False,
            )


def _trials(
    todo: list[Recording],
    count: int,
    seed: int,
    console: Console,
    *,
    first_seen: bool,
    standing: bool,
) -> list[Verdict]:
    """Replays in this process and judges in others, one recording a task."""
    rng = random.Random(seed)  # noqa: S311 - the same faults for a seed
    shares = _shares(todo, count, rng)
    seeds = [rng.getrandbits(32) for _ in todo]
    verdicts: list[Verdict] = []
    columns = (TextColumn("{task.description:<38}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    workers = ProcessPoolExecutor(mp_context=get_context("spawn"), initializer=django.setup)
    with workers, Progress(*columns, console=console) as progress:
        replayed = progress.add_task("", total=len(todo))
        tried = progress.add_task("faults tried", total=count)
        waited: list[Future[list[Verdict]]] = []
        for place, recording in enumerate(todo):
            name = "/".join(filter(None, (recording.source.slug, recording.part)))
            progress.update(replayed, description=f"{recording.at:%Y-%m-%d} {name}", advance=1)
            if not standing:
                process(recording.delivery())
            trial = Trial.of(recording, first_seen=first_seen) if shares[place] else None
            if trial is not None:
                waited.append(workers.submit(trial.verdicts, shares[place], seeds[place]))
        for task in waited:
            verdicts += task.result()
            progress.update(tried, completed=len(verdicts))
    return verdicts


def _shares(todo: list[Recording], count: int, rng: random.Random) -> Counter[int]:
    """How many faults each recording gets: even over feeds, and over their recordings."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, recording in enumerate(todo):
        if recording.source.slug in LAYOUTS:
            places[recording.source.slug].append(place)
    feeds = sorted(places)
    return Counter(rng.choice(places[rng.choice(feeds)]) for _ in range(count))


def _table(verdicts: list[Verdict]) -> Table:
    table = Table(title=f"{len(verdicts):,} faults by what became of them")
    table.add_column("fault")
    for outcome in Outcome:
        table.add_column(str(outcome), justify="right")
    by_kind = Counter((verdict.fault.kind, verdict.outcome) for verdict in verdicts)
    for kind in (*IN_A_ROW, *IN_A_STRETCH, *IN_ALL):
        table.add_row(kind, *(f"{by_kind[kind, outcome]:,}" for outcome in Outcome))
    totals = Counter(verdict.outcome for verdict in verdicts)
    table.add_section()
    table.add_row("all", *(f"{totals[outcome]:,}" for outcome in Outcome))
    return table


def _summary(verdicts: list[Verdict]) -> str:
    """The share that was caught; what another source says too is no fault, and counts as none.

    And the share of those that had an effect: a fault in a word that better voices overrule has
    none, and shows nothing of what holds faults back.
    """
    judged = [verdict for verdict in verdicts if verdict.outcome is not Outcome.SAID_ELSEWHERE]
    caught = sum(verdict.outcome in _CAUGHT for verdict in judged)
    heeded = [verdict for verdict in judged if verdict.outcome is not Outcome.UNHEEDED]
    held = sum(verdict.outcome in _CAUGHT for verdict in heeded)
    tenfold = sum(v.outcome is Outcome.SERVED and v.factor >= Decimal(10) for v in judged)
    return (
        f"{caught:,} of {len(judged):,} were not served: {caught / max(len(judged), 1):.2%}; "
        f"{held:,} of the {len(heeded):,} that had an effect: {held / max(len(heeded), 1):.2%}; "
        f"served with a step of x10 or more: {tenfold}"
    )

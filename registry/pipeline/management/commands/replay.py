"""Takes dated snapshots through the pipeline in date order, as if each had come on its day."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from registry.ingest.models import Run
from registry.ingest.sources import sync_sources
from registry.pipeline.archive import Recording, recordings
from registry.pipeline.stages import process


class Command(BaseCommand):
    help = (
        "Replays a directory of dated snapshots (<source>/<YYYY-MM-DD>/<file>). It can be stopped "
        "and run again: what was taken before is passed over."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)
        parser.add_argument("--source", action="append", help="only this source (repeatable)")

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        if not directory.is_dir():
            raise CommandError(f"directory: {str(directory)!r} is not there; expected a directory")
        sync_sources()
        wanted = options["source"]
        todo = [r for r in recordings(directory) if not wanted or r.source.slug in wanted]
        if not todo:
            raise CommandError(
                f"directory: {str(directory)!r} holds no recording of a known source"
            )
        console = Console()
        runs = _replay(todo, console)
        console.print(_summary(runs, passed_over=len(todo) - len(runs)))


def _replay(todo: list[Recording], console: Console) -> list[Run]:
    runs = []
    columns = (TextColumn("{task.description:<38}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(todo))
        for recording in todo:
            name = "/".join(filter(None, (recording.source.slug, recording.part)))
            progress.update(task, description=f"{recording.at:%Y-%m-%d} {name}")
            run = process(recording.delivery())
            if run is not None:
                runs.append(run)
            progress.advance(task)
    return runs


def _summary(runs: list[Run], *, passed_over: int) -> Table:
    table = Table(title=f"{len(runs)} runs, {passed_over} taken before")
    for name in (
        "date",
        "source",
        "outcome",
        "entries",
        "changed",
        "points",
        "scores",
        "kept",
        "detail",
    ):
        table.add_column(name)
    for run in runs:
        counts = (
            str(run.counts.get(name, ""))
            for name in ("entries", "changed", "points", "scores", "kept")
        )
        source = "/".join(filter(None, (run.source.slug, run.part)))
        table.add_row(f"{run.at:%Y-%m-%d}", source, run.outcome, *counts, run.detail[:60])
    return table

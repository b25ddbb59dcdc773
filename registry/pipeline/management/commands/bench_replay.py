"""What it costs to build the whole history from recordings, and to find nothing new in them."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from rich.console import Console
from rich.table import Table

from registry.ingest.sources import sync_sources
from registry.ledger.asof import head
from registry.ledger.models import PricePoint
from registry.ledger.scratch import scratch_database
from registry.pipeline.archive import Recording, recordings
from registry.pipeline.measuring import peak_memory, timed
from registry.pipeline.stages import process


class Command(BaseCommand):
    """Prints the time of a whole replay, and of the same replay once more."""

    help = "Measures replaying a directory of dated snapshots into an empty scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        todo = recordings(directory)
        if not todo:
            raise CommandError(
                f"directory: {str(directory)!r} holds no recording of a known source"
            )
        shown = Table(title=f"{len(todo)} recordings on {connection.vendor}")
        for heading in ("replay", "wall, s", "processor, s", "runs", "points", "head"):
            shown.add_column(heading, justify="right")
        with scratch_database():
            sync_sources()
            for name in ("first", "again"):
                replay = timed(lambda: _replay(todo))
                points, newest = f"{PricePoint.objects.count():,}", head()
                found = (str(replay.result), points, f"{newest.number} {newest.hash[:12]}")
                shown.add_row(name, *replay.cells, *found)
        shown.caption = peak_memory()
        Console(width=100).print(shown)


def _replay(todo: list[Recording]) -> int:
    """How many of the recordings were not taken before."""
    return sum(process(recording.delivery()) is not None for recording in todo)

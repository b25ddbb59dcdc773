"""What it costs to fill an empty registry from the bundled catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from rich.console import Console
from rich.table import Table

from registry.ingest.sources import sync_sources
from registry.ledger.asof import head
from registry.ledger.scratch import scratch_database
from registry.pipeline.bundle.format import CATALOG_DIR
from registry.pipeline.bundle.load import load_catalog
from registry.pipeline.measuring import peak_memory, timed


class Command(BaseCommand):
    """Prints the time of publishing the bundled history."""

    help = "Measures loading the bundled catalogue into an empty scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="directory", type=Path, default=CATALOG_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        size = sum(path.stat().st_size for path in directory.rglob("*.json"))
        with scratch_database():
            sync_sources()
            loading = timed(lambda: load_catalog(directory))
            revisions = head().number
        shown = Table(title=f"The catalogue, {size:,} bytes, on {connection.vendor}")
        for heading in ("wall, s", "processor, s", "points", "revisions"):
            shown.add_column(heading, justify="right")
        shown.add_row(*loading.cells, f"{loading.result:,}", str(revisions))
        shown.caption = peak_memory()
        Console(width=100).print(shown)

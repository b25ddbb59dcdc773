"""Writes the published history as the bundled catalogue."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import Progress

from registry.catalog.models import Provider
from registry.pipeline.bundle.dump import dump_catalog
from registry.pipeline.bundle.format import CATALOG_DIR


class Command(BaseCommand):
    help = "Writes every published price and score with its source, date and address as text files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, default=CATALOG_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["to"]
        console = Console()
        with Progress(console=console) as progress:
            task = progress.add_task("Writing", total=Provider.objects.count())
            dump_catalog(directory, advance=lambda: progress.advance(task))
        files = [path for path in directory.rglob("*.json") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        console.print(f"{len(files)} files, {size / 1_000_000:.1f} MB in {directory.name}/")

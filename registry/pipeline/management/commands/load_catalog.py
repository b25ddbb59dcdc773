"""Publishes the bundled catalogue into an empty registry."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from registry.ingest.sources import sync_sources
from registry.ledger.asof import head
from registry.pipeline.bundle.format import CATALOG_DIR, read_index
from registry.pipeline.bundle.load import load_catalog
from registry.pipeline.bundle.text import BundleError


class Command(BaseCommand):
    help = "Publishes the bundled catalogue; a registry that has a history already is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="directory", type=Path, default=CATALOG_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        directory: Path = options["directory"]
        console = Console()
        if head().number:
            console.print(f"The registry is at revision {head().number}; the catalogue is loaded.")
            return
        sync_sources()
        try:
            total = len(list((directory / "offers").glob("*.json")))
            total += len(read_index(directory).revisions)
            with Progress(console=console) as progress:
                task = progress.add_task("Loading the catalogue", total=total)
                points = load_catalog(directory, advance=lambda: progress.advance(task))
        except BundleError as error:
            raise CommandError(str(error)) from error
        console.print(f"{points:,} points published in {head().number} revisions.")

"""Shows what a parser reads in a saved body."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from registry.curation.voices import card_of
from registry.ingest.intake import parser_of
from registry.pipeline.figures import figures_of, names_of
from scrapers.catalog import SOURCES
from scrapers.claims import Claim as Said
from scrapers.claims import OfferClaim, PageError


class Command(BaseCommand):
    help = (
        "Parses a saved page and prints its claims: every rate as it is read, every finding by "
        "name. Nothing is stored. For whoever writes a parser."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="a source's slug, or a module of scrapers.sources")
        parser.add_argument("file", type=Path)
        parser.add_argument("--part", default="", help="which of the source's addresses it is from")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        claims = _read(options["name"], path, options["part"])
        console = Console()
        if not claims:
            raise CommandError(f"file: {path.name!r} holds no claim; expected at least one")
        for claim in claims:
            console.print(_table(claim))
        console.print(f"{len(claims)} claims")


def _read(name: str, path: Path, part: str) -> list[Said]:
    parser_name = next((spec.parser for spec in SOURCES if spec.slug == name), name)
    try:
        parser = parser_of(parser_name)
    except ModuleNotFoundError as error:
        known = ", ".join(sorted(spec.slug for spec in SOURCES))
        raise CommandError(f"name: {name!r} is no source; expected one of {known}") from error
    try:
        body = path.read_bytes()
    except OSError as error:
        raise CommandError(f"file: {str(path)!r} cannot be read: {error.strerror}") from error
    try:
        return [claim for entry in parser.split(body, part) for claim in parser.read(entry)]
    except PageError as error:
        raise CommandError(f"file: {path.name!r} is refused: {error}") from error


def _table(claim: Said) -> Table:
    table = Table(title=": ".join(filter(None, names_of(claim))), title_justify="left")
    table.add_column("figure", min_width=32, overflow="fold")
    table.add_column("read as", overflow="fold")
    for figure in figures_of(claim):
        table.add_row(figure.series, figure.shown)
    if isinstance(claim, OfferClaim):
        for finding in card_of([claim], read_at=timezone.now()).findings:
            table.add_row(f"[red]{finding.reason}[/red]", str(finding))
    return table

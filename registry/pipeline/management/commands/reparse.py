"""Reads kept bodies again with today's parsers."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from registry.ingest.models import Run, Source
from registry.ingest.runs import GOOD
from registry.pipeline.figures import Difference
from registry.pipeline.reread import KeptBody, kept_bodies
from scrapers.claims import PageError


class Command(BaseCommand):
    help = (
        "Reads the newest kept body of each address with today's parser and shows which figures "
        "come out differently. Nothing is written without --publish."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="*", help="slugs of sources (all active ones)")
        parser.add_argument("--publish", action="store_true", help="take what is shown as said")
        parser.add_argument("--limit", type=int, default=200, help="how many figures to list (200)")

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console()
        refused = False
        for kept in kept_bodies(_chosen(options["source"])):
            try:
                found = kept.differences()
            except PageError as error:
                refused = True
                console.print(f"{kept.name}: refused now: {error}", style="red", markup=False)
                continue
            if not found:
                console.print(f"{kept.name}: the same figures")
                continue
            console.print(_table(kept, found, limit=options["limit"]))
            if options["publish"]:
                refused |= not _published(kept, console)
        if refused:
            sys.exit(1)


def _chosen(slugs: list[str]) -> list[Source]:
    sources = {source.slug: source for source in Source.objects.filter(active=True)}
    unknown = sorted(set(slugs) - sources.keys())
    if unknown:
        known = ", ".join(sorted(sources))
        raise CommandError(f"source: {', '.join(unknown)!r} is not known; expected some of {known}")
    return [sources[slug] for slug in slugs or sorted(sources)]


def _table(kept: KeptBody, found: list[Difference], *, limit: int) -> Table:
    table = Table(title=f"{kept.name} as of {kept.run.at:%Y-%m-%d %H:%M}: {len(found)} figures")
    for name in ("", "provider", "model", "figure", "before", "now"):
        table.add_column(name, overflow="fold")
    for one in found[:limit]:
        table.add_row(one.kind, one.provider, one.model_id, one.series, one.before, one.after)
    if len(found) > limit:
        table.caption = f"and {len(found) - limit} more"
    return table


def _published(kept: KeptBody, console: Console) -> bool:
    run = kept.publish()
    if run is None:
        return False
    counts = ", ".join(f"{number} {name}" for name, number in run.counts.items())
    console.print(f"{kept.name}: {Run.Outcome(run.outcome).label} ({counts}) {run.detail}")
    return run.outcome in GOOD

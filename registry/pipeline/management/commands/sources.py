"""Shows how fresh each source is."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from registry.selectors.freshness import AddressFreshness, SourceFreshness, freshness

_COLUMNS = ("source", "trust", "last tried", "last good", "next due", "stale", "rows")
_PIPED_WIDTH = 130


class Command(BaseCommand):
    help = "Lists every source: trust, last tried, last good, next due, staleness, rows, last run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--parts", action="store_true", help="one line for each address")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        sources = freshness(now)
        stale = sum(source.stale for source in sources)
        title = f"{len(sources)} sources, {stale} stale, {now:%Y-%m-%d %H:%M} UTC"
        table = Table(title=title, box=SIMPLE_HEAD, pad_edge=False)
        for name in _COLUMNS:
            table.add_column(
                name, justify="right" if name in ("trust", "rows") else "left", no_wrap=True
            )
        table.add_column("last run", overflow="fold")
        for source in sources:
            table.add_row(*_of_source(source, now))
            if options["parts"] and len(source.addresses) > 1:
                for address in source.addresses:
                    table.add_row(*_of_address(address, now))
        console = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)
        console.print(table)
        for source in sources:
            for address in source.failing:
                name = "/".join(filter(None, (source.slug, address.part)))
                console.print(f"{name}: {address.detail}", markup=False)


def _of_source(source: SourceFreshness, now: datetime) -> tuple[str, ...]:
    return (
        source.slug,
        str(source.trust),
        _moment(source.tried_at),
        _moment(source.seen_at),
        _due(source.due_at, now),
        "stale" if source.stale else "",
        str(source.rows),
        _last_run(source),
    )


def _last_run(source: SourceFreshness) -> str:
    """The outcome of the last run; of several addresses first those whose last run was none."""
    if source.failing and len(source.addresses) > 1:
        return f"{len(source.failing)} of {len(source.addresses)} {_ended(source.failing[0])}"
    return next((_ended(a) for a in (*source.failing, *source.addresses) if a.outcome), "")


def _of_address(address: AddressFreshness, now: datetime) -> tuple[str, ...]:
    return (
        f"  {address.part}",
        "",
        _moment(address.tried_at),
        _moment(address.seen_at),
        _due(address.due_at, now),
        "stale" if address.stale else "",
        str(address.rows),
        _ended(address),
    )


def _ended(address: AddressFreshness) -> str:
    return f"{address.outcome}: {address.fault}" if address.fault else address.outcome


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"


def _due(moment: datetime | None, now: datetime) -> str:
    if moment is None:
        return "not asked"
    return "now" if moment <= now else f"{moment:%Y-%m-%d %H:%M}"

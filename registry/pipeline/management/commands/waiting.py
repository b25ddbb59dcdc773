"""What waits for a person, with its reasons, and which share of the true changes that is."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from registry.pipeline.waiting import Waiting, Worth, published, waiting
from scrapers.catalog import FEEDS


class Command(BaseCommand):
    """Reads the database as it is, as after ``replay``."""

    help = (
        "Counts the open items of the feeds by reason and by what later and other evidence says "
        "of them, and names the share of all true changes that waits for a person."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", action="append", help="only this source (repeatable)")
        parser.add_argument(
            "--list",
            choices=[worth.value for worth in Worth],
            help="also every item of which the evidence says this",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sources = options["source"] or [spec.slug for spec in FEEDS]
        items, out = waiting(sources), published(sources)
        console = Console()
        console.print(_table(items))
        console.print(_share("changes", [one for one in items if one.is_change], out.changes))
        console.print(
            _share("first cards", [one for one in items if not one.is_change], out.first_cards)
        )
        for one in items:
            if one.worth == options["list"]:
                what = "change" if one.is_change else "first card"
                head = f"{one.seen_at:%Y-%m-%d} {one.source}: {one.offer} ({what})"
                console.print(f"{head}: {', '.join(one.reasons)}: {one.told}", soft_wrap=True)


def _table(items: list[Waiting]) -> Table:
    table = Table(title=f"{len(items)} items wait")
    table.add_column("reason")
    columns = [(change, worth) for change in (True, False) for worth in Worth]
    for change, worth in columns:
        table.add_column(f"{'change' if change else 'first card'}, {worth}", justify="right")
    counts = Counter((one.reasons[0], one.is_change, one.worth) for one in items)
    reasons = Counter(one.reasons[0] for one in items)
    for reason, _ in reasons.most_common():
        table.add_row(reason, *(str(counts[reason, *column] or "") for column in columns))
    table.add_section()
    totals = Counter((one.is_change, one.worth) for one in items)
    table.add_row("all", *(str(totals[column]) for column in columns))
    return table


def _share(name: str, items: list[Waiting], out: int) -> str:
    true = sum(one.worth is Worth.TRUE for one in items)
    return (
        f"{name}: {out:,} were published, {true:,} true ones wait: "
        f"{true / max(out + true, 1):.2%} of all"
    )

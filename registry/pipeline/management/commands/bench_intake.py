"""What it costs to take one body of a feed from its bytes to published prices."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from rich.console import Console
from rich.table import Table

from registry.ingest.models import Run
from registry.ingest.runs import Delivery
from registry.ingest.sources import sync_sources
from registry.ledger.scratch import scratch_database
from registry.pipeline.measuring import Timed, peak_memory, timed
from registry.pipeline.stages import process

_FIRST = datetime(2026, 10, 3, tzinfo=UTC)
_CHANGED_ROWS = 20
_PRICE = re.compile(rb'"input_cost_per_token": ([0-9.e-]+)')


class Command(BaseCommand):
    """Prints the time and the memory of a first, an equal and a slightly changed body."""

    help = "Measures taking LiteLLM's map into an empty scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("body", type=Path, help="a model_prices_and_context_window.json")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["body"]
        if not path.is_file():
            raise CommandError(f"body: {str(path)!r} is not there; expected a file")
        body = path.read_bytes()
        bodies = {"first": body, "equal bytes": body, f"{_CHANGED_ROWS} rows": _changed(body)}
        shown = Table(title=f"LiteLLM's map, {len(body):,} bytes, on {connection.vendor}")
        for heading in ("body", "wall, s", "processor, s", "outcome", "entries", "points"):
            shown.add_column(heading, justify="right")
        with scratch_database():
            sync_sources()
            for day, (what, text) in enumerate(bodies.items()):
                taken = _take(text, _FIRST + timedelta(days=day))
                run = taken.result
                counts = (str(run.counts.get(name, "")) for name in ("changed", "points"))
                shown.add_row(what, *taken.cells, run.outcome, *counts)
        shown.caption = peak_memory()
        Console(width=100).print(shown)


def _take(body: bytes, at: datetime) -> Timed[Run]:
    taken = timed(lambda: process(Delivery("litellm", body, at, slot=at.date().isoformat())))
    if taken.result is None:
        raise RuntimeError(f"slot {at.date()}: run before; expected a new one")
    return Timed(taken.result, taken.wall, taken.processor)


def _changed(body: bytes) -> bytes:
    """The map with the input price of some rows a digit longer, the rest to the byte."""
    prices = list(_PRICE.finditer(body))
    chosen = {match.start(1) for match in prices[:: len(prices) // _CHANGED_ROWS]}
    return _PRICE.sub(lambda match: _longer(match) if match.start(1) in chosen else match[0], body)


def _longer(match: re.Match[bytes]) -> bytes:
    """A price with one more digit before its exponent: 1e-06 is 1.1e-06, 1.5e-06 is 1.51e-06."""
    mantissa, mark, exponent = match[1].partition(b"e")
    more = mantissa + (b"1" if b"." in mantissa else b".1")
    return match[0].replace(match[1], more + mark + exponent)

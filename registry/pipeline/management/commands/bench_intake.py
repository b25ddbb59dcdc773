"""What it costs to take one body of a feed from its bytes to published prices."""

from __future__ import annotations

import re
import resource
from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from rich.console import Console
from rich.table import Table

from registry.ingest.models import Run
from registry.ingest.runs import Delivery
from registry.ingest.sources import sync_sources
from registry.ledger.scratch import scratch_database
from registry.pipeline.stages import process

_FIRST = datetime(2026, 10, 3, tzinfo=UTC)
_CHANGED_ROWS = 20
_PRICE = re.compile(rb'"input_cost_per_token": ([0-9.e-]+)')


class Measured(NamedTuple):
    """One delivery: seconds of the clock and of the processor, and what it published."""

    what: str
    wall: float
    processor: float
    run: Run


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
        with scratch_database():
            sync_sources()
            measured = [
                _measure(what, text, _FIRST + timedelta(days=day))
                for day, (what, text) in enumerate(bodies.items())
            ]
        shown = Table(title=f"LiteLLM's map, {len(body):,} bytes, on {connection.vendor}")
        for heading in ("body", "wall, s", "processor, s", "outcome", "entries", "points"):
            shown.add_column(heading, justify="right")
        for row in measured:
            counts = (str(row.run.counts.get(name, "")) for name in ("changed", "points"))
            times = (f"{row.wall:.2f}", f"{row.processor:.2f}")
            shown.add_row(row.what, *times, row.run.outcome, *counts)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        shown.caption = f"peak memory of the process: {peak:.0f} MiB"
        Console(width=100).print(shown)


def _measure(what: str, body: bytes, at: datetime) -> Measured:
    wall, processor = perf_counter(), process_time()
    run = process(Delivery("litellm", body, at, slot=at.date().isoformat()))
    if run is None:
        raise RuntimeError(f"slot {at.date()}: run before; expected a new one")
    return Measured(what, perf_counter() - wall, process_time() - processor, run)


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

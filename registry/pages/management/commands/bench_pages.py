"""Measures the pages over this registry: time on the server and bytes over the wire."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.progress import track
from rich.table import Table

from registry.selectors.catalogue import catalogue


class Command(BaseCommand):
    help = "Opens each sort of page many times and tells the median, without a network between."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--times", type=int, default=20, help="how often each is opened")

    def handle(self, *args: Any, times: int, **options: Any) -> None:
        client = Client(headers={"accept-encoding": "gzip", "host": "localhost"})
        result = Table("page", "median ms", "of processor", "KB, gzip", "queries")
        for address in track(tuple(_addresses()), description="Opening pages"):
            client.get(address)
            taken, worked = [], []
            for _ in range(times):
                began, busy = time.perf_counter(), time.process_time()
                answer = client.get(address)
                worked.append((time.process_time() - busy) * 1000)
                taken.append((time.perf_counter() - began) * 1000)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            result.add_row(
                address,
                f"{statistics.median(taken):.0f}",
                f"{statistics.median(worked):.0f}",
                f"{len(answer.content) / 1000:.1f}",
                str(len(asked)),
            )
        Console().print(result)


def _addresses() -> Iterator[str]:
    """One of each sort; of models the one that the most sell."""
    held = catalogue()
    model = max(held.models, key=lambda one: len(held.sellers.get(one.model_id, ())))
    seller = held.sellers[model.model_id][0]
    yield from ("/", "/?at=2026-04-24", "/?sort=blended&priced=yes", "/models.csv")
    yield from (f"/models/{model.ref}", f"/models/{model.ref}?input=100M&output=20M")
    yield from (f"/offers/{seller.ref}", f"/labs/{model.lab}", f"/providers/{seller.provider}")
    yield from ("/providers", "/labs", "/benchmarks", "/changes", "/receipts/1")
    yield from ("/sources", "/method", "/report")

"""Measures the pages over this registry: time on the server and bytes over the wire."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rich.console import Console
from rich.progress import track
from rich.table import Table

from registry.pages.views.compare import LEAST_MODELS, MOST_MODELS, address_of, settled
from registry.pages.views.frontier import USUAL
from registry.selectors.ai_models import ModelRow
from registry.selectors.catalogue import catalogue
from registry.selectors.model_names import Named


class Command(BaseCommand):
    help = "Opens each sort of page many times and tells the median, without a network between."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--times", type=int, default=20, help="how often each is opened")

    def handle(self, *args: Any, times: int, **options: Any) -> None:
        client = Client(headers={"accept-encoding": "gzip", "host": "localhost"})
        result = Table("page", "median ms", "of processor", "KB, gzip", "queries")
        for address in track(tuple(_addresses()), description="Opening pages"):
            if client.get(address).status_code != HTTPStatus.OK:
                raise CommandError(f"{address} is not answered; is the bundled catalogue loaded?")
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
    """One of each sort; of models those that the most sell."""
    held = catalogue()
    sold = sorted(held.models, key=lambda one: -len(held.sellers.get(one.model_id, ())))
    model, seller = sold[0], held.sellers[sold[0].model_id][0]
    yield from ("/", "/?at=2026-04-24", "/?sort=blended&priced=yes", "/models.csv")
    yield f"/?sort=-score.{USUAL}"
    yield from (f"/models/{model.ref}", f"/models/{model.ref}?input=100M&output=20M")
    yield from (f"/offers/{seller.ref}", f"/labs/{model.lab}", f"/providers/{seller.provider}")
    yield from ("/compare", *(_beside(sold[:count]) for count in (LEAST_MODELS, MOST_MODELS)))
    yield from ("/calculator", "/calculator/request", "/calculator/scenario")
    yield from ("/frontier", "/frontier?setups=any", "/benchmarks", f"/benchmarks/{USUAL}")
    yield f"/benchmarks/{USUAL}?setup=any"
    yield from ("/changes", *(f"/changes/{of}" for of in ("scores", "facts", "models", "disputes")))
    yield from ("/receipts/1", *(f"/receipts/{of}/1" for of in ("scores", "facts", "claims")))
    yield from ("/providers", "/labs", "/sources", "/method", "/report")


def _beside(models: Sequence[ModelRow]) -> str:
    """The address of their comparison, as it is kept."""
    found = settled([one.ref for one in models])
    return address_of([one for one in found if isinstance(one, Named)])

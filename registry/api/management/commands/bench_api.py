"""Measures the API over this registry: every list in every order, and what is asked of it."""

from __future__ import annotations

import statistics
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from rich.console import Console
from rich.progress import track
from rich.table import Table

from registry.api.v1 import addresses
from registry.selectors.ai_models import MODEL_SORTS
from registry.selectors.benchmarks import BENCHMARK_SORTS
from registry.selectors.disputes import DISPUTE_SORTS
from registry.selectors.labs import LAB_SORTS
from registry.selectors.offers import OFFER_SORTS
from registry.selectors.prices import PRICE_SORTS
from registry.selectors.providers import PROVIDER_SORTS
from registry.selectors.readings import READING_SORTS
from registry.selectors.revisions import REVISION_SORTS
from registry.selectors.sources import SOURCE_SORTS

_SORTS = {
    "labs": LAB_SORTS.names,
    "providers": PROVIDER_SORTS.names,
    "models": MODEL_SORTS.names,
    "offers": OFFER_SORTS.names,
    "prices": PRICE_SORTS.names,
    "disputes": DISPUTE_SORTS.names,
    "benchmarks": BENCHMARK_SORTS.names,
    "readings": READING_SORTS.names,
    "sources": SOURCE_SORTS.names,
    "revisions": REVISION_SORTS.names,
}
_COMPARE = (
    "compare?models=gpt-5.5,deepseek-v4-pro,deepseek-v4-flash&at=2026-04-24"
    "&workload=input_tokens:100M,output_tokens:20M"
)
_QUESTIONS = (
    "prices?q=deepseek&convert_to=EUR",
    "prices?fields=offer,rate.amount",
    "prices?include=claims",
    "offers?expand=rate_card",
    "offers?expand=rate_card&include=claims",
    "offers?expand=facts",
    "models?expand=facts",
    "models?expand=facts&at=2026-06-01&revision=80",
    "resolve?id=claude-opus-4-7@20260415",
    _COMPARE,
    "frontier?benchmark=swe-bench-verified",
)


class Command(BaseCommand):
    help = "Asks for a page of 100 of each list in each order and tells the slowest of each."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--times", type=int, default=5, help="how often each is asked")

    def handle(self, *args: Any, times: int, **options: Any) -> None:
        result = Table("question", "orders", "slowest", "ms of processor", "queries")
        with override_settings(RATE_ANONYMOUS=0):
            for name, sorts in track(_SORTS.items(), description="Asking for lists"):
                asked = {sort: self._measured(f"{name}?sort={sort}", times) for sort in sorts}
                slowest = max(asked, key=lambda sort: asked[sort][0])
                took, queries = asked[slowest]
                result.add_row(name, str(len(sorts)), slowest, f"{took:.0f}", str(queries))
            for question in _QUESTIONS:
                took, queries = self._measured(question, times)
                result.add_row(question, "", "", f"{took:.0f}", str(queries))
        Console(width=160).print(result)

    def _measured(self, question: str, times: int) -> tuple[float, int]:
        """The median of processor time in milliseconds, once names and views are held."""
        client = Client(headers={"host": "localhost"})
        address = f"{addresses.ROOT}/{question}"
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code} {answer.content!r}")
        took = statistics.median(_busy(client, address) for _ in range(times))
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return took, len(asked)


def _busy(client: Client, address: str) -> float:
    began = time.process_time()
    client.get(address)
    return (time.process_time() - began) * 1000

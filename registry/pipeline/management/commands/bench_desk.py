"""``manage.py bench_desk``: what the queue costs with 50,000 items, and approving 1,000 at once.

In a scratch database beside the configured one: offers as one feed lists them, a thousand of them
with a change that waits, and other items made up around these.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from statistics import median
from typing import Any, NamedTuple

import orjson
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from rich.console import Console
from rich.table import Table

from registry.catalog.models import Offer
from registry.curation import actions
from registry.curation.models import Review
from registry.curation.policy.reasons import HELD
from registry.ingest.models import Source
from registry.ingest.runs import Delivery
from registry.ingest.sources import sync_sources
from registry.ledger.models import Revision
from registry.ledger.scratch import scratch_database
from registry.pipeline.measuring import timed
from registry.pipeline.stages import process

BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
OFFERS_A_HELD_ONE = 4  # a run that changes more than three rows in ten is held as a whole
PROVIDERS = 20
SOURCES_A_PROVIDER = 4
READS = 15
PAGES: dict[str, dict[str, str]] = {
    "first page": {},
    "page 500": {"page": "500"},
    "the largest steps": {"order": "largest"},
    "one reason": {"reason": "large_change"},
    "one provider": {"provider": "models-dev-seller-3"},
    "one size, oldest first": {"size": "10x and more", "order": "oldest"},
}


class Measured(NamedTuple):
    """One page's times in milliseconds, by the clock and of the processor, and its queries."""

    page: str
    middle: float
    slowest: float
    processor: float
    queries: int


class Command(BaseCommand):
    """Prints the queue's times by page, and what a bulk approval took."""

    help = "Measures the review desk's queue and a bulk approval in a scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--items", type=int, default=50_000)
        parser.add_argument("--approve", type=int, default=1_000)

    def handle(self, *args: Any, **options: Any) -> None:
        console = Console(width=100)
        with scratch_database(), override_settings(ALLOWED_HOSTS=["testserver"]):
            held = _fill(options["items"], options["approve"])
            by = User.objects.create_superuser("bench")
            table = Table(title=f"The queue with {Review.objects.count():,} items")
            for heading in ("page", "median, ms", "slowest, ms", "processor, ms", "queries"):
                table.add_column(heading, justify="right")
            for row in _pages(by):
                times = (f"{ms:.0f}" for ms in (row.middle, row.slowest, row.processor))
                table.add_row(row.page, *times, str(row.queries))
            console.print(table)
            revisions = Revision.objects.count()
            done = timed(lambda: actions.approve(held, by=by, note="bench", page="/", at=_day(30)))
            published = Revision.objects.count() - revisions
            took = f"{done.wall:.2f} s ({done.processor:.2f} s of the processor)"
            told = f"{len(held):,} items approved in {took}, {published} revision"
            console.print(f"{told}, on {connection.vendor}")


def _pages(by: User) -> Iterator[Measured]:
    client = Client()
    client.force_login(by)
    for name, query in PAGES.items():
        read = partial(_read, client, query)
        with CaptureQueriesContext(connection) as asked:
            read()
        queries = len(asked)
        times = [timed(read) for _ in range(READS)]
        yield Measured(
            name,
            1000 * median(one.wall for one in times),
            1000 * max(one.wall for one in times),
            1000 * median(one.processor for one in times),
            queries,
        )


def _read(client: Client, query: dict[str, str]) -> None:
    answer = client.get(reverse("desk:queue"), query)
    if answer.status_code != 200:
        raise RuntimeError(f"{query}: answered {answer.status_code}; expected 200")


def _fill(items: int, held: int) -> list[int]:
    """Offers with ``held`` real items, and made-up ones up to ``items``; the ids of the real."""
    sync_sources()
    offers = held * OFFERS_A_HELD_ONE
    _deliver(_body(offers, moved=0), day=1)
    _deliver(_body(offers, moved=held), day=2)
    real = list(Review.objects.filter(state=Review.State.OPEN).values_list("pk", flat=True))
    if len(real) != held:
        raise RuntimeError(f"{len(real)} items wait; expected {held}")
    made = _made_up(items - held)
    while batch := list(islice(made, 5_000)):
        Review.objects.bulk_create(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return real


def _made_up(items: int) -> Iterator[Review]:
    offers = list(Offer.objects.order_by("provider_model_id").values_list("pk", flat=True))
    sources = list(Source.objects.values_list("pk", flat=True))
    reasons = tuple(HELD)
    for n in range(items):
        reason = reasons[n % len(reasons)]
        yield Review(
            digest=f"{n:064}",
            source_id=sources[(n % PROVIDERS + n // PROVIDERS % SOURCES_A_PROVIDER) % len(sources)],
            offer_id=offers[n % len(offers)],
            outcome=Review.Outcome.HOLD,
            reason=reason,
            findings=[[reason, "input_tokens", "3 -> 12", "a smaller step"]],
            proposal=[["input_tokens", "", "USD", "priced", "12"]],
            factor=Decimal(n % 500 + 100) / 100,
            seen_at=BEGUN + timedelta(minutes=n),
        )


def _body(offers: int, *, moved: int) -> bytes:
    providers: dict[str, dict[str, Any]] = {}
    for n in range(offers):
        price = f"{12 + n / 100:.2f}" if n < moved else "3"
        cost = {"input": orjson.Fragment(price), "output": 400}
        models = providers.setdefault(f"seller-{n % PROVIDERS}", {})
        models[f"model-{n}"] = {"cost": cost}
    return orjson.dumps({name: {"models": models} for name, models in providers.items()})


def _deliver(body: bytes, *, day: int) -> None:
    at = _day(day)
    delivery = Delivery(
        source="models-dev", body=body, at=at, slot=f"day {day}", fresh_until=_day(90)
    )
    if process(delivery) is None:
        raise RuntimeError(f"day {day}: the slot was run before")


def _day(day: int) -> datetime:
    return BEGUN + timedelta(days=day)

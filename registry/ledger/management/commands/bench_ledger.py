"""``manage.py bench_ledger``: what a rate card costs to read as history grows.

Two shapes of the same number of points: *wide*, many offers with three starts a series, and
*deep*, one offer whose ten series hold all of them. Read in a database of its own beside the
configured one, which is removed afterwards.
"""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand
from django.db import connection
from rich.console import Console
from rich.table import Table

from registry.catalog.models import Offer, Provider
from registry.ledger.asof import rates_at
from registry.ledger.models import PricePoint, Revision
from registry.ledger.points import NewPoint
from registry.ledger.record import publish
from registry.ledger.scratch import scratch_database
from registry.pricing.rates import RateKey
from registry.pricing.terms import STANDARD, Terms

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
STEP = timedelta(minutes=10)
METERS = ("input_tokens", "output_tokens", "cache_read_tokens", "input_images", "web_searches")
KEYS = [RateKey(*key, "USD") for key in product(METERS, (STANDARD, Terms(tier="batch")))]
SHORT, WARM_UP, READS, REVISION_POINTS = 3, 100, 500, 50_000


class Shape(NamedTuple):
    """How many offers, and how many starts each of their ten series has."""

    name: str
    offers: int
    starts: int


class Times(NamedTuple):
    """``quick`` is the lowest decile: what the read costs when nothing else has the processor."""

    quick: float
    median: float

    def __str__(self) -> str:
        return f"{self.quick:.2f} / {self.median:.2f}"


class Measured(NamedTuple):
    """One database's times a card, in milliseconds, and how fast it was filled."""

    shape: str
    points: int
    now: Times
    as_of: Times
    points_a_second: float


class Command(BaseCommand):
    """Prints the time of a rate card's read by size and shape of the history."""

    help = "Measures reading a rate card at several sizes of history, in a scratch database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--points", type=int, nargs="+", default=[10_000, 1_000_000])

    def handle(self, *args: Any, **options: Any) -> None:
        sizes: list[int] = sorted(options["points"])
        shown = Table(title=f"One offer's rate card of {len(KEYS)} series on {connection.vendor}")
        for heading in ("shape", "points", "now, ms", "as of, ms", "x smallest", "points/s filled"):
            shown.add_column(heading, justify="right")
        shown.caption = "lowest decile / median of the reads; the ratio is of the deciles"
        for shapes in zip(*map(_shapes, sizes), strict=True):
            measured = [measure(shape) for shape in shapes]
            for row in measured:
                first = measured[0]
                ratio = max(row.now.quick / first.now.quick, row.as_of.quick / first.as_of.quick)
                figures = (str(row.now), str(row.as_of), f"{ratio:.2f}")
                filled = f"{row.points_a_second:,.0f}"
                shown.add_row(row.shape, f"{row.points:,}", *figures, filled)
        Console(width=100).print(shown)


def measure(shape: Shape) -> Measured:
    """Fills a scratch database in that shape and reads cards of random offers from it."""
    with scratch_database():
        started = perf_counter()
        offer_ids = _fill(shape)
        points = PricePoint.objects.count()
        speed = points / (perf_counter() - started)
        _settle()
        end = FIRST + STEP * shape.starts
        latest = Revision.objects.count()
        now = _read(offer_ids, at=end, revision=None)
        as_of = _read(offer_ids, at=FIRST + STEP * (shape.starts // 2), revision=latest)
        return Measured(shape.name, points, now, as_of, speed)


def _shapes(points: int) -> tuple[Shape, Shape]:
    series = len(KEYS)
    return (
        Shape("wide", offers=max(1, points // (series * SHORT)), starts=SHORT),
        Shape("deep", offers=1, starts=max(1, points // series)),
    )


def _fill(shape: Shape) -> list[int]:
    provider = Provider.objects.create(slug="bench", name="Bench")
    offers = (Offer(provider=provider, provider_model_id=f"m{n}") for n in range(shape.offers))
    offer_ids = [offer.pk for offer in Offer.objects.bulk_create(offers, batch_size=2000)]
    pending: list[NewPoint] = []
    for start, offer_id, key in product(range(shape.starts), offer_ids, KEYS):
        pending.append(_point(offer_id, key, start))
        if len(pending) == REVISION_POINTS:
            _publish(pending)
            pending = []
    _publish(pending)
    return offer_ids


def _point(offer_id: int, key: RateKey, start: int) -> NewPoint:
    return NewPoint(
        offer_id,
        key,
        FIRST + STEP * start,
        PricePoint.Basis.OBSERVED,
        PricePoint.State.PRICED,
        Decimal(start % 900 + 1).scaleb(-2),
        PricePoint.Status.SINGLE,
        PricePoint.Cause.REPRICED,
    )


def _publish(points: list[NewPoint]) -> None:
    publish(points, kind=Revision.Kind.RUN, published_at=FIRST, author="bench")


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _read(offer_ids: list[int], *, at: datetime, revision: int | None) -> Times:
    choice = Random(7)  # noqa: S311 - the same cards every time
    times = []
    for _ in range(WARM_UP + READS):
        offer_id = choice.choice(offer_ids)
        started = perf_counter()
        card = rates_at([offer_id], at=at, revision=revision)[offer_id]
        times.append(perf_counter() - started)
        if len(card) != len(KEYS):
            raise RuntimeError(f"offer {offer_id}: {len(card)} rates; expected {len(KEYS)}")
    ranked = sorted(seconds * 1000 for seconds in times[WARM_UP:])
    return Times(ranked[len(ranked) // 10], median(ranked))

"""``manage.py bench_webhooks``: are all changes told, though receivers fail and senders are killed?

A scratch database, a receiver on loopback that verifies every signature and refuses a share of the
messages, and senders that are killed by SIGKILL again and again. Beside them somebody forges what
he has overheard, and a webhook leads to a name that has moved to a private address, at which
somebody else listens. Between two generations of senders the clock moves on to what is due next, so
that nobody waits out pauses of hours; signatures carry its moments, so the receiver's tolerance of
old messages is measured apart, by the tests.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.db.models import Min, QuerySet, Sum
from django.utils import timezone
from rich.console import Console
from rich.progress import track
from rich.table import Table

from registry.access.keys import issue
from registry.catalog.models import Offer, Provider
from registry.curation.actions import publish_recorded
from registry.ledger.models import PricePoint, Revision
from registry.ledger.points import NewPoint
from registry.ledger.scratch import scratch_database
from registry.pipeline.announce import announce
from registry.pipeline.listeners import Forger, Receiver, heard_by, listening, stranger
from registry.pricing.rates import RateKey
from registry.pricing.terms import STANDARD
from registry.webhooks.endpoints import open_endpoint
from registry.webhooks.models import Delivery
from registry.webhooks.schedule import LEASE
from scrapers.fetch import AddressPolicy, FetchSettings

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
SENDERS, LIFETIME = 2, 6.0
_AHEAD = 600.0
_MOVED = "moved.example.org"
_PRIVATE, _HTTPS = "127.0.0.3", 443
_UNHEARD = f"port {_HTTPS} is not free"
_POLICY = AddressPolicy(allow_hosts=frozenset({"127.0.0.1"}))


class Command(BaseCommand):
    """Prints what was published, what arrived, how often, and what it took."""

    help = "Publishes changes, lets receivers fail and senders die, and counts what arrives."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--changes", type=int, default=10_000)
        parser.add_argument("--per-revision", type=int, default=10, help="changes of a revision")
        parser.add_argument("--failing", type=float, default=0.3, help="share of refused messages")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        dice = random.Random(options["seed"])  # noqa: S311
        receiver = Receiver(options["failing"], dice)
        forger = Forger(receiver)
        with (
            scratch_database(),
            listening("127.0.0.1", heard_by(receiver, forger)) as address,
            stranger(_PRIVATE, _HTTPS) as reached,
        ):
            _open(address, receiver)
            _publish(options["changes"], options["per_revision"])
            began = time.perf_counter()
            kills = _send_all(dice)
            seconds = time.perf_counter() - began
            owed, attempts = _reckoned()
        _show(
            ("changes", f"{options['changes']:,}"),
            ("messages owed", f"{owed:,}"),
            ("delivered", f"{len(receiver.taken):,}"),
            ("twice or more", f"{sum(times > 1 for times in receiver.taken.values()):,}"),
            ("order recovered", "yes" if receiver.in_order else "no"),
            ("refused by the receiver", f"{receiver.refused:,}"),
            ("senders killed", f"{kills:,}"),
            ("forgeries tried", f"{forger.tried:,}"),
            ("forgeries accepted", f"{forger.taken:,}"),
            ("attempts at a private address", f"{attempts:,}"),
            ("private addresses reached", _UNHEARD if reached is None else f"{reached.total():,}"),
            ("seconds", f"{seconds:.0f}"),
        )


def _show(*rows: tuple[str, str]) -> None:
    shown = Table(title=f"Webhooks on {connection.vendor}", show_header=False)
    shown.add_column()
    shown.add_column(justify="right")
    for row in rows:
        shown.add_row(*row)
    Console(width=100).print(shown)


def _open(address: str, receiver: Receiver) -> None:
    """The receiver's webhook, and one whose name was public when it was opened."""
    key, _ = issue("bench", ["webhooks"], by="bench")
    _, receiver.secret = open_endpoint(key.pk, address, wanted={}, policy=_POLICY)
    open_endpoint(key.pk, f"https://{_MOVED}/told", wanted={}, policy=_POLICY)


def _reckoned() -> tuple[int, int]:
    """How many messages were owed to the receiver, and how often the private one was tried."""
    moved = Delivery.objects.filter(endpoint__address__contains=_MOVED)
    return _reached().count(), moved.aggregate(tried=Sum("attempts"))["tried"] or 0


def _publish(changes: int, per_revision: int) -> None:
    """Revisions of so many new prices of one offer, each a minute after the one before."""
    provider = Provider.objects.create(slug="bench", name="Bench")
    offer = Offer.objects.create(provider=provider, provider_model_id="model")
    firsts = range(1, changes + 1, per_revision)
    for number, first in enumerate(track(firsts, description="publishing"), 1):
        last = min(changes, first + per_revision - 1)
        points = [_point(offer.pk, n) for n in range(first, last + 1)]
        publish_recorded(
            points,
            kind=Revision.Kind.RUN,
            published_at=points[-1].starts_at,
            author="bench",
            note="",
            number=number,
        )


def _point(offer_id: int, number: int) -> NewPoint:
    return NewPoint(
        offer_id=offer_id,
        key=RateKey("input_tokens", STANDARD, "USD"),
        starts_at=FIRST + timedelta(minutes=number),
        starts_basis=PricePoint.Basis.STATED,
        state=PricePoint.State.PRICED,
        amount=Decimal(number),
        status=PricePoint.Status.SINGLE,
        cause=PricePoint.Cause.REPRICED,
    )


def _send_all(dice: random.Random) -> int:
    """Starts senders and kills them until nothing is owed; how many were killed."""
    ahead = multiprocessing.RawValue("d", 0.0)  # without a lock, which a killed sender would keep
    kills = 0

    def clock() -> datetime:
        return timezone.now() + timedelta(seconds=ahead.value)

    with tempfile.TemporaryDirectory() as folder:
        sending = FetchSettings(
            contact="https://registry.example/contact",
            version="bench",
            slot_directory=Path(folder),
            policy=_POLICY,
            resolver=lambda host, port: (_PRIVATE if host == _MOVED else host,),
        )
        while _owing():
            children = [_sender(sending, clock) for _ in range(SENDERS)]
            _wait_while_due(dice.uniform(0.5, 1) * LIFETIME, clock)
            for child in children:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                kills += 1
            ahead.value += _until_due(clock())
    return kills


def _wait_while_due(seconds: float, clock: Callable[[], datetime]) -> None:
    """Leaves senders at work for so long, or until nothing is due and nothing is in their hands."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.2)
        if _reached().exists() and _until_due(clock()) > LEASE.total_seconds() + _AHEAD:
            return


def _until_due(now: datetime) -> float:
    """Seconds until the next message is due and ``_AHEAD`` beyond it; 0 where one is due."""
    due = _reached().filter(state=Delivery.State.PENDING).aggregate(next=Min("due_at"))["next"]
    wait = 0.0 if due is None else (due - now).total_seconds()
    return wait + _AHEAD if wait > 0 else 0.0


def _sender(sending: FetchSettings, clock: Any) -> int:
    connection.close()
    child = os.fork()
    if child:
        return child
    while True:
        announce(sending, clock=clock)
        time.sleep(0.05)


def _owing() -> bool:
    """Whether the receiver waits for a message; the other webhook is never told."""
    return not _reached().exists() or _reached().filter(state=Delivery.State.PENDING).exists()


def _reached() -> QuerySet[Delivery]:
    return Delivery.objects.exclude(endpoint__address__contains=_MOVED)

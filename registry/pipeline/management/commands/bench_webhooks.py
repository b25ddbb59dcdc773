"""``manage.py bench_webhooks``: are all changes told, though receivers fail and senders are killed?

A scratch database, a receiver on loopback that verifies every signature and refuses a share of the
messages, and senders that are killed by SIGKILL again and again. The senders' clock runs fast, so
that pauses of hours pass in seconds; signatures carry its moments, so the receiver's tolerance of
old messages is measured apart, by the tests.
"""

from __future__ import annotations

import os
import random
import signal
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone
from rich.console import Console
from rich.progress import track
from rich.table import Table
from standardwebhooks import Webhook

from registry.access.keys import issue
from registry.catalog.models import Offer, Provider
from registry.curation.actions import publish_recorded
from registry.ledger.models import PricePoint, Revision
from registry.ledger.points import NewPoint
from registry.ledger.scratch import scratch_database
from registry.pipeline.announce import announce
from registry.pricing.rates import RateKey
from registry.pricing.terms import STANDARD
from registry.webhooks.endpoints import open_endpoint
from registry.webhooks.models import Delivery
from scrapers.fetch import AddressPolicy, FetchSettings

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
FAST = 3_600
"""Seconds of the senders' clock in one second."""
SENDERS, LIFETIME = 2, 3.0
_POLICY = AddressPolicy(allow_hosts=frozenset({"127.0.0.1"}))


class Receiver:
    """Counts what came by message; refuses a share of it and every wrong signature."""

    def __init__(self, share: float, seed: int) -> None:
        self.secret = ""
        self.taken: Counter[str] = Counter()
        self.refused = self.forged = 0
        self._share = share
        self._dice = random.Random(seed)  # noqa: S311
        self._lock = threading.Lock()

    def answer(self, body: bytes, headers: dict[str, str]) -> int:
        """The status for one message."""
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        signed = Webhook(self.secret).sign(headers["webhook-id"], at, body.decode())
        with self._lock:
            if signed not in headers["webhook-signature"].split(" "):
                self.forged += 1
                return 401
            if self._dice.random() < self._share:
                self.refused += 1
                return 503
            self.taken[headers["webhook-id"]] += 1
            return 200


class Command(BaseCommand):
    """Prints what was published, what arrived, how often, and what it took."""

    help = "Publishes changes, lets receivers fail and senders die, and counts what arrives."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--changes", type=int, default=10_000)
        parser.add_argument("--failing", type=float, default=0.3, help="share of refused messages")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: Any, **options: Any) -> None:
        receiver = Receiver(options["failing"], options["seed"])
        with scratch_database(), _listening(receiver) as address:
            _open(address, receiver)
            _publish(options["changes"])
            began = time.perf_counter()
            kills = _send_all(random.Random(options["seed"]))  # noqa: S311
            seconds = time.perf_counter() - began
            owed = Delivery.objects.count()
        shown = Table(title=f"Webhooks on {connection.vendor}")
        for heading in ("revisions", "told", "twice or more", "refused", "forged", "kills", "s"):
            shown.add_column(heading, justify="right")
        repeats = sum(times > 1 for times in receiver.taken.values())
        counts = (owed, len(receiver.taken), repeats, receiver.refused, receiver.forged, kills)
        shown.add_row(*map(str, counts), f"{seconds:.0f}")
        Console(width=100).print(shown)


def _open(address: str, receiver: Receiver) -> None:
    key, _ = issue("bench", ["webhooks"], by="bench")
    _, receiver.secret = open_endpoint(key.pk, address, wanted={}, policy=_POLICY)


def _publish(changes: int) -> None:
    provider = Provider.objects.create(slug="bench", name="Bench")
    offer = Offer.objects.create(provider=provider, provider_model_id="model")
    for number in track(range(1, changes + 1), description="publishing"):
        point = NewPoint(
            offer_id=offer.pk,
            key=RateKey("input_tokens", STANDARD, "USD"),
            starts_at=FIRST + timedelta(minutes=number),
            starts_basis=PricePoint.Basis.STATED,
            state=PricePoint.State.PRICED,
            amount=Decimal(number),
            status=PricePoint.Status.SINGLE,
            cause=PricePoint.Cause.REPRICED,
        )
        publish_recorded(
            [point],
            kind=Revision.Kind.RUN,
            published_at=point.starts_at,
            author="bench",
            note="",
            number=number,
        )


def _send_all(dice: random.Random) -> int:
    """Starts senders and kills them until nothing is owed; how many were killed."""
    began, kills = timezone.now(), 0

    def clock() -> datetime:
        return began + FAST * (timezone.now() - began)

    with tempfile.TemporaryDirectory() as folder:
        sending = FetchSettings(
            contact="https://registry.example/contact",
            version="bench",
            slot_directory=Path(folder),
            policy=_POLICY,
        )
        while _owing():
            children = [_sender(sending, clock) for _ in range(SENDERS)]
            time.sleep(dice.uniform(0.5, 1) * LIFETIME)
            for child in children:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                kills += 1
    return kills


def _sender(sending: FetchSettings, clock: Any) -> int:
    connection.close()
    child = os.fork()
    if child:
        return child
    while True:
        announce(sending, clock=clock)
        time.sleep(0.05)


def _owing() -> bool:
    pending = Delivery.objects.filter(state=Delivery.State.PENDING)
    return not Delivery.objects.exists() or pending.exists()


@contextmanager
def _listening(receiver: Receiver) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            sent = {name.lower(): value for name, value in self.headers.items()}
            self.send_response(receiver.answer(body, sent))
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """The table says it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/told"
    finally:
        server.shutdown()
        server.server_close()

"""Tells endpoints what was published: composes, signs and sends what the outbox owes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
import structlog
from django.utils import timezone

from registry.api.shape import Shape
from registry.api.v1 import addresses
from registry.api.v1.shapes.changes import Change
from registry.api.v1.shapes.fact_changes import FactChange
from registry.api.v1.shapes.score_changes import ScoreChange
from registry.selectors.feed import after_revision
from registry.selectors.revisions import revision
from registry.webhooks.endpoints import disable, secrets_of
from registry.webhooks.models import Delivery, Kind
from registry.webhooks.outbox import delivered, failed, fan_out, take_due
from registry.webhooks.secrets import signed
from registry.webhooks.wanted import FEEDS, filter_of
from scrapers.fetch import FetchError, FetchSettings, post

log = structlog.get_logger(__name__)

TOLD_AT_ONCE = 100
"""Changes that a message carries; the rest is read where ``more`` points."""
_GONE = 410


@dataclass(frozen=True, slots=True)
class Message:
    """How one kind of changes is told: the type of the event, each change's shape, the feed."""

    event: str
    shape: Callable[[Any], Shape]
    feed: str


MESSAGES: Mapping[Kind, Message] = {
    Kind.PRICES: Message("revision.published", Change.of, addresses.CHANGES),
    Kind.SCORES: Message("scores.published", ScoreChange.of, addresses.SCORE_CHANGES),
    Kind.FACTS: Message("facts.published", FactChange.told, addresses.FACT_CHANGES),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a round of sending came to."""

    owed: int
    delivered: int
    failed: int


def announce(
    settings: FetchSettings,
    stopped: threading.Event | None = None,
    *,
    clock: Callable[[], datetime] = timezone.now,
) -> Told:
    """Owes what is new and sends everything that is due, until nothing is or it is stopped."""
    owed, sent, refused = fan_out(now=clock()), 0, 0
    while (stopped is None or not stopped.is_set()) and (delivery := take_due(now=clock())):
        if send(delivery, settings, now=clock()):
            sent += 1
        else:
            refused += 1
    return Told(owed, sent, refused)


def send(delivery: Delivery, settings: FetchSettings, *, now: datetime) -> bool:
    """One attempt at one delivery; whether the receiver has it."""
    endpoint = delivery.endpoint
    body = message(delivery)
    headers = signed(body.decode(), delivery.message_id, now, secrets_of(endpoint, now=now)) | {
        "Content-Type": "application/json"
    }
    try:
        answer = post(endpoint.address, body, headers, settings=settings)
    except FetchError as error:
        failed(delivery, f"{error.code}: {error.value}", now=now)
        log.info("not delivered", message=delivery.message_id, fault=error.code)
        return False
    told = f"{answer.status} {answer.excerpt}".strip()
    if answer.taken:
        delivered(delivery, told, now=now)
        return True
    failed(delivery, told, now=now, wish=answer.retry_after)
    if answer.status == _GONE:
        disable(endpoint, because="the receiver answered 410 Gone", now=now)
    return False


def message(delivery: Delivery) -> bytes:
    """The bytes of a delivery; the same at every attempt, since its revision never changes."""
    published = revision(delivery.revision)
    kind = Kind(delivery.kind)
    page = FEEDS[kind].page(
        filter_of(kind, delivery.endpoint.wanted),
        after=after_revision(delivery.revision - 1),
        limit=TOLD_AT_ONCE,
    )
    told = [change for change in page.rows if change.revision == delivery.revision]
    how = MESSAGES[kind]
    return orjson.dumps(
        {
            "type": how.event,
            "timestamp": published.published_at,
            "data": {
                "revision": {"number": published.number, "hash": published.hash},
                "changes": delivery.changes,
                "items": [how.shape(change) for change in told],
                "more": addresses.since(how.feed, delivery.revision - 1)
                if delivery.changes > len(told)
                else None,
            },
        },
        option=orjson.OPT_UTC_Z,
    )

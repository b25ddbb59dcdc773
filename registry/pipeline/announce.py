"""Tells endpoints what was published: composes, signs and sends what the outbox owes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import orjson
import structlog
from django.db import transaction
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
from scrapers.fetch import FetchError, FetchSettings, Posted, post

log = structlog.get_logger(__name__)

TOLD_AT_ONCE = 100
"""Changes that a message carries; the rest is read where ``more`` points."""
AT_ONCE = 16
"""Messages on their way at one time; each takes as long as its receiver does."""
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
    """Owes what is new and sends everything that is due, until nothing is or it is stopped.

    Several go out at once. An endpoint that gave no answer is left alone for the rest of the round,
    so that one which hangs does not keep the others waiting.
    """
    owed, sent, refused, silent = fan_out(now=clock()), 0, 0, set[int]()
    with ThreadPoolExecutor(AT_ONCE, "webhooks") as posting:
        while stopped is None or not stopped.is_set():
            now = clock()
            taken = take_due(now=now, most=AT_ONCE, but=silent)
            if not taken:
                break
            letters = [_letter(delivery, now) for delivery in taken]
            answers = list(posting.map(partial(_posted, settings=settings), letters))
            with transaction.atomic():
                for delivery, answer in zip(taken, answers, strict=True):
                    _record(delivery, answer, now)
                    if isinstance(answer, FetchError):
                        silent.add(delivery.endpoint_id)
            has_it = sum(isinstance(answer, Posted) and answer.taken for answer in answers)
            sent, refused = sent + has_it, refused + len(taken) - has_it
    return Told(owed, sent, refused)


@dataclass(frozen=True, slots=True)
class Letter:
    """What is posted: needs no database any more."""

    address: str
    body: bytes
    headers: Mapping[str, str]


def _letter(delivery: Delivery, now: datetime) -> Letter:
    body = message(delivery)
    secrets = secrets_of(delivery.endpoint, now=now)
    headers = signed(body.decode(), delivery.message_id, now, secrets)
    return Letter(delivery.endpoint.address, body, headers | {"Content-Type": "application/json"})


def _posted(letter: Letter, settings: FetchSettings) -> Posted | FetchError:
    """The answer, or why there is none."""
    try:
        return post(letter.address, letter.body, letter.headers, settings=settings)
    except FetchError as error:
        return error


def _record(delivery: Delivery, answer: Posted | FetchError, now: datetime) -> None:
    """What one attempt at one delivery came to."""
    if isinstance(answer, FetchError):
        failed(delivery, f"{answer.code}: {answer.value}", now=now)
        log.info("not delivered", message=delivery.message_id, fault=answer.code)
        return
    told = f"{answer.status} {answer.excerpt}".strip()
    if answer.taken:
        delivered(delivery, told, now=now)
        return
    failed(delivery, told, now=now, wish=answer.retry_after)
    if answer.status == _GONE:
        disable(delivery.endpoint, because="the receiver answered 410 Gone", now=now)


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

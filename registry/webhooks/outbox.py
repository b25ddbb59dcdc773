"""From the ledger to deliveries, and from a delivery to its end; safe to be killed at any line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F

from registry.ledger.asof import head
from registry.webhooks.models import Delivery, Endpoint, Kind
from registry.webhooks.schedule import LEASE, next_due
from registry.webhooks.wanted import FEEDS, filter_of

_REVISIONS = 1_000


def fan_out(*, now: datetime) -> int:
    """Owes every enabled endpoint what was published since it was told; how much is new.

    An endpoint and its deliveries move on together, so that whoever is killed here repeats it.
    """
    newest = head().number
    behind = Endpoint.objects.filter(disabled_at=None, told_to__lt=newest).order_by("pk")
    return sum(_owe(endpoint, newest, now) for endpoint in behind)


def _owe(endpoint: Endpoint, newest: int, now: datetime) -> int:
    until = min(newest, endpoint.told_to + _REVISIONS)
    touched = _touched(endpoint, until)
    with transaction.atomic():
        moved = Endpoint.objects.filter(pk=endpoint.pk, told_to=endpoint.told_to)
        if not moved.update(told_to=until):
            return 0  # another sender was quicker
        Delivery.objects.bulk_create(
            (
                Delivery(endpoint=endpoint, kind=kind, revision=number, changes=count, due_at=now)
                for kind, number, count in touched
            ),
            batch_size=500,
        )
    return len(touched)


def _touched(endpoint: Endpoint, until: int) -> list[tuple[Kind, int, int]]:
    """Each kind's revisions that the endpoint wants to know of, and how many changes they hold."""
    after = endpoint.told_to
    return [
        (kind, number, count)
        for kind in map(Kind, endpoint.kinds)
        for number, count in FEEDS[kind].revisions(
            filter_of(kind, endpoint.wanted), after=after, until=until
        )
    ]


@transaction.atomic
def take_due(
    *, now: datetime, most: int, but: Collection[int] = frozenset()
) -> tuple[Delivery, ...]:
    """Deliveries that are due, oldest first, leased to the caller; none where nothing is due.

    A sender that dies with them leaves them due again when the lease is over. ``but``: endpoints
    that are left alone. Two statements: others wait for the first, or pass over what is taken.
    """
    due = (
        Delivery.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(state=Delivery.State.PENDING, due_at__lte=now, endpoint__disabled_at=None)
        .exclude(endpoint__in=but)
        .select_related("endpoint")
        .order_by("due_at", "revision", "pk")
    )
    taken = tuple(due[:most])
    leased = Delivery.objects.filter(pk__in=[delivery.pk for delivery in taken])
    leased.update(due_at=now + LEASE, attempts=F("attempts") + 1)
    for delivery in taken:
        delivery.attempts += 1
    return taken


def delivered(delivery: Delivery, answer: str, *, now: datetime) -> None:
    """The receiver has it."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.DELIVERED, delivered_at=now, answer=answer[:300]
    )


def failed(delivery: Delivery, answer: str, *, now: datetime, wish: float | None = None) -> None:
    """It was not taken: tried again later, or given up."""
    again = next_due(delivery.attempts, now=now, wish=wish)
    state = Delivery.State.FAILED if again is None else Delivery.State.PENDING
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, due_at=again or now, answer=answer[:300]
    )

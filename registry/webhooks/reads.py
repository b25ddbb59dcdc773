"""What an owner sees of its endpoints and of what became of their deliveries."""

from __future__ import annotations

from registry.selectors.ordering import Column, Key, Order
from registry.selectors.paging import NotHeld, Page
from registry.webhooks.models import Delivery, Endpoint, Kind

__all__ = [
    "DELIVERY_STATES",
    "KINDS",
    "Delivery",
    "Endpoint",
    "Kind",
    "deliveries_of",
    "delivery_of",
    "endpoint_of",
    "endpoints_of",
    "is_owed",
]

DELIVERY_STATES: tuple[str, ...] = tuple(Delivery.State.values)
KINDS: tuple[str, ...] = tuple(Kind.values)
_NEWEST_FIRST = Order(
    (Column("revision", "revision", int, descending=True), Column("kind", "kind", str))
)


def endpoints_of(owner_id: int) -> tuple[Endpoint, ...]:
    """All endpoints of a key, oldest first; there are few. One statement."""
    return tuple(Endpoint.objects.filter(owner_id=owner_id).order_by("pk"))


def endpoint_of(owner_id: int, endpoint_id: int) -> Endpoint:
    """One of a key's endpoints; raises `NotHeld`, also for somebody else's. One statement."""
    found = Endpoint.objects.filter(owner_id=owner_id, pk=endpoint_id).first()
    if found is None:
        raise NotHeld("webhook", endpoint_id)
    return found


def deliveries_of(
    endpoint: Endpoint, *, state: str | None = None, after: Key | None = None, limit: int
) -> Page[Delivery]:
    """Deliveries of the newest revision first. One statement."""
    found = Delivery.objects.filter(endpoint=endpoint).order_by(*_NEWEST_FIRST.ordering)
    if state is not None:
        found = found.filter(state=state)
    if after is not None:
        found = found.filter(_NEWEST_FIRST.beyond(after))
    rows = tuple(found[: limit + 1])
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(rows[:limit], None if last is None else (last.revision, last.kind))


def delivery_of(endpoint: Endpoint, revision: int, kind: str) -> Delivery:
    """What an endpoint is owed of a revision and kind; raises `NotHeld`. One statement."""
    found = Delivery.objects.filter(endpoint=endpoint, revision=revision, kind=kind).first()
    if found is None:
        raise NotHeld("delivery", revision)
    return found


def is_owed(delivery: Delivery) -> bool:
    """Whether it will be tried again."""
    return delivery.state == Delivery.State.PENDING

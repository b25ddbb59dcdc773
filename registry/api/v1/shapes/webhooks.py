"""Endpoints that are told of changes, and what became of each telling."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.webhooks.reads import DELIVERY_STATES, KINDS, Endpoint, is_owed
from registry.webhooks.reads import Delivery as HeldDelivery

KindName = Annotated[str, meaning("A kind of changes.", among=KINDS)]


@dataclass(frozen=True, slots=True)
class Webhook(Shape):
    """An address that is told of every revision that holds a change it wants."""

    id: int
    address: str
    description: str
    kinds: Annotated[
        tuple[KindName, ...], meaning("Of what it is told, of each in messages of its own.")
    ]
    wanted: Annotated[
        dict[str, str | bool],
        meaning("Which changes, by the feed's parameters; empty is all.", {"provider": "openai"}),
    ]
    told_to: Annotated[int, meaning("Revisions up to this one are in hand or told.")]
    created_at: Instant
    disabled_at: Instant | None
    disabled_because: str
    secret: Annotated[
        str | None, meaning("What messages are signed with; shown when it is made, else null.")
    ]

    @classmethod
    def of(cls, endpoint: Endpoint, secret: str | None = None) -> Webhook:
        """The endpoint as the API tells it."""
        return cls(
            id=endpoint.pk,
            address=endpoint.address,
            description=endpoint.description,
            kinds=tuple(endpoint.kinds),
            wanted=endpoint.wanted,
            told_to=endpoint.told_to,
            created_at=endpoint.created_at,
            disabled_at=endpoint.disabled_at,
            disabled_because=endpoint.disabled_because,
            secret=secret,
        )


@dataclass(frozen=True, slots=True)
class WebhookDetail(Shape):
    """One webhook."""

    webhook: Webhook


@dataclass(frozen=True, slots=True)
class WebhookList(Shape):
    """The webhooks of a key, oldest first."""

    items: tuple[Webhook, ...]


@dataclass(frozen=True, slots=True)
class Delivery(Shape):
    """What an endpoint is owed of one revision and kind, or was told of it."""

    message_id: Annotated[str, meaning("The `webhook-id` of the message, at every attempt.")]
    revision: int
    kind: KindName
    changes: Annotated[int, meaning("How many changes the endpoint wants to know of.")]
    state: Annotated[str, meaning("Where it stands.", among=DELIVERY_STATES)]
    attempts: int
    due_at: Annotated[Instant | None, meaning("When it is tried next; null where it is not.")]
    delivered_at: Instant | None
    answer: Annotated[str, meaning("What the last attempt came to.")]

    @classmethod
    def of(cls, row: HeldDelivery) -> Delivery:
        """The delivery as the API tells it."""
        return cls(
            message_id=row.message_id,
            revision=row.revision,
            kind=row.kind,
            changes=row.changes,
            state=row.state,
            attempts=row.attempts,
            due_at=row.due_at if is_owed(row) else None,
            delivered_at=row.delivered_at,
            answer=row.answer,
        )


@dataclass(frozen=True, slots=True)
class DeliveryDetail(Shape):
    """One delivery."""

    delivery: Delivery


@dataclass(frozen=True, slots=True)
class DeliveryList(Shape):
    """Deliveries to one endpoint, of the newest revision first."""

    items: tuple[Delivery, ...]
    next: str | None

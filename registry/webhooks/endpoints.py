"""What an owner does with endpoints: opens, changes, closes them, rotates their secrets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from registry.ledger.asof import head
from registry.webhooks.models import Delivery, Endpoint, Kind
from registry.webhooks.secrets import new_secret, opened, sealed
from registry.webhooks.wanted import misfits
from scrapers.fetch import AddressPolicy, FetchError
from scrapers.fetch.addresses import check_address

MOST_ENDPOINTS = 20
"""Of one owner."""
OLD_SECRET_LASTS = timedelta(hours=24)


class EndpointRefused(ValueError):
    """An endpoint that cannot be opened; names the field, its value and what was expected."""

    def __init__(self, field: str, value: str, expected: str) -> None:
        super().__init__(f"{field}: {value!r} was refused; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@transaction.atomic
def open_endpoint(
    owner_id: int,
    address: str,
    *,
    wanted: Mapping[str, Any],
    kinds: Sequence[Kind] = (Kind.PRICES,),
    description: str = "",
    policy: AddressPolicy,
) -> tuple[Endpoint, str]:
    """An endpoint that is told of every revision from the next on, and its secret.

    ``wanted``: parameters by name that the feed of each of the ``kinds`` has. Raises
    `EndpointRefused`; the address is checked again, with all that its name resolves to, at every
    delivery.
    """
    _refuse_address(address, policy)
    for name, value, expected in misfits(kinds, wanted):
        raise EndpointRefused(f"wanted.{name}", value, expected)
    if Endpoint.objects.filter(owner_id=owner_id).count() >= MOST_ENDPOINTS:
        raise EndpointRefused("address", address, f"at most {MOST_ENDPOINTS} endpoints a key")
    secret = new_secret()
    endpoint = Endpoint.objects.create(
        owner_id=owner_id,
        address=address,
        description=description,
        kinds=[kind.value for kind in kinds],
        wanted=dict(wanted),
        secret=sealed(secret),
        told_to=head().number,
    )
    return endpoint, secret


def _refuse_address(address: str, policy: AddressPolicy) -> None:
    try:
        target = check_address(address, policy)
    except FetchError as error:
        raise EndpointRefused("address", address, error.expected) from error
    if target.scheme != "https" and target.host not in policy.allow_hosts:
        raise EndpointRefused("address", address, "an https address")


def rotate_secret(endpoint: Endpoint, *, now: datetime) -> str:
    """A new secret; the one before signs beside it for a day."""
    secret = new_secret()
    endpoint.old_secret, endpoint.old_secret_until = endpoint.secret, now + OLD_SECRET_LASTS
    endpoint.secret = sealed(secret)
    endpoint.save(update_fields=["secret", "old_secret", "old_secret_until"])
    return secret


def secrets_of(endpoint: Endpoint, *, now: datetime) -> list[str]:
    """What deliveries are signed with now, the newest first."""
    kept = [bytes(endpoint.secret)]
    if endpoint.old_secret is not None and (endpoint.old_secret_until or now) > now:
        kept.append(bytes(endpoint.old_secret))
    return [opened(secret) for secret in kept]


def disable(endpoint: Endpoint, *, because: str, now: datetime) -> None:
    """Nothing more is sent until the owner enables it again."""
    Endpoint.objects.filter(pk=endpoint.pk, disabled_at=None).update(
        disabled_at=now, disabled_because=because
    )


@transaction.atomic
def enable(endpoint: Endpoint, *, now: datetime) -> None:
    """Told again, also of what was published meanwhile; what was owed is due at once."""
    Endpoint.objects.filter(pk=endpoint.pk).update(disabled_at=None, disabled_because="")
    Delivery.objects.filter(endpoint=endpoint, state=Delivery.State.PENDING).update(due_at=now)


def replay(delivery: Delivery, *, now: datetime) -> None:
    """Owes a delivery once more, whatever became of it."""
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.PENDING, attempts=0, due_at=now, delivered_at=None
    )

"""Points and revisions in few words."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from registry.catalog.models import Offer
from registry.ledger.models import PricePoint, Revision
from registry.ledger.points import NewStart
from registry.ledger.record import NewPoint, publish
from registry.pricing.rates import RateKey
from registry.pricing.terms import Terms

State = PricePoint.State


def day(number: int) -> datetime:
    """Midnight UTC of a day in April 2026."""
    return datetime(2026, 4, number, tzinfo=UTC)


def point(
    offer: Offer | int,
    amount: str | None = "1.74",
    *,
    starts: datetime | None = None,
    meter: str = "input_tokens",
    terms: str = "",
    currency: str = "USD",
    **fields: Any,
) -> NewPoint:
    """A price from the 24th on; without an amount say the state."""
    said = {
        "starts_basis": PricePoint.Basis.STATED,
        "state": State.PRICED,
        "status": PricePoint.Status.SINGLE,
        "cause": PricePoint.Cause.FIRST_SEEN,
    } | fields
    return NewPoint(
        offer_id=offer if isinstance(offer, int) else offer.pk,
        key=RateKey(meter, Terms.parse(terms), currency),
        starts_at=starts or day(24),
        amount=None if amount is None else Decimal(amount),
        **said,
    )


def say(*points: NewStart, **fields: Any) -> Revision:
    """Publishes; there must be something to say."""
    header: dict[str, Any] = {
        "kind": Revision.Kind.RUN,
        "published_at": day(25),
        "author": "litellm",
    } | fields
    revision = publish(points, **header)
    assert revision is not None
    return revision

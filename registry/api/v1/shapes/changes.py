"""What was published, change by change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.feeds import Author, Follow, Next, PublishedBy, Source
from registry.api.v1.shapes.rate_cards import PER, UNIT, Amount, Basis, MeterName, TermsMap
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.changes import CHANGE_STATES, PriceChange, Said
from registry.selectors.rate_cards import CAUSES, RATE_STATUSES


@dataclass(frozen=True, slots=True)
class Saying(Shape):
    """What a series says from a moment on."""

    state: Annotated[
        str,
        meaning(
            "A state of a price; withdrawn ends it; retracted takes an earlier start back.",
            among=CHANGE_STATES,
        ),
    ]
    amount: Amount
    receipt: Annotated[str, meaning("The address of the evidence.")]

    @classmethod
    def of(cls, said: Said) -> Saying:
        """The saying as the API tells it."""
        amount = None if said.amount is None else f"{said.amount:f}"
        return cls(said.state, amount, addresses.receipt(said.point_id))


@dataclass(frozen=True, slots=True)
class Change(Shape):
    """One start of a price: from what it was until then to what it is from ``starts_at`` on."""

    revision: PublishedBy
    published_at: Instant
    offer: str
    model: str | None
    meter: MeterName
    terms: TermsMap
    currency: str
    per: int
    unit: str
    before: Annotated[
        Saying | None,
        meaning("What the registry had said of that moment until then; null is nothing."),
    ]
    now: Saying
    starts_at: Instant
    starts_basis: Basis
    cause: Annotated[str, meaning("Why it was published.", among=CAUSES)]
    status: Annotated[str, meaning("As stored with its revision.", among=RATE_STATUSES)]
    source: Source
    author: Author

    @classmethod
    def of(cls, change: PriceChange) -> Change:
        """The change as the API tells it."""
        return cls(
            revision=change.revision,
            published_at=change.published_at,
            offer=change.offer,
            model=change.model,
            meter=change.meter,
            terms=change.terms.as_dict(),
            currency=change.currency,
            per=PER[change.meter],
            unit=UNIT[change.meter],
            before=None if change.before is None else Saying.of(change.before),
            now=Saying.of(change.now),
            starts_at=change.starts_at,
            starts_basis=change.starts_basis,
            cause=change.cause,
            status=change.status,
            source=change.source,
            author=change.author,
        )


@dataclass(frozen=True, slots=True)
class ChangeList(Shape):
    """Changes in the order of their publication, or backwards where that was asked."""

    revision: RevisionRef
    items: tuple[Change, ...]
    next: Next
    follow: Follow

"""What was published of facts, change by change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.facts import Name, Of, Value
from registry.api.v1.shapes.feeds import Author, Follow, Next, PublishedBy, Source
from registry.api.v1.shapes.rate_cards import Basis
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.fact_changes import FactChange as Change
from registry.selectors.fact_changes import SaidFact
from registry.selectors.facts import FACT_CAUSES, FACT_STATES, FACT_STATUSES


@dataclass(frozen=True, slots=True)
class FactSaying(Shape):
    """What the registry says of a fact from a moment on."""

    state: Annotated[str, meaning("retracted takes an earlier start back.", among=FACT_STATES)]
    value: Annotated[Value | None, meaning("null where it is retracted.")]
    receipt: Annotated[str, meaning("The address of the evidence.")]

    @classmethod
    def of(cls, said: SaidFact) -> FactSaying:
        """The saying as the API tells it."""
        return cls(said.state, said.value, addresses.fact_receipt(said.point_id))


@dataclass(frozen=True, slots=True)
class FactChange(Shape):
    """One start of a fact: from what it was until then to what it is from ``starts_at`` on."""

    revision: PublishedBy
    published_at: Instant
    of: Of
    subject: Annotated[str, meaning("The readable id of the model or offer.")]
    model: Annotated[
        str | None, meaning("The model, also of an offer; null where it is an open question.")
    ]
    name: Name
    before: Annotated[
        FactSaying | None,
        meaning("What had been said of the subject itself until then; null is nothing."),
    ]
    now: FactSaying
    starts_at: Instant
    starts_basis: Basis
    cause: Annotated[str, meaning("Why it was published.", among=FACT_CAUSES)]
    status: Annotated[str, meaning("As stored with its revision.", among=FACT_STATUSES)]
    source: Source
    author: Author

    @classmethod
    def told(cls, change: Change) -> FactChange:
        """The change as the API tells it."""
        return cls(
            revision=change.revision,
            published_at=change.published_at,
            of=change.of,
            subject=change.subject,
            model=change.model,
            name=change.name,
            before=None if change.before is None else FactSaying.of(change.before),
            now=FactSaying.of(change.now),
            starts_at=change.starts_at,
            starts_basis=change.starts_basis,
            cause=change.cause,
            status=change.status,
            source=change.source,
            author=change.author,
        )


@dataclass(frozen=True, slots=True)
class FactChangeList(Shape):
    """Changes of facts in the order of their publication, or backwards where that was asked."""

    revision: RevisionRef
    items: tuple[FactChange, ...]
    next: Next
    follow: Follow

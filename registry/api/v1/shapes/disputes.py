"""Where sources differ on a price that stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.rate_cards import Moment, Rate, SourceWord
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors import disputes as held


@dataclass(frozen=True, slots=True)
class Dispute(Shape):
    """A price that stands, and every source's word on it."""

    offer: str
    provider: str
    model: str | None
    difference: Annotated[
        str | None,
        meaning(
            "The largest difference to what stands, as a share of the greater of the two; "
            "null where the side that differs names no amount.",
            "0.5",
        ),
    ]
    rate: Annotated[Rate, meaning("What stands. Its claims are null: they are the sides.")]
    sides: Annotated[tuple[SourceWord, ...], meaning("The most trusted first.")]
    address: Annotated[str, meaning("Of the offer.")]

    @classmethod
    def of(cls, dispute: held.Dispute) -> Dispute:
        """The dispute as the API tells it."""
        subject, difference = dispute.subject, dispute.difference
        return cls(
            offer=subject.offer,
            provider=subject.provider,
            model=subject.model,
            difference=None if difference is None else f"{difference:f}",
            rate=Rate.of(dispute.rate),
            sides=tuple(map(SourceWord.of, dispute.sides)),
            address=addresses.offer(subject.offer),
        )


@dataclass(frozen=True, slots=True)
class DisputeList(Shape):
    """Disputes, the largest difference first unless sorted otherwise."""

    revision: RevisionRef
    at: Moment
    items: tuple[Dispute, ...]
    next: str | None

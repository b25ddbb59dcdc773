"""Prices as one flat list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.bills import Conversion
from registry.api.v1.shapes.rate_cards import Moment, Rate
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.prices import PriceRow
from registry.selectors.words import Words


@dataclass(frozen=True, slots=True)
class Price(Shape):
    """One price, and what it is the price of."""

    offer: str
    provider: str
    model: str | None
    context_tokens: int | None
    rate: Rate
    last_seen_at: Annotated[
        Instant | None,
        meaning(
            "When its source was last read stating it; null where it says otherwise since, or it "
            "is a curator's."
        ),
    ]
    stale: Annotated[bool, meaning("Whether its source has not been heard within its time.")]
    converted: Conversion | None
    address: Annotated[str, meaning("Of the offer.")]

    @classmethod
    def of(cls, row: PriceRow, words: Words | None = None) -> Price:
        """The price as the API tells it."""
        return cls(
            offer=row.offer,
            provider=row.provider,
            model=row.model,
            context_tokens=row.context_tokens,
            rate=Rate.of(row.rate, words),
            last_seen_at=row.last_seen_at,
            stale=row.rate.status == "stale",
            converted=Conversion.of(row.converted),
            address=addresses.offer(row.offer),
        )


@dataclass(frozen=True, slots=True)
class PriceList(Shape):
    """Prices that stand at a moment."""

    revision: RevisionRef
    at: Moment
    items: tuple[Price, ...]
    next: str | None

"""A provider's offers with their everyday prices at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from registry.selectors.clocks import AsOf
from registry.selectors.everyday import NOTHING, Everyday, everyday_prices
from registry.selectors.freshness import stale_sources
from registry.selectors.offers import OfferFilter, OfferRow, offers
from registry.selectors.search import Words

_MOST = 5000


@dataclass(frozen=True, slots=True)
class PricedOffer:
    """An offer and its everyday prices; those of other units stand on its own page."""

    offer: OfferRow
    prices: Everyday
    blended: Decimal | None

    @property
    def is_priced(self) -> bool:
        """Whether any price is known at the moment."""
        return self.prices != NOTHING


def offers_at(
    provider: str, as_of: AsOf, *, words: str, ratio: Decimal, offset: int, limit: int
) -> tuple[tuple[PricedOffer, ...], int]:
    """Some offers whose id, name or model holds the words, and how many there are in all.

    Those with a price first, by the provider's own id. Two statements, and one for the prices where
    their revision is not held yet.
    """
    asked = Words(words)
    found = offers(OfferFilter(provider=provider), limit=_MOST).rows
    named = [row for row in found if asked.match(row.provider_model_id, row.name, row.model or "")]
    standing = everyday_prices(as_of).at(as_of.at)
    stale = stale_sources(as_of.at) if as_of.is_about_now else frozenset()
    named.sort(key=lambda row: row.offer_id not in standing)
    shown = named[offset : offset + limit]
    priced = []
    for row in shown:
        prices = standing.get(row.offer_id, NOTHING).as_of_today(stale)
        priced.append(PricedOffer(row, prices, prices.blended(ratio)))
    return tuple(priced), len(named)

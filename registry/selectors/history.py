"""How an offer's prices came to be what they are."""

from __future__ import annotations

from dataclasses import dataclass

from registry.ledger import asof
from registry.ledger.standings import SeriesHistory
from registry.pricing.terms import Terms
from registry.selectors.card_order import place
from registry.selectors.clocks import AsOf


@dataclass(frozen=True, slots=True)
class SeriesFilter:
    """Which series are meant; None is any, and empty terms are the standard ones only."""

    meter: str | None = None
    terms: Terms | None = None
    currency: str | None = None


def history(
    offer_id: int, as_of: AsOf, wanted: SeriesFilter | None = None
) -> tuple[SeriesHistory, ...]:
    """Every period of an offer's series as known at the revision, announced ones included.

    The series stand in the order of a rate card, the periods of each from the oldest on.
    Statuses are those stored with the points. One statement.
    """
    wanted = wanted or SeriesFilter()
    series = asof.history(
        offer_id,
        revision=as_of.pinned_revision,
        meter=wanted.meter,
        terms=None if wanted.terms is None else wanted.terms.key,
        currency=wanted.currency,
    )
    return tuple(sorted(series, key=lambda one: place(one.key)))

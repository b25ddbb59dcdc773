"""Multipliers of a row, written out as the rates that they stand for.

``{"us": 1.1, "fast": 2.0}`` in ``provider_specific_entry``, and regional uplifts, raise every token
price of the row; the rates are marked as derived, so that an exporter can fold them back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from registry.pricing.meters import METERS, Unit
from registry.pricing.quotes import Quote, QuoteError, read_quote
from registry.pricing.terms import TIERS, Terms
from scrapers.claims import EntryFault, NoteReason
from scrapers.sources.litellm.rows import RowReader

# A multiplier's name and the term that it raises prices under. Google's is for any endpoint that
# is not the global one, whichever region that is.
_UPLIFTS = {
    "regional_endpoint_uplift_multiplier": "regional",
    "regional_processing_uplift_multiplier_eu": "eu",
    "regional_processing_uplift_multiplier_us": "us",
}
_REGIONS = frozenset({"us", "eu", *_UPLIFTS.values()})


MULTIPLIERS = frozenset({"provider_specific_entry", *_UPLIFTS})


@dataclass(frozen=True, slots=True)
class Factor:
    """``times`` the plain price under the tier or region ``name``, as the field ``path`` says."""

    path: str
    name: str
    times: Decimal

    def under(self, terms: Terms) -> Terms:
        """The same terms with the factor's own."""
        if self.name in TIERS:
            return replace(terms, tier=self.name)
        return replace(terms, region=self.name)


def multipliers(reader: RowReader, since: int) -> None:
    """Explicit rates for what the row multiplies, derived from its quotes from ``since`` on.

    Tiers first: a region's uplift is then also taken on the tier's rates. Only token prices are
    multiplied, as LiteLLM does.
    """
    factors = sorted(_factors(reader), key=lambda factor: factor.name not in TIERS)
    quotes = reader.card.quotes
    for factor in factors:
        quotes += _raised(tuple(quotes[since:]), factor)


def _factors(reader: RowReader) -> Iterator[Factor]:
    """Each multiplier of the row that is understood; the rest is noted or remarked on."""
    named = [(field, name, reader.row.get(field)) for field, name in _UPLIFTS.items()]
    entry = reader.row.get("provider_specific_entry")
    if isinstance(entry, dict):
        named += [(f"provider_specific_entry.{name}", name, value) for name, value in entry.items()]
    elif entry is not None:
        named.append(("provider_specific_entry", "", entry))
    for path, name, value in named:
        if value is None:
            continue
        if isinstance(value, str):
            reader.card.note(NoteReason.NOT_A_PRICE, reader.path(path), value)
        elif isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 0:
            reader.card.remark(EntryFault.NOT_A_FIGURE, reader.path(path), value, "a factor")
        elif name not in TIERS | _REGIONS:
            reader.card.remark(
                EntryFault.UNKNOWN_FIELD, reader.path(path), value, "a tier or a region"
            )
        else:
            yield Factor(path, name, Decimal(value))


def _raised(quotes: Iterable[Quote], factor: Factor) -> Iterator[Quote]:
    """The token quotes that do not yet have the factor's term, under it and times it."""
    for quote in quotes:
        named = quote.terms.tier if factor.name in TIERS else quote.terms.region
        if named is not None or METERS[quote.meter].unit is not Unit.TOKEN:
            continue
        try:
            rate = read_quote(quote).rate
        except QuoteError:
            continue  # the quote itself is refused, and holds the card
        if rate.amount is not None:
            yield replace(
                quote,
                text=str(rate.amount * factor.times),
                per=rate.per,
                subunits=1,
                field=f"{quote.field} x {factor.path}",
                terms=factor.under(quote.terms),
                derived=True,
            )

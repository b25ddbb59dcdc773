"""What could be published of some claims: the yardstick for pages that come damaged."""

from __future__ import annotations

from collections.abc import Iterable

from registry.pricing.quotes import Quote, QuoteError, read_quote
from scrapers.claims import OfferClaim

Figures = dict[tuple[str, str, str, str], str]


def amount(quote: Quote) -> str | None:
    """The amount that a quote comes to, or its state; None where it is refused."""
    try:
        rate = read_quote(quote).rate
    except QuoteError:
        return None
    return f"{rate.amount:f}" if rate.amount is not None else rate.state


def publishable(claims: Iterable[OfferClaim]) -> Figures:
    """The figures of claims without a remark or a refused figure, by model and series."""
    return {
        (claim.model_id, quote.meter, quote.terms.key, quote.currency): str(amount(quote))
        for claim in claims
        if not claim.remarks and None not in map(amount, claim.quotes)
        for quote in claim.quotes
    }

"""What a claim says, figure by figure, as a person reads and compares it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.pricing.quotes import Quote, QuoteError, read_quote
from registry.pricing.rates import shown_price
from scrapers.claims import OfferClaim


@dataclass(frozen=True, slots=True)
class Figure:
    """One statement: ``series`` names what it is of, ``shown`` is how it is understood."""

    provider: str
    model_id: str
    series: str
    shown: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement that two readings do not share; an empty side says nothing."""

    provider: str
    model_id: str
    series: str
    before: str
    after: str

    @property
    def kind(self) -> str:
        """``added``, ``removed`` or ``changed``."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def figures_of(claim: OfferClaim) -> Iterator[Figure]:
    """Every rate now and dated, then what the parser remarked on."""
    cards = [("", claim.quotes)]
    for card in claim.scheduled:
        since = f"from {card.starts_at:%Y-%m-%d %H:%M}" if card.starts_at else "before"
        cards.append((since, card.quotes))
    for since, quotes in cards:
        for quote in quotes:
            series = " ".join(filter(None, (quote.meter, quote.terms.key, since)))
            yield Figure(claim.provider, claim.model_id, series, _shown(quote))
    for remark in claim.remarks:
        shown = f"{remark.fault}: {remark.value}; expected {remark.expected}"
        yield Figure(claim.provider, claim.model_id, remark.field, shown)


def differences(before: Iterable[OfferClaim], after: Iterable[OfferClaim]) -> list[Difference]:
    """What two readings of one body do not share, by provider, model and series."""
    old, new = _by_series(before), _by_series(after)
    return [
        Difference(*key, old.get(key, ""), new.get(key, ""))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _by_series(claims: Iterable[OfferClaim]) -> dict[tuple[str, str, str], str]:
    said: dict[tuple[str, str, str], list[str]] = {}
    for claim in claims:
        for figure in figures_of(claim):
            key = (figure.provider, figure.model_id, figure.series)
            said.setdefault(key, []).append(figure.shown)
    return {key: " and ".join(sorted(set(shown))) for key, shown in said.items()}


def _shown(quote: Quote) -> str:
    try:
        rate = read_quote(quote).rate
    except QuoteError as error:
        return f"refused, {error.fault}: {quote.text}"
    return f"{shown_price(rate)} {rate.currency}" if rate.amount is not None else str(rate.state)

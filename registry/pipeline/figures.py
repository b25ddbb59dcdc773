"""What a claim says, figure by figure, as a person reads and compares it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from registry.pricing.quotes import Quote, QuoteError, read_quote
from registry.pricing.rates import shown_price
from registry.scoring.figures import Qualifier
from registry.scoring.readings import ReadingError, read_reading
from registry.scoring.scales import ScaleError, scale
from scrapers.claims import Claim as Said
from scrapers.claims import OfferClaim, ReadingClaim


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


def figures_of(claim: Said) -> Iterator[Figure]:
    """Every rate now and dated, or the score, then what the parser remarked on."""
    named = names_of(claim)
    figures = _rates(claim) if isinstance(claim, OfferClaim) else _score(claim)
    for series, shown in figures:
        yield Figure(*named, series, shown)
    for remark in claim.remarks:
        shown = f"{remark.fault}: {remark.value}; expected {remark.expected}"
        yield Figure(*named, remark.field, shown)


def names_of(claim: Said) -> tuple[str, str]:
    """Whose and what it is, as the source writes it."""
    if isinstance(claim, OfferClaim):
        return claim.provider, claim.model_id
    return claim.lab or "", claim.written


def _score(claim: ReadingClaim) -> Iterator[tuple[str, str]]:
    """The score on the scale that its source tells it on."""
    quote = claim.quote
    series = " ".join(filter(None, (claim.benchmark, claim.setup.key)))
    try:
        told = scale(quote.scale)
        reading = read_reading(quote, told, seen_on=date.max)
    except ScaleError as error:
        yield series, f"refused, scale {error.value}: {quote.text}"
        return
    except ReadingError as error:
        yield series, f"refused, {error.fault}: {quote.text}"
        return
    words = [f"{reading.value:f}", told.unit or told.name, str(reading.evaluator)]
    if reading.qualifier is not Qualifier.EXACT:
        words.append(str(reading.qualifier))
    if quote.measured_on is not None:
        words.append(quote.measured_on.isoformat())
    yield series, " ".join(words)


def _rates(claim: OfferClaim) -> Iterator[tuple[str, str]]:
    cards = [("", claim.quotes)]
    for card in claim.scheduled:
        since = f"from {card.starts_at:%Y-%m-%d %H:%M}" if card.starts_at else "before"
        cards.append((since, card.quotes))
    for since, quotes in cards:
        for quote in quotes:
            series = " ".join(filter(None, (quote.meter, quote.terms.key, since)))
            yield series, _shown(quote)


def differences(before: Iterable[Said], after: Iterable[Said]) -> list[Difference]:
    """What two readings of one body do not share, by provider, model and series."""
    old, new = _by_series(before), _by_series(after)
    return [
        Difference(*key, old.get(key, ""), new.get(key, ""))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def _by_series(claims: Iterable[Said]) -> dict[tuple[str, str, str], str]:
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

"""What every source says of an offer now, beside what is published: the other sides of a price."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.curation.voices import current_cards
from registry.pipeline.bundle.format import BundledFigure, BundledSeries
from registry.pricing.meters import meter
from registry.pricing.quotes import Quote
from registry.pricing.rates import PriceState, Rate
from registry.pricing.terms import Terms


def current_words(offer_ids: set[int]) -> dict[int, dict[int, tuple[Rate, ...]]]:
    """By offer and claim, the rates of every claim that a source makes now and that are sound."""
    return {
        offer_id: {
            claim_id: card.rates for claim_id, card in cards.items() if card.usable and card.rates
        }
        for offer_id, cards in current_cards(offer_ids).items()
    }


def says(rates: Iterable[Rate], series: Sequence[BundledSeries]) -> list[int | BundledFigure]:
    """Rates as the bundle writes them: as a series' last point where they are the same."""
    published = {
        (one.meter, one.terms, one.currency, one.points[-1].price): position
        for position, one in enumerate(series)
    }
    card: list[int | BundledFigure] = []
    for rate in rates:
        price = _price_text(rate)
        position = published.get((rate.meter, rate.terms.key, rate.currency, price))
        card.append(
            BundledFigure(rate.meter, rate.terms.key, price, rate.currency)
            if position is None
            else position
        )
    return card


def quotes_of(
    card: Iterable[int | BundledFigure], series: Sequence[BundledSeries]
) -> tuple[Quote, ...]:
    """The quotes of a bundled card, per the meters' unit sizes."""
    quotes = []
    for item in card:
        if isinstance(item, int):
            one = series[item]
            quotes.append(_quote(one.meter, one.terms, one.currency, one.points[-1].price))
        else:
            quotes.append(_quote(item.meter, item.terms, item.currency, item.price))
    return tuple(quotes)


def _price_text(rate: Rate) -> str:
    return rate.state.value if rate.amount is None else f"{rate.amount:f}"


def _quote(name: str, terms: str, currency: str, price: str) -> Quote:
    priced = price[0].isdigit()
    return Quote(
        meter=name,
        text=price,
        per=meter(name).unit_size,
        field=name,
        terms=Terms.parse(terms),
        currency=currency,
        state=None if priced else PriceState(price),
    )

"""What every source says of an offer now, beside what is published: the other sides of a price."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from registry.curation.voices import current_cards
from registry.ingest.content import remarks_in, remarks_out, statements_in
from registry.pipeline.bundle.format import BundledFigure, BundledSeries, BundledStatement
from registry.pricing.meters import meter
from registry.pricing.quotes import Quote
from registry.pricing.rates import PriceState, Rate
from registry.pricing.terms import Terms
from registry.scoring.comparisons import Relation
from scrapers.claims import Statement


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
            BundledFigure(rate.meter, price, rate.terms.key, rate.currency)
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


def states(content: Mapping[str, Any]) -> list[BundledStatement]:
    """What a claim's content states of its offer beside others, as the bundle writes it."""
    return [
        BundledStatement(
            one.aspect,
            one.relation.value,
            one.text,
            one.field,
            list(one.baseline or ()),
            one.basis,
            remarks_out(one.remarks),
        )
        for one in statements_in(content)
    ]


def statements_of(rows: Iterable[BundledStatement]) -> tuple[Statement, ...]:
    """The statements that `states` wrote; raises `ValueError` for what is none."""
    return tuple(
        Statement(
            aspect=row.aspect,
            relation=Relation(row.relation),
            text=row.text,
            field=row.field,
            baseline=(row.baseline[0], row.baseline[1]) if len(row.baseline) == 2 else None,
            basis=row.basis,
            remarks=remarks_in(row.remarks),
        )
        for row in rows
    )


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

"""Rows of the kind that exports are made of: a few by hand, and those of the bundled catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from registry.catalog.declarations import declarations
from registry.pipeline.bundle.format import CATALOG_DIR, BundledSeries, read_offers
from registry.pricing.rates import PriceState, Rate, in_card_order
from registry.pricing.terms import Terms
from registry.selectors.export_rows import ExportRow, Seller

_DECLARED = {one.slug: one for one in declarations().providers}
_NO_PRICE = frozenset({"withdrawn", "retracted"})


def seller(slug: str) -> Seller:
    """A declared provider."""
    one = _DECLARED[slug]
    return Seller(slug, one.name, one.kind, one.homepage, one.pricing_page, one.known_as, ())


def row(provider: str, model_id: str, rates: Iterable[Rate], **facts: Any) -> ExportRow:
    """An offer of a declared provider; facts that are not given are unknown."""
    plain = ExportRow(
        seller=seller(provider),
        model_id=model_id,
        name=model_id,
        mode="chat",
        context_tokens=None,
        max_output_tokens=None,
        input_modalities=(),
        output_modalities=(),
        reasoning=None,
        tool_calls=None,
        deprecated_on=None,
        retires_on=None,
        released_on=None,
        knowledge_cutoff="",
        open_weights=None,
        rates=in_card_order(rates),
    )
    return replace(plain, **facts)


def catalogue_rows() -> Iterator[ExportRow]:
    """Every offer of the bundled catalogue with the prices that were published last."""
    for provider, offers in read_offers(CATALOG_DIR):
        for offer in offers:
            rates = [rate for series in offer.series if (rate := _last(series)) is not None]
            if rates and provider in _DECLARED:
                yield row(provider, offer.id, rates, mode=offer.mode)


def _last(series: BundledSeries) -> Rate | None:
    by_start = {point.starts_at: point.price for point in series.points}
    started = {start: price for start, price in by_start.items() if price != "retracted"}
    price = started[max(started)] if started else "withdrawn"
    if price in _NO_PRICE:
        return None
    terms = Terms.parse(series.terms)
    if not price[0].isdigit():
        return Rate(series.meter, terms, PriceState(price), None, series.currency)
    return Rate(series.meter, terms, PriceState.PRICED, Decimal(price), series.currency)

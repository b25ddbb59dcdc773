"""genai-prices: ``v2/data.json``, providers with their models, dollars in the unit of the key.

A price is a number or ``{base, tiers}``; ``prices`` is a card, or several of which the last holds
whose daily hours it is, or whose first day has come. A service tier is a variant that a client
selects by its context; of several variants the first counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from registry.exports.compat.genai_prices.conditions import conditional
from registry.exports.compat.genai_prices.extractors import extractors_of
from registry.exports.compat.interfaces import UNKNOWN, interfaces
from registry.exports.compat.left_out import LeftOuts
from registry.exports.json_text import Json
from registry.selectors.export_rows import DatedCard, ExportRow, Seller

SOURCE = "genai-prices"
# A pattern that no address matches: nobody has told us where the provider is called.
_NOWHERE = "(?!)"


def document(
    rows: Iterable[ExportRow],
    left_out: LeftOuts,
    announced: Mapping[str, Sequence[DatedCard]] = MappingProxyType({}),
) -> list[Json]:
    """The providers that have models with prices; what cannot be held goes to ``left_out``.

    ``announced``: cards to come by the id of their offer, soonest first.
    """
    told = []
    for seller, offers in groupby(rows, key=attrgetter("seller")):
        models = [
            model
            for offer in offers
            if (model := _model(offer, announced.get(offer.ref, ()), left_out))
        ]
        if models:
            told.append(_provider(seller) | {"models": models})
    return told


def provider_id(seller: Seller) -> str:
    """What the client calls the provider."""
    return seller.name_in(SOURCE) or seller.slug


def _provider(seller: Seller) -> Json:
    provider: Json = {
        "id": provider_id(seller),
        "name": seller.name,
        "api_pattern": interfaces().get(seller.slug, UNKNOWN).pattern or _NOWHERE,
    }
    if seller.pricing_page:
        provider["pricing_urls"] = [seller.pricing_page]
    if seller.is_first_party and seller.families:
        provider["model_match"] = {"or": [{"starts_with": name} for name in seller.families]}
    return provider | {"extractors": extractors_of(seller.slug)}


def _model(row: ExportRow, coming: Sequence[DatedCard], left_out: LeftOuts) -> Json | None:
    told = conditional(row, coming, left_out)
    if not told.prices:
        return None
    model: Json = {
        "id": row.model_id,
        "name": row.name,
        "match": {"equals": row.model_id},
        "context_window": row.context_tokens,
        "deprecated": True if row.deprecated_on or row.retires_on else None,
        "prices": told.prices,
        "price_variants": told.variants or None,
    }
    return {name: told for name, told in model.items() if told is not None}

"""genai-prices: ``v2/data.json``, providers with their models, dollars in the unit of the key.

A price is a number or ``{base, tiers}``; ``prices`` is a card, or several of which the last holds
whose daily hours it is. A service tier is a variant that a client selects by its context.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from registry.exports.compat.genai_prices.cards import Card, card_of
from registry.exports.compat.genai_prices.extractors import extractors_of
from registry.exports.compat.interfaces import UNKNOWN, interfaces
from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.compat.pricing import figures, windows_by_day, within_hours
from registry.exports.json_text import Json
from registry.pricing.hours import Hours
from registry.pricing.rates import Rate
from registry.selectors.export_rows import ExportRow, Seller

SOURCE = "genai-prices"
# A pattern that no address matches: nobody has told us where the provider is called.
_NOWHERE = "(?!)"
_TIERS = {
    "batch": {"processing": "batch"},
    "fast": {"speed": "fast"},
    "flex": {"service_tier": "flex"},
    "priority": {"service_tier": "priority"},
}


def document(rows: Iterable[ExportRow], left_out: LeftOuts) -> list[Json]:
    """The providers that have models with prices; what cannot be held goes to ``left_out``."""
    told = []
    for seller, offers in groupby(rows, key=attrgetter("seller")):
        models = [model for offer in offers if (model := _model(offer, left_out))]
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


def _model(row: ExportRow, left_out: LeftOuts) -> Json | None:
    rates, elsewhere = _with_known_terms(figures(row, left_out))
    left_out.rates(row, elsewhere, Reason.TERMS)
    usual = card_of(rate for rate in rates if rate.terms.hours is None)
    left_out.rates(row, usual.no_key, Reason.METER)
    left_out.rates(row, usual.no_whole, Reason.PRICE_OF_WHOLE)
    if not usual.prices:
        return None
    model: Json = {
        "id": row.model_id,
        "name": row.name,
        "match": {"equals": row.model_id},
        "context_window": row.context_tokens,
        "deprecated": True if row.deprecated_on or row.retires_on else None,
        "prices": _by_hour(rates, usual),
        "price_variants": list(_variants(rates, usual)) or None,
    }
    return {name: told for name, told in model.items() if told is not None}


def _with_known_terms(rates: Iterable[Rate]) -> tuple[list[Rate], list[Rate]]:
    """The rates whose conditions the format knows, and the others."""
    kept: list[Rate] = []
    elsewhere: list[Rate] = []
    for rate in rates:
        terms = rate.terms
        known = terms.region is None and terms.variant is None and terms.tier in {None, *_TIERS}
        daily = terms.hours is None or (terms.tier is None and _daily(terms.hours) is not None)
        (kept if known and daily else elsewhere).append(rate)
    return kept, elsewhere


def _daily(hours: Hours) -> list[tuple[int, int]] | None:
    """The windows of hours that are the same every day; None where a day differs."""
    told = list(windows_by_day(hours))
    return told[0][1] if len(told) == 1 and len(told[0][0]) == 7 else None


def _by_hour(rates: Iterable[Rate], usual: Card) -> Json | list[Json]:
    plain = [rate for rate in rates if rate.terms.tier is None]
    spans = dict.fromkeys(rate.terms.hours for rate in plain if rate.terms.hours is not None)
    if not spans:
        return usual.prices
    told: list[Json] = [{"prices": usual.prices}]
    for hours in spans:
        prices = card_of(within_hours(plain, hours)).prices
        for start, end in _daily(hours) or ():
            span = {"start_time": _clock(start), "end_time": _clock(end)}
            told.append({"constraint": span, "prices": prices})
    return told


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02}:{minute % 60:02}:00Z"


def _variants(rates: Iterable[Rate], usual: Card) -> Iterator[Json]:
    """The prices of each tier that are not the usual ones."""
    timeless = [rate for rate in rates if rate.terms.hours is None]
    sold = {rate.terms.tier for rate in timeless}
    for tier, when in _TIERS.items():
        if tier in sold:
            found = card_of(timeless, tier).prices
            changed = {key: price for key, price in found.items() if usual.prices.get(key) != price}
            if changed:
                yield {"when": dict(when), "prices": changed}

"""models.dev: ``api.json``, providers with their models, dollars per million tokens.

A price that is not known is left out, as upstream does. Longer requests have ``tiers``, each told
whole; ``context_over_200k`` is written beside a single one of 200,000 tokens or more for clients
that know no other. A service tier is a mode of the model, selected by the request's body.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from operator import attrgetter

from registry.exports.compat.interfaces import UNKNOWN, interfaces
from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.compat.pricing import Prices, amount_per, beyond, figures
from registry.exports.json_text import Json
from registry.pricing.rates import Rate
from registry.pricing.terms import Terms
from registry.selectors.export_rows import ExportRow, Seller

SOURCE = "models-dev"
_PER = 1_000_000
_KEYS = {
    "input_tokens": "input",
    "output_tokens": "output",
    "reasoning_tokens": "reasoning",
    "cache_read_tokens": "cache_read",
    "cache_write_tokens": "cache_write",
    "input_audio_tokens": "input_audio",
    "output_audio_tokens": "output_audio",
}
_SHORT_WRITES = "cache_write_5m_tokens"
_BODIES = {"fast": {"speed": "fast"}, "priority": {"service_tier": "priority"}}
_LEGACY_LIMIT = 200_000
_FILES = frozenset({"image", "pdf", "audio", "video", "file"})


def document(rows: Iterable[ExportRow], left_out: LeftOuts) -> Json:
    """The providers by id; what cannot be held goes to ``left_out``."""
    told: Json = {}
    for seller, offers in groupby(rows, key=attrgetter("seller")):
        provider = _provider(seller)
        provider["models"] = {offer.model_id: _model(offer, left_out) for offer in offers}
        told[provider["id"]] = provider
    return told


def provider_id(seller: Seller) -> str:
    """What models.dev calls the provider."""
    return seller.name_in(SOURCE) or seller.slug


def _provider(seller: Seller) -> Json:
    interface = interfaces().get(seller.slug, UNKNOWN)
    # Clients read the package's name as a text, also of providers that they cannot call.
    provider: Json = {
        "id": provider_id(seller),
        "env": list(interface.env),
        "npm": interface.npm or "",
    }
    if interface.api:
        provider["api"] = interface.api
    doc = seller.homepage or seller.pricing_page
    return provider | {"name": seller.name} | ({"doc": doc} if doc else {})


def _model(row: ExportRow, left_out: LeftOuts) -> Json:
    takes, gives = list(row.input_modalities), list(row.output_modalities)
    told: Json = {
        "id": row.model_id,
        "name": row.name,
        "attachment": bool(_FILES.intersection(takes)) if takes else None,
        "reasoning": row.reasoning,
        "tool_call": row.tool_calls,
        "knowledge": row.knowledge_cutoff or None,
        "release_date": row.released_on,
        "modalities": {"input": takes, "output": gives} if takes and gives else None,
        "open_weights": row.open_weights,
        # Upstream's own word for a length that nobody knows is 0.
        "limit": {"context": row.context_tokens or 0, "output": row.max_output_tokens or 0},
        "status": "deprecated" if row.deprecated_on or row.retires_on else None,
    }
    return {name: fact for name, fact in told.items() if fact is not None} | _cost(row, left_out)


def _cost(row: ExportRow, left_out: LeftOuts) -> Json:
    prices = Prices(_held(row, left_out))
    base = _card(prices)
    if "input" not in base:
        left_out.rates(row, prices.rates, Reason.PRICE_OF_WHOLE)
        return {}
    tiers = [
        _card(prices, over=over) | {"tier": {"type": "context", "size": over}}
        for over in prices.limits
    ]
    if tiers:
        base["tiers"] = tiers
        long = [card for card in tiers if card["tier"]["size"] >= _LEGACY_LIMIT]
        if len(long) == 1:
            legacy = {key: price for key, price in long[0].items() if key != "tier"}
            base["context_over_200k"] = legacy
    modes = _modes(prices)
    return {"cost": base} | ({"experimental": {"modes": modes}} if modes else {})


def _held(row: ExportRow, left_out: LeftOuts) -> list[Rate]:
    """The rates that have a key, under terms that have a place."""
    kept: list[Rate] = []
    rates = figures(row, left_out)
    plain_writes = {r.terms: r.amount for r in rates if r.meter == "cache_write_tokens"}
    for rate in rates:
        if rate.meter == _SHORT_WRITES and _known(rate.terms):
            if rate.terms not in plain_writes and not plain_writes:
                kept.append(Rate("cache_write_tokens", rate.terms, rate.state, rate.amount, "USD"))
            same = rate.terms in plain_writes and plain_writes[rate.terms] == rate.amount
            reason = Reason.TOLD_OTHERWISE if same or not plain_writes else Reason.METER
            left_out.rates(row, [rate], reason)
        elif rate.meter not in _KEYS:
            left_out.rates(row, [rate], Reason.METER)
        elif _known(rate.terms):
            kept.append(rate)
        else:
            left_out.rates(row, [rate], Reason.TERMS)
    return kept


def _known(terms: Terms) -> bool:
    """A limit or a tier that selects a mode, not both, and nothing else."""
    return terms in (Terms(context_over=terms.context_over), Terms(tier=terms.tier)) and (
        terms.tier in {None, *_BODIES}
    )


def _card(prices: Prices, *, tier: str | None = None, over: int | None = None) -> Json:
    """Every price of a request of a tier or above a limit."""
    sold = {rate.meter for rate in prices.rates}
    card: dict[str, Decimal] = {}
    for meter, key in _KEYS.items():
        rate = prices.of(meter, tier=tier, tokens=beyond(over)) if meter in sold else None
        if rate is not None:
            card[key] = amount_per(rate, _PER)
    return card


def _modes(prices: Prices) -> Json:
    """Upstream calls a mode ``fast`` whichever word selects it."""
    sold = [tier for tier in _BODIES if any(rate.terms.tier == tier for rate in prices.rates)]
    names = dict(zip(sold, ("fast", "priority"), strict=False))
    return {
        names[tier]: {
            "cost": _card(prices, tier=tier),
            "provider": {"body": dict(_BODIES[tier])},
        }
        for tier in sold
    }

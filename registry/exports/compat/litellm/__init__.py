"""LiteLLM's price map: ``model_prices_and_context_window.json``, dollars per single unit.

A row for every key under which LiteLLM looks for an offer. Sellers that LiteLLM has no route for
cannot be called through it, so they are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.compat.litellm.multipliers import fold
from registry.exports.compat.litellm.names import ANYWHERE, Place, keys, route_of, stands_in_key
from registry.exports.compat.litellm.prices import prices_of
from registry.exports.compat.pricing import figures
from registry.exports.json_text import Json
from registry.pricing.rates import Rate
from registry.selectors.export_rows import ExportRow

SOURCE = "litellm"
_CURRENCIES = frozenset({"USD", "DBU"})


@dataclass(frozen=True, slots=True)
class _Told:
    """One row of the map before its key is settled."""

    key: str
    offer: ExportRow
    place: Place
    row: Json


def document(rows: Iterable[ExportRow], left_out: LeftOuts) -> Json:
    """The map; what it cannot hold goes to ``left_out``.

    A key that names a region means that region of the offer behind it (``us.anthropic.…``), also
    where somebody lists the whole of it as an offer's id.
    """
    by_key: dict[str, _Told] = {}
    for offer in rows:
        seller = offer.seller.name_in(SOURCE)
        if seller is None:
            left_out.offer(offer, Reason.SELLER)
            continue
        for told in _rows(offer, seller, left_out):
            other = by_key.setdefault(told.key, told)
            if other is not told:
                kept, gone = (other, told) if told.place == ANYWHERE else (told, other)
                by_key[told.key] = kept
                left_out.offer(gone.offer, Reason.KEY_TAKEN)
    return {key: by_key[key].row for key in sorted(by_key)}


def _rows(offer: ExportRow, seller: str, left_out: LeftOuts) -> Iterator[_Told]:
    """The offer's rows: one for its plain prices, one a place that a key can name."""
    anywhere: list[Rate] = []
    by_place: dict[Place, list[Rate]] = {}
    for rate in figures(offer, left_out, _CURRENCIES):
        place = _place(rate)
        if place != ANYWHERE and keys(offer, seller, place):
            by_place.setdefault(place, []).append(_at_place(rate, ANYWHERE))
        else:
            anywhere.append(rate)
    folded = fold(anywhere, seller)
    left_out.rates(offer, folded.not_uniform, Reason.NOT_UNIFORM)
    left_out.rates(offer, folded.elsewhere, Reason.TERMS)
    facts = _facts(offer, route_of(offer, seller))
    for place, rates in {ANYWHERE: folded.plain, **by_place}.items():
        told = prices_of(rates, offer.mode, offer.context_tokens)
        for rate, reason in told.problems:
            left_out.rates(offer, [_at_place(rate, place)], reason)
        if told.fields:
            multipliers = folded.multipliers if place == ANYWHERE else {}
            for key in keys(offer, seller, place):
                yield _Told(key, offer, place, told.fields | multipliers | facts)


def _place(rate: Rate) -> Place:
    variant = rate.terms.variant
    return Place(rate.terms.region, variant if stands_in_key(variant) else None)


def _at_place(rate: Rate, place: Place) -> Rate:
    """The rate with its place's terms; ANYWHERE takes off those that a key would tell."""
    told = _place(rate)
    variant = None if told.variant else rate.terms.variant
    terms = replace(rate.terms, region=place.region, variant=place.variant or variant)
    return replace(rate, terms=terms)


def _facts(row: ExportRow, route: str) -> Json:
    facts: Json = {
        "litellm_provider": route,
        "mode": row.mode or None,
        "max_input_tokens": row.context_tokens,
        "max_output_tokens": row.max_output_tokens,
        "supported_modalities": list(row.input_modalities) or None,
        "supported_output_modalities": list(row.output_modalities) or None,
        "supports_function_calling": row.tool_calls,
        "supports_reasoning": row.reasoning,
        "supports_vision": "image" in row.input_modalities if row.input_modalities else None,
        "deprecation_date": row.deprecated_on or row.retires_on,
        "source": row.seller.pricing_page or None,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}

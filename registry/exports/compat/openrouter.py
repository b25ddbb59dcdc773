"""OpenRouter: ``/api/v1/models`` and a model's ``/endpoints``, dollars per single unit as strings.

The offers are those of OpenRouter, a reseller whose prices are its own. Longer requests and other
hours are ``overrides``, later ones winning; a batch is a row of its own, ``<id>:batch``. A price
that is not known is left out. Fields of which the registry knows nothing but which typed clients
demand have upstream's own empty words; ``created`` is the day of the release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time
from decimal import Decimal

from registry.exports.compat.left_out import LeftOuts, Reason
from registry.exports.compat.pricing import amount_per, windows_by_day
from registry.exports.json_text import Json
from registry.pricing.hours import DAY_NAMES
from registry.pricing.rates import PriceState, Rate
from registry.pricing.terms import Terms
from registry.selectors.export_rows import ExportRow

SELLER = "openrouter"
BATCH = ":batch"
_KEYS = {
    "input_tokens": "prompt",
    "output_tokens": "completion",
    "requests": "request",
    "input_images": "image",
    "input_image_tokens": "image_token",
    "output_image_tokens": "image_output",
    "input_audio_tokens": "audio",
    "output_audio_tokens": "audio_output",
    "cache_read_audio_tokens": "input_audio_cache",
    "cache_read_tokens": "input_cache_read",
    "cache_write_tokens": "input_cache_write",
    "cache_write_1h_tokens": "input_cache_write_1h",
    "reasoning_tokens": "internal_reasoning",
    "web_searches": "web_search",
}
_DYNAMIC = "-1"


def models(rows: Iterable[ExportRow], left_out: LeftOuts) -> Json:
    """The list of models; what cannot be held goes to ``left_out``.

    A batch row stands before an offer that somebody lists under the same id.
    """
    told: dict[str, Json] = {}
    for row in rows:
        if row.model_id in told:
            left_out.offer(row, Reason.KEY_TAKEN)
            continue
        told |= {model["id"]: model for model in _models(row, left_out)}
    return {"data": list(told.values()), "total_count": len(told)}


def endpoints(row: ExportRow) -> Json:
    """One model with the one endpoint that the registry knows: OpenRouter's own price."""
    (model, *_) = _models(row, LeftOuts())
    endpoint: Json = {
        "name": f"{row.seller.name} | {row.model_id}",
        "model_id": row.model_id,
        "model_name": row.name,
        "provider_name": row.seller.name,
        "context_length": row.context_tokens,
        "max_completion_tokens": row.max_output_tokens,
        "pricing": model["pricing"] | {"discount": 0},
    }
    endpoint["supported_parameters"] = model["supported_parameters"]
    shared = ("id", "name", "created", "description", "architecture")
    told = {key: model[key] for key in shared if key in model}
    return {"data": told | {"endpoints": [endpoint]}}


def _models(row: ExportRow, left_out: LeftOuts) -> Iterator[Json]:
    kept = list(_held(row, left_out))
    for tier, ending in ((None, ""), ("batch", BATCH)):
        rates = [rate for rate in kept if rate.terms.tier == tier]
        if rates or tier is None:
            yield _facts(row, f"{row.model_id}{ending}") | {"pricing": _pricing(rates)}


def _held(row: ExportRow, left_out: LeftOuts) -> Iterator[Rate]:
    for rate in row.rates:
        terms = rate.terms
        timed = Terms(context_over=terms.context_over, hours=terms.hours)
        if rate.currency != "USD":
            left_out.rates(row, [rate], Reason.CURRENCY)
        elif rate.meter not in _KEYS:
            left_out.rates(row, [rate], Reason.METER)
        elif terms not in (timed, Terms(tier="batch")):
            left_out.rates(row, [rate], Reason.TERMS)
        elif rate.state is PriceState.ON_REQUEST:
            left_out.rates(row, [rate], Reason.NO_FIGURE)
        else:
            if rate.state is PriceState.INCLUDED:
                left_out.rates(row, [rate], Reason.FREE_AS_ZERO)
            yield rate


def _pricing(rates: Iterable[Rate]) -> Json:
    by_terms: dict[Terms, Json] = {}
    for rate in rates:
        limit = Terms(context_over=rate.terms.context_over, hours=rate.terms.hours)
        by_terms.setdefault(limit, {})[_KEYS[rate.meter]] = _figure(rate)
    usual = by_terms.pop(Terms(), {})
    # A later override wins: the longest context last, and within it the hours.
    ordered = sorted(by_terms, key=lambda t: (t.context_over or 0, t.hours is not None, t.key))
    overrides = [one for terms in ordered for one in _overrides(terms, by_terms[terms])]
    return usual | ({"overrides": overrides} if overrides else {})


def _overrides(terms: Terms, prices: Json) -> Iterator[Json]:
    limit: Json = {} if terms.context_over is None else {"min_prompt_tokens": terms.context_over}
    if terms.hours is None:
        yield limit | prices
        return
    for days, windows in windows_by_day(terms.hours):
        named: Json = {} if len(days) == 7 else {"utc_days": [DAY_NAMES[day] for day in days]}
        for start, end in windows:
            yield limit | {"utc_start": _clock(start), "utc_end": _clock(end)} | named | prices


def _clock(minute: int) -> int:
    """10:30 is 1030."""
    return minute // 60 * 100 + minute % 60


def _figure(rate: Rate) -> str:
    if rate.state is PriceState.DYNAMIC:
        return _DYNAMIC
    amount: Decimal = amount_per(rate, 1)
    return f"{amount:f}"


def _facts(row: ExportRow, model_id: str) -> Json:
    takes, gives = list(row.input_modalities), list(row.output_modalities)
    # Upstream's own word for a tokenizer that it does not tell.
    architecture: Json = {
        "input_modalities": takes,
        "output_modalities": gives,
        "tokenizer": "Other",
        "instruct_type": None,
    }
    if takes and gives:
        architecture["modality"] = f"{'+'.join(takes)}->{'+'.join(gives)}"
    told: Json = {
        "id": model_id,
        "canonical_slug": row.model_id,
        "name": row.name,
        "description": "",
        "context_length": row.context_tokens,
        "architecture": architecture,
        "top_provider": {
            "context_length": row.context_tokens,
            "max_completion_tokens": row.max_output_tokens,
        },
        "per_request_limits": None,
        "supported_parameters": _parameters(row),
        "knowledge_cutoff": row.knowledge_cutoff or None,
        "expiration_date": row.retires_on or row.deprecated_on,
    }
    if row.released_on is not None:
        told["created"] = int(datetime.combine(row.released_on, time(), UTC).timestamp())
    return told


def _parameters(row: ExportRow) -> list[str]:
    """Those of the format's parameters of a request that the model is known to take."""
    known = {"reasoning": row.reasoning, "tools": row.tool_calls, "tool_choice": row.tool_calls}
    return [name for name, takes in known.items() if takes]

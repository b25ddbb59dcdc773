"""Prices that LiteLLM nests: searches by the size of their context, checks, results."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from registry.exports.compat.pricing import amount_per
from registry.exports.json_text import Json
from registry.pricing.rates import Rate

_SIZES = ("low", "medium", "high")
_SIZE_FIELD = "search_context_size_{}"
_RESULTS = re.compile(r"results-(\d+)-(\d+)")
_DASHED = re.compile(r"-([a-z0-9])")


@dataclass(slots=True)
class Nested:
    """The fields, the rates that they cannot tell, and those that they tell otherwise."""

    fields: Json = field(default_factory=dict)
    not_told: list[Rate] = field(default_factory=list)
    otherwise: list[Rate] = field(default_factory=list)


def nested(rates: Iterable[Rate]) -> Nested:
    """Reads the rates of meters whose variants stand in objects."""
    found = Nested()
    by_meter: dict[str, list[Rate]] = {}
    for rate in rates:
        if rate.terms.tier is None and rate.terms.context_over is None:
            by_meter.setdefault(rate.meter, []).append(rate)
        else:
            found.not_told.append(rate)
    for meter, group in by_meter.items():
        _WRITERS[meter](found, group)
    return found


def is_nested(rate: Rate, mode: str) -> bool:
    """Whether `nested` is to tell the rate; a search engine's plain search is a field."""
    if rate.meter == "web_searches":
        return mode != "search" or rate.terms.variant is not None
    return rate.meter in _WRITERS


def _searches(found: Nested, rates: list[Rate]) -> None:
    by_variant = {rate.terms.variant: rate for rate in rates}
    results = [rate for rate in rates if _RESULTS.fullmatch(rate.terms.variant or "")]
    sizes = {size: by_variant[size] for size in _SIZES if size in by_variant}
    plain = by_variant.get(None)
    if results:
        found.fields["tiered_pricing"] = [band for _, band in sorted(map(_of_results, results))]
    elif sizes:
        if len(sizes) > 1 and len({rate.amount for rate in sizes.values()}) == 1:
            found.otherwise += sizes.values()
        _tell_sizes(found, sizes)
    elif plain is not None:
        _tell_sizes(found, dict.fromkeys(_SIZES, plain))
    told = [*results, *sizes.values(), *([plain] if plain and not (results or sizes) else [])]
    found.not_told += (rate for rate in rates if rate not in told)


def _tell_sizes(found: Nested, sizes: dict[str, Rate]) -> None:
    found.fields["search_context_cost_per_query"] = {
        _SIZE_FIELD.format(size): amount_per(rate, 1) for size, rate in sizes.items()
    }


def _of_results(rate: Rate) -> tuple[int, Json]:
    """A band of results by its first."""
    low, high = map(int, (rate.terms.variant or "").removeprefix("results-").split("-"))
    return low, {"max_results_range": [low, high], "input_cost_per_query": amount_per(rate, 1)}


def _guards(found: Nested, rates: list[Rate]) -> None:
    kinds = {rate.terms.variant: rate for rate in rates if rate.terms.variant is not None}
    found.not_told += (rate for rate in rates if rate.terms.variant is None)
    if kinds:
        found.fields["guardrail_cost_per_unit"] = {
            _DASHED.sub(lambda match: match[1].upper(), kind): amount_per(rate, 1)
            for kind, rate in kinds.items()
        }


_WRITERS: dict[str, Callable[[Nested, list[Rate]], None]] = {
    "web_searches": _searches,
    "guardrail_units": _guards,
}

"""Rates that are a factor of others, folded back into LiteLLM's multipliers.

Its importer writes a multiplier out as explicit rates; where the rates under a tier or region are
all of the plain ones times one factor, that factor is told instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal

from registry.exports.json_text import Json
from registry.pricing.exact import proportion
from registry.pricing.meters import METERS, Unit
from registry.pricing.rates import Rate, RateKey

FAST = "fast"
_UPLIFTS = {
    "eu": "regional_processing_uplift_multiplier_eu",
    "us": "regional_processing_uplift_multiplier_us",
}
_VERTEX = {"regional": "regional_endpoint_uplift_multiplier"}
_ENTRY = "provider_specific_entry"


@dataclass(slots=True)
class Folded:
    """What stays to be told rate by rate, the multipliers, and what neither can tell."""

    plain: list[Rate]
    multipliers: Json = field(default_factory=dict)
    not_uniform: list[Rate] = field(default_factory=list)
    elsewhere: list[Rate] = field(default_factory=list)


def fold(rates: Iterable[Rate], seller: str) -> Folded:
    """Multipliers for the tier ``fast`` and for regions; ``elsewhere``: regions without a field.

    A region's factor raises the prices of ``fast`` too. Where a card has no such prices, one of the
    two is told: the one that stands for more rates.
    """
    rates = list(rates)
    attempts = [_fold(rates, seller, with_fast=with_fast) for with_fast in (True, False)]
    return min(attempts, key=lambda folded: len(folded.not_uniform))


def _fold(rates: list[Rate], seller: str, *, with_fast: bool) -> Folded:
    folded = Folded([r for r in rates if r.terms.region is None and r.terms.tier != FAST])
    fast = [r for r in rates if r.terms.region is None and r.terms.tier == FAST]
    told = list(folded.plain)
    if not with_fast:
        folded.not_uniform += fast
    elif fast and _take(folded, told, fast, f"{_ENTRY}.{FAST}", _without_tier):
        told += fast
    for region in sorted({r.terms.region for r in rates if r.terms.region is not None}):
        group = [r for r in rates if r.terms.region == region]
        path = _field_of(region, seller)
        if path is None:
            folded.elsewhere += group
        else:
            _take(folded, told, group, path, _without_region)
    return folded


def _field_of(region: str, seller: str) -> str | None:
    if seller == "vertex_ai":
        return _VERTEX.get(region)
    if seller == "anthropic":
        return f"{_ENTRY}.{region}" if region in _UPLIFTS else None
    return _UPLIFTS.get(region)


def _take(
    folded: Folded,
    told: list[Rate],
    group: list[Rate],
    path: str,
    plainer: Callable[[RateKey], RateKey],
) -> bool:
    """Notes the factor of a group over the rates told so far; False where it has none."""
    standing = {
        rate.key: rate.amount
        for rate in told
        if METERS[rate.meter].unit is Unit.TOKEN and rate.amount is not None
    }
    if path.endswith(FAST):
        standing = {key: amount for key, amount in standing.items() if key.terms.tier is None}
    raised = {plainer(rate.key): rate.amount for rate in group}
    factor = _factor(standing, raised)
    if factor is None:
        folded.not_uniform += group
        return False
    name, _, part = path.partition(".")
    if part:
        folded.multipliers.setdefault(name, {})[part] = factor
    else:
        folded.multipliers[name] = factor
    return True


def _factor(
    standing: dict[RateKey, Decimal], raised: dict[RateKey, Decimal | None]
) -> Decimal | None:
    """The one number that makes every raised amount of its plain one, if there is such a number."""
    if standing.keys() != raised.keys() or not standing:
        return None
    first = next(iter(standing))
    times = raised[first]
    if times is None:
        return None
    factor = proportion(times, standing[first]).normalize()
    exact = all(amount * factor == raised[key] for key, amount in standing.items())
    return factor if exact else None


def _without_tier(key: RateKey) -> RateKey:
    return key._replace(terms=replace(key.terms, tier=None))


def _without_region(key: RateKey) -> RateKey:
    return key._replace(terms=replace(key.terms, region=None))

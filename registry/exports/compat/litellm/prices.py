"""The price fields of one row, and what no field can tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.exports.compat.left_out import Reason
from registry.exports.compat.litellm.extras import is_nested, nested
from registry.exports.compat.litellm.fields import field_of
from registry.exports.compat.litellm.hours import by_hour
from registry.exports.compat.litellm.tokens import is_token, token_fields
from registry.exports.json_text import Json
from registry.pricing.rates import Rate

_WRITES = ("cache_write_tokens", "cache_write_5m_tokens", "cache_write_1h_tokens")


@dataclass(slots=True)
class Prices:
    """The fields, and the rates that do not stand among them as they are."""

    fields: Json = field(default_factory=dict)
    problems: list[tuple[Rate, Reason]] = field(default_factory=list)

    def list(self, rates: Iterable[Rate], reason: Reason) -> None:
        """Notes why rates do not stand as they are."""
        self.problems += ((rate, reason) for rate in rates)


def prices_of(rates: Iterable[Rate], mode: str, context_tokens: int | None) -> Prices:
    """The fields of rates without a region, for a model of a mode."""
    found = Prices()
    hourly = by_hour(_one_write(list(rates), found), mode)
    found.list(hourly.not_told, Reason.TERMS)
    tokens, objects = [], []
    plain: Json = {}
    for rate in hourly.rates:
        told = field_of(rate, mode)
        if is_nested(rate, mode):
            objects.append(rate)
        elif told is None:
            bare = rate.terms.variant is None and rate.terms.tier is None
            found.list([rate], Reason.METER if bare else Reason.TERMS)
        elif is_token(rate):
            tokens.append(rate)
        else:
            plain[told.name(rate)] = told.figure(rate)
    extras = nested(objects)
    found.list(extras.not_told, Reason.TERMS)
    found.list(extras.otherwise, Reason.TOLD_OTHERWISE)
    found.fields = token_fields(tokens, mode, context_tokens) | plain | extras.fields
    if hourly.block:
        found.fields["off_peak_pricing"] = hourly.block
    return found


def _one_write(rates: list[Rate], found: Prices) -> list[Rate]:
    """One field is for cache writes; it means those kept five minutes where an hour has its own."""
    plain, short, hour = ([r for r in rates if r.meter == meter] for meter in _WRITES)
    if not plain and not short:
        return rates
    kept, other = (short, plain) if short and (hour or not plain) else (plain, short)
    amounts = {rate.terms: rate.amount for rate in kept}
    same = [rate for rate in other if amounts.get(rate.terms) == rate.amount]
    found.list(same, Reason.TOLD_OTHERWISE)
    found.list((rate for rate in other if rate not in same), Reason.METER)
    if (kept is short) != bool(hour):
        found.list(kept, Reason.TOLD_OTHERWISE)
    return [rate for rate in rates if rate not in other]

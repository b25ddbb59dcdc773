"""The token prices of a row: by limit and tier, as fields or as a list of bands.

LiteLLM bills a cell that is not told by its own rules, which are not ours: a cached token of a
batch falls back to the standard cache price there, to the batch price of input here. Cells for
which the two differ are therefore told, at the price that the card gives.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from registry.exports.compat.litellm.fields import field_of
from registry.exports.compat.pricing import Prices, beyond
from registry.exports.json_text import Json
from registry.pricing.meters import METERS, Unit
from registry.pricing.rates import Rate
from registry.pricing.terms import STANDARD, Terms

_WRITES = frozenset({"cache_write_tokens", "cache_write_5m_tokens"})
_BOTH = frozenset({"input_tokens", "output_tokens"})
# Limits and meters that LiteLLM's calculator reads from fields; others it reads from bands only.
_LIMITS_BY_FIELD: dict[int, frozenset[str]] = {
    128_000: _BOTH,
    200_000: _BOTH | _WRITES | {"cache_read_tokens"},
    272_000: _BOTH | _WRITES | {"cache_read_tokens"},
    512_000: _BOTH | {"cache_read_tokens"},
}
# What its list of bands may hold for the calculator's sake; the rest it reads from no band.
_BANDED = _BOTH | _WRITES | {"cache_read_tokens", "cache_write_1h_tokens", "reasoning_tokens"}
# The upper end of the last band, where the offer's context is unknown.
_NO_LIMIT = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Cells:
    """Prices by meter, tier and limit; every rate is under its cell's own terms."""

    rates: dict[tuple[str, Terms], Rate]

    @classmethod
    def of(cls, rates: Iterable[Rate]) -> Cells:
        """The card's own cells, and those that LiteLLM would fill with another price."""
        own = {(rate.meter, rate.terms): rate for rate in rates}
        card = Prices(own.values())
        meters = dict.fromkeys(meter for meter, _ in own)
        tiers = {terms.tier for _, terms in own} | {None}
        limits = {terms.context_over for _, terms in own} | {None}
        cells = cls({})
        for tier in sorted(tiers, key=lambda tier: tier or ""):
            for over in sorted(limits, key=lambda over: over or 0):
                for meter in meters:
                    cells._fill(card, own, meter, Terms(context_over=over, tier=tier))
        return cells

    def _fill(
        self, card: Prices, own: dict[tuple[str, Terms], Rate], meter: str, terms: Terms
    ) -> None:
        rate = own.get((meter, terms))
        if rate is None and terms != STANDARD:
            rate = card.of(meter, tier=terms.tier, tokens=beyond(terms.context_over))
            if rate is not None and rate.amount == self._fallback(meter, terms):
                return
        if rate is not None:
            self.rates[meter, terms] = replace(rate, meter=meter, terms=terms)

    def _fallback(self, meter: str, terms: Terms) -> object:
        """What LiteLLM takes for a cell that is not told; nothing where it is not sure."""
        if terms.tier is not None and terms.context_over is not None:
            return None
        if terms.tier is not None:
            return self._amount(meter, STANDARD)
        below = (
            over
            for m, t in self.rates
            if m == meter and t.tier is None and (over := t.context_over or 0)
            if over < (terms.context_over or 0)
        )
        over = max(below, default=0)
        return self._amount(meter, Terms(context_over=over or None))

    def _amount(self, meter: str, terms: Terms) -> object:
        rate = self.rates.get((meter, terms))
        return None if rate is None else rate.amount


def is_token(rate: Rate) -> bool:
    """Whether a rate is a price of tokens in money, under a tier or limit at most."""
    plain = rate.terms.variant is None and rate.terms.hours is None
    return plain and METERS[rate.meter].unit is Unit.TOKEN and rate.currency == "USD"


def token_fields(rates: Iterable[Rate], mode: str, context_tokens: int | None) -> Json:
    """The fields of token prices; bands where fields of limits would not be read."""
    cells = Cells.of(rates).rates
    told: Json = {}
    banded = _needs_bands(cells)
    for rate in cells.values():
        field = field_of(rate, mode)
        if field is not None and not (banded and _in_bands(rate)):
            told[field.name(rate)] = field.figure(rate)
    if banded:
        told["tiered_pricing"] = _bands(cells, mode, context_tokens)
    return told


def _in_bands(rate: Rate) -> bool:
    return rate.terms.context_over is not None and rate.terms.tier is None


def _needs_bands(cells: dict[tuple[str, Terms], Rate]) -> bool:
    """Whether a limit changes a price, and LiteLLM reads no field for it."""
    if ("input_tokens", STANDARD) not in cells:
        return False
    card = Prices(cells.values())
    for rate in filter(_in_bands, cells.values()):
        limit = rate.terms.context_over or 0
        below = card.of(rate.meter, tokens=limit)
        changes = below is None or below.amount != rate.amount
        if changes and rate.meter in _BANDED - _LIMITS_BY_FIELD.get(limit, frozenset()):
            return True
    return False


def _bands(
    cells: dict[tuple[str, Terms], Rate], mode: str, context_tokens: int | None
) -> list[Json]:
    """``[{range: [low, high], …}]``: low < n <= high, each band with every price that it needs."""
    card = Prices(cells.values())
    lows = sorted(
        {0, *(rate.terms.context_over or 0 for rate in cells.values() if _in_bands(rate))}
    )
    last = context_tokens if (context_tokens or 0) > lows[-1] else _NO_LIMIT
    bands: list[Json] = []
    for low, high in zip(lows, [*lows[1:], last], strict=True):
        band: Json = {"range": [low, high]}
        for meter in dict.fromkeys(meter for meter, _ in cells):
            rate = card.of(meter, tokens=beyond(low or None))
            if rate is not None and (meter in _BANDED or rate.terms.context_over == (low or None)):
                plain = replace(rate, meter=meter, terms=STANDARD)
                field = field_of(plain, mode)
                if field is not None:
                    band[field.name(plain)] = field.figure(plain)
        bands.append(band)
    return bands

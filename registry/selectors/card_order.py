"""The order in which the series of an offer are told."""

from __future__ import annotations

from registry.pricing.meters import METERS
from registry.pricing.rates import RateKey

_MEANT_FIRST = {name: position for position, name in enumerate(METERS)}


def place(series: RateKey) -> tuple[int, bool, str, str]:
    """By meter, then currency with the dollar first, then terms from the plainest on."""
    meter, terms, currency = series
    return _MEANT_FIRST[meter], currency != "USD", currency, terms.key

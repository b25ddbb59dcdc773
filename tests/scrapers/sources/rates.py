"""How the tests of sources look at a card."""

from __future__ import annotations

from collections.abc import Iterable

from registry.pricing.quotes import Quote, read_quote


def prices(quotes: Iterable[Quote]) -> dict[tuple[str, str], str]:
    """(meter, terms) -> the amount per the meter's unit size, or the state."""
    rates = [read_quote(quote).rate for quote in quotes]
    return {(r.meter, r.terms.key): f"{r.amount or r.state.value}" for r in rates}

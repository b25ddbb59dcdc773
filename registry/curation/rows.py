"""Rates as rows of text, as reviews and rulings keep them.

A row is meter, terms, currency, state and amount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from registry.curation.policy.voices import Price, Slot, Week, Window
from registry.pricing.rates import PriceState, Rate, RateKey
from registry.pricing.terms import Terms

Row = Sequence[str | None]


def row_of(key: RateKey, price: Price) -> list[str | None]:
    """One rate as a row."""
    amount = None if price.amount is None else f"{price.amount:f}"
    return [key.meter, key.terms.key, key.currency, price.state.value, amount]


def rows_of(weeks: Mapping[Slot, Week]) -> list[list[str | None]]:
    """Every rate of some slots, in a fixed order."""
    rows = [
        row_of(slot.at(window), price)
        for slot, week in weeks.items()
        for window, price in week.items()
    ]
    return sorted(rows, key=lambda row: [cell or "" for cell in row])


def rates_in(rows: Iterable[Row]) -> Iterator[Rate]:
    """The rates that rows hold."""
    for meter, terms, currency, state, amount in rows:
        yield Rate(
            meter or "",
            Terms.parse(terms or ""),
            PriceState(state or ""),
            Decimal(amount) if amount else None,
            currency or "",
        )


def weeks_in(rows: Iterable[Row]) -> dict[Slot, Week]:
    """The rates that rows hold, by slot and window."""
    weeks: dict[Slot, dict[Window, Price]] = defaultdict(dict)
    for rate in rates_in(rows):
        weeks[Slot.of(rate.key)][Window.of(rate.key)] = Price(rate.state, rate.amount)
    return dict(weeks)

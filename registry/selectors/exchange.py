"""Exchange rates for comparison on request: the bundled table of the European Central Bank."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path

from registry.pricing.exchange import Converted, ExchangeError, Rates, RatesOn
from registry.selectors.refusals import NotBilled, refusal_of

PATH = Path(__file__).resolve().parents[2] / "fixtures" / "exchange" / "ecb.toml"

# The table has a day a week and comes with a release; an amount says of which day its rate is.
_MAX_AGE = timedelta(days=92)


@cache
def exchange_rates(path: Path = PATH) -> Rates:
    """The table; raises `ExchangeError` where it contradicts itself."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return Rates(
        base=table["base"],
        source=table["source"],
        address=table["address"],
        max_age=_MAX_AGE,
        days=tuple(
            RatesOn(
                date.fromisoformat(str(day)),
                {currency: Decimal(rate) for currency, rate in buys.items()},
            )
            for day, buys in sorted(table["rates"].items())
        ),
    )


def in_currency(amount: Decimal, currency: str, to: str | None, on: date) -> Converted | None:
    """The amount in another currency, None where none is asked; raises `NotBilled`."""
    if to is None:
        return None
    try:
        return exchange_rates().convert(amount, currency, to, on)
    except ExchangeError as error:
        raise NotBilled([refusal_of(error)]) from error

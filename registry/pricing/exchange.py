"""Amounts in another currency, for comparison on request and never stored into a price.

A table says what one unit of its base currency buys on dated days. Whatever is converted carries
the rate, its day and its source; a provider's own unit of account (DBU) has no rate and gets none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from registry.pricing.cost import Bill
from registry.pricing.exact import exact_product, exact_sum, proportion
from registry.pricing.rates import MAX_DIGITS, VIRTUAL_CURRENCIES, significant_digits

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_ONE = Decimal(1)


class ExchangeError(ValueError):
    """A conversion that the table cannot make, or a table that contradicts itself."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value} cannot be converted; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class RatesOn:
    """What one unit of the base buys on a day, by currency."""

    on: date
    buys: Mapping[str, Decimal]

    def __post_init__(self) -> None:
        for currency, rate in self.buys.items():
            field = f"{self.on}, {currency}"
            if not _CURRENCY.fullmatch(currency) or currency in VIRTUAL_CURRENCIES:
                raise ExchangeError(field, currency, "a currency such as USD")
            if not (rate.is_finite() and rate > 0 and significant_digits(rate) <= MAX_DIGITS):
                raise ExchangeError(field, rate, f"above zero, at most {MAX_DIGITS} digits")


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency: exactly ``rate`` times the amount before.

    ``rate``: units of ``currency`` for one unit before, to 12 significant digits where two rates
    of the table were divided. ``on``: the day of the rate, at or before the day asked for.
    """

    amount: Decimal
    currency: str
    rate: Decimal
    on: date
    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Rates:
    """A dated table of one source. ``max_age``: how old a rate may be on the day asked for."""

    base: str
    source: str
    address: str
    max_age: timedelta
    days: tuple[RatesOn, ...]

    def __post_init__(self) -> None:
        dates = [day.on for day in self.days]
        if not dates or dates != sorted(set(dates)):
            raise ExchangeError("days", f"{len(dates)} days", "some, each once and in order")

    @property
    def currencies(self) -> tuple[str, ...]:
        """Every currency that it has a rate of, on whatever day."""
        return tuple(sorted({self.base}.union(*(day.buys for day in self.days))))

    def convert(self, amount: Decimal, from_currency: str, to_currency: str, on: date) -> Converted:
        """The amount in another currency, by the newest rates at or before a day.

        Raises `ExchangeError` for a unit of account, a currency that the table does not have and a
        day without rates recent enough.
        """
        asked = {"from": from_currency, "to": to_currency}
        for field, currency in asked.items():
            if currency in VIRTUAL_CURRENCIES:
                raise ExchangeError(field, currency, "money: a unit of account has no rate")
        day = self._day(on)
        priced = [self._bought(day, field, currency) for field, currency in asked.items()]
        rate = _ONE if from_currency == to_currency else _cross(*priced)
        return Converted(
            amount=exact_product(amount, rate),
            currency=to_currency,
            rate=rate,
            on=day.on,
            source=self.source,
            address=self.address,
        )

    def _day(self, on: date) -> RatesOn:
        position = bisect_right(self.days, on, key=lambda day: day.on)
        if not position:
            raise ExchangeError("on", on, f"a day from {self.days[0].on} on")
        day = self.days[position - 1]
        if on - day.on > self.max_age:
            raise ExchangeError(
                "on", on, f"a day at most {self.max_age.days} days after rates; last on {day.on}"
            )
        return day

    def _bought(self, day: RatesOn, field: str, currency: str) -> Decimal:
        if currency == self.base:
            return _ONE
        if currency not in day.buys:
            known = ", ".join(sorted((self.base, *day.buys)))
            raise ExchangeError(field, currency, f"one of {known} on {day.on}")
        return day.buys[currency]


def _cross(sold: Decimal, bought: Decimal) -> Decimal:
    return bought if sold == _ONE else proportion(bought, sold)


@dataclass(frozen=True, slots=True)
class ConvertedBill:
    """A bill beside itself in another currency; ``bill`` is what is owed.

    ``amounts`` are those of the bill's lines, in order; ``total`` is exactly their sum and carries
    the rate, its day and its source.
    """

    bill: Bill
    amounts: tuple[Decimal, ...]
    total: Converted


def converted(bill: Bill, rates: Rates, to: str, on: date) -> ConvertedBill:
    """The bill in another currency at the rate of a day; raises `ExchangeError`."""
    total = rates.convert(bill.total, bill.currency, to, on)
    amounts = tuple(exact_product(line.amount, total.rate) for line in bill.lines)
    return ConvertedBill(bill, amounts, replace(total, amount=exact_sum(amounts)))

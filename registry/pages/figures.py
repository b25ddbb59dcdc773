"""How figures are written for people: exact where they are money, short where they are sizes."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

_SYMBOLS = {"USD": "$", "EUR": "€", "CNY": "CN¥", "GBP": "£", "JPY": "JP¥"}
_MAGNITUDES = ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K"))
_LEAST_PLACES = 2


class Money(NamedTuple):
    """An amount in the parts that a column lines up: ``$1``, ``.74``, and what follows it."""

    whole: str
    fraction: str
    after: str

    @property
    def text(self) -> str:
        """The amount in one piece."""
        return f"{self.whole}{self.fraction}{self.after}"


def money(amount: Decimal, currency: str) -> Money:
    """The exact amount, with two places at least and thousands told apart.

    A currency without a sign of its own stands after the amount, as its code.
    """
    sign = "−" if amount < 0 else ""
    whole, _, places = f"{abs(amount):,f}".partition(".")
    places = places.rstrip("0").ljust(_LEAST_PLACES, "0")
    symbol = _SYMBOLS.get(currency)
    return Money(
        f"{sign}{symbol or ''}{whole}",
        f".{places}",
        "" if symbol else f"\N{NO-BREAK SPACE}{currency}",
    )


def rounded(amount: Decimal, digits: int = 4) -> Decimal:
    """A computed amount to some significant digits, for display only."""
    shown = Context(prec=digits, rounding=ROUND_HALF_EVEN).plus(amount)
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown.normalize()


def blend(amount: Decimal) -> Decimal:
    """A blended price: to the cent from a dollar on, else to three digits."""
    return amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN) if amount >= 1 else rounded(amount, 3)


def cents(amount: Decimal) -> Decimal:
    """A bill to the cent; one under a cent keeps two digits that say something."""
    if abs(amount) < Decimal("0.01"):
        return rounded(amount, 2)
    return amount.quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def short(count: int | Decimal) -> str:
    """``1M``, ``1.05M``, ``131K``: three digits and a magnitude."""
    for size, letter in _MAGNITUDES:
        if count >= size:
            return f"{rounded(Decimal(count) / size, 3):f}{letter}"
    return f"{count:,}"


def share(part: Decimal) -> str:
    """A change in percent with its sign: ``−62 %``, ``+1.5 %``, ``×12``."""
    if part >= 10:
        return f"×{rounded(part + 1, 3):,f}"
    percent = rounded(part * 100, 2 if abs(part) >= Decimal("0.1") else 1)
    return f"{'−' if percent < 0 else '+'}{abs(percent):f}\N{NO-BREAK SPACE}%"


def percent(part: Decimal) -> str:
    """A part of a whole: ``80 %``."""
    return f"{rounded(part * 100):f}\N{NO-BREAK SPACE}%"


def day(when: date) -> str:
    """``24 Apr 2026``."""
    return f"{when.day} {when:%b %Y}"

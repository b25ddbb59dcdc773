"""Arithmetic on money: exact, or an error.

A rate has at most 15 digits, a count at most 15, shares and multipliers as many: their products and
sums fit into 200 digits, so a bill never needs rounding and `EXACT` refuses to round. A proportion
of two amounts is the one figure that has no exact decimal; `proportion` says how far it is told.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from functools import reduce

EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
PROPORTION_DIGITS = 12
_TOLD = Context(prec=PROPORTION_DIGITS, traps=[InvalidOperation, DivisionByZero, Overflow])


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """The sum, unrounded; zero for none."""
    return reduce(EXACT.add, amounts, Decimal(0))


def exact_product(*factors: Decimal) -> Decimal:
    """The product, unrounded."""
    return reduce(EXACT.multiply, factors, Decimal(1))


def proportion(part: Decimal, whole: Decimal) -> Decimal:
    """``part / whole`` to 12 significant digits; raises `decimal.DivisionByZero` over zero."""
    return _TOLD.divide(part, whole)

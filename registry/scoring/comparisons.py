"""How one thing stands beside another, as somebody states it and as arithmetic gives it.

``37x cheaper``, ``0.35x the input price``, ``3.7 points ahead``: a stated comparison is somebody's
word and is never computed with. Beside it belongs what the two figures themselves come to:
$5.00 / $0.14 is 35.71, whatever the article says.
"""

from __future__ import annotations

from decimal import Context, Decimal
from enum import StrEnum

_QUOTIENTS = Context(prec=28)
_HUNDRED = Decimal(100)


class Relation(StrEnum):
    """What a figure n says of a subject beside its baseline."""

    TIMES = "times"  # the subject is n times the baseline
    TIMES_CHEAPER = "times_cheaper"  # the baseline is n times the subject
    PERCENT_CHEAPER = "percent_cheaper"  # the subject is n percent below the baseline
    PERCENT_CHANGE = "percent_change"  # the subject is n percent above the baseline, below if n < 0
    POINTS_AHEAD = "points_ahead"  # the subject is n above the baseline
    AMOUNT = "amount"  # the subject is n; no baseline


class NoRatio(ValueError):
    """Two figures of which one is not n times the other: the divisor is zero."""

    def __init__(self, relation: Relation, divisor: Decimal) -> None:
        super().__init__(f"{relation}: {divisor} was refused; expected a divisor other than zero")
        self.relation = relation
        self.divisor = divisor


def arithmetic(relation: Relation, subject: Decimal, baseline: Decimal) -> Decimal:
    """What n is by the two figures, to 28 digits; raises `NoRatio`."""
    match relation:
        case Relation.TIMES:
            return _quotient(relation, subject, baseline)
        case Relation.TIMES_CHEAPER:
            return _quotient(relation, baseline, subject)
        case Relation.PERCENT_CHEAPER:
            return _HUNDRED - _HUNDRED * _quotient(relation, subject, baseline)
        case Relation.PERCENT_CHANGE:
            return _HUNDRED * _quotient(relation, subject, baseline) - _HUNDRED
        case Relation.POINTS_AHEAD:
            return subject - baseline
        case Relation.AMOUNT:
            return subject


def _quotient(relation: Relation, part: Decimal, whole: Decimal) -> Decimal:
    if whole.is_zero():
        raise NoRatio(relation, whole)
    return _QUOTIENTS.divide(part, whole)

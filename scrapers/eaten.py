"""Figures of which a ``$1`` was eaten on the way, and what their source's own arithmetic says.

A text that passes through a shell or a template loses ``$1``, the name of an empty variable:
``$1.74`` arrives as ``.74``, ``$1,100`` as ``,100`` and ``$19.60`` as ``9.60``. Since one digit is
all that is missing there is one candidate. It is suggested to a person where totals or ratios
elsewhere in the source lead to it and none contradicts it; it is never taken for the figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

_LOST = "1"
_WHOLE = re.compile(r"1(?:[0-9]*|[0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?", re.ASCII)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Check:
    """What the source says elsewhere: the figure is ``implied``, give or take ``within``."""

    implied: Decimal
    within: Decimal
    words: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What an eaten figure was, and the source's own arithmetic that leads to it."""

    amount: Decimal
    because: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.amount:f} by the source's own arithmetic: {'; '.join(self.because)}"


def candidate(left: str) -> Decimal | None:
    """The figure that ``$1`` and what is left of it make; None where that is no figure."""
    whole = _LOST + left.strip()
    return Decimal(whole.replace(",", "")) if _WHOLE.fullmatch(whole) else None


def by_total(
    total: Decimal, *, others: Iterable[Decimal], times: Decimal = _ONE, of: str = "total"
) -> Check:
    """``times`` the figure and the others make the total, which is rounded as it is written."""
    others = tuple(others)
    rounding = sum((_half_of_last_digit(figure) for figure in (total, *others)), Decimal(0))
    terms = " + ".join((f"{times} x it" if times != _ONE else "it", *map(str, others)))
    return Check((total - sum(others)) / times, rounding / times, f"{terms} = {total} ({of})")


def by_ratio(ratio: Decimal, baseline: Decimal, *, of: str) -> Check:
    """The figure is so many times the baseline; the ratio is rounded as it is written."""
    within = _half_of_last_digit(ratio) * baseline
    return Check(ratio * baseline, within, f"it is {ratio} x {baseline} ({of})")


def suggestion(left: str, checks: Iterable[Check]) -> Suggestion | None:
    """What the figure was, if something leads to it and nothing speaks against it."""
    amount, checks = candidate(left), tuple(checks)
    if amount is None or not checks:
        return None
    if any(abs(amount - check.implied) > check.within for check in checks):
        return None
    return Suggestion(amount, tuple(check.words for check in checks))


def _half_of_last_digit(figure: Decimal) -> Decimal:
    exponent = figure.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1)

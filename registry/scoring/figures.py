"""A score as a source writes it: the number, and what the writing says about it.

``~85 %``, ``>90 %``, ``85.3 ± 1.2``, ``82 (claimed)``, ``90 expected by Q3``. Words in front and
behind are read from closed lists; anything else is refused, since prose around a number may turn
its meaning (``-60% vs predecessor``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum

from registry.scoring.scales import MAX_DIGITS

# A double prints in at most 17 digits; 16 or 17 of them are the trace of binary arithmetic
# (0.8200000000000001), of which 12 are certain.
_FLOAT_DIGITS = range(16, 18)
_SNAP = Context(prec=12)
_LONGEST_TEXT = 80

_WHOLE = r"(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)"
_NUMBER = rf"[+\u2212-]?{_WHOLE}(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{{1,2}})?"
_FIGURE = re.compile(
    rf"(?P<before>[^0-9+\u2212.-]*?)\s*(?P<number>{_NUMBER})\s*(?P<percent>%?)"
    rf"(?:\s*(?:±|\+/-)\s*(?P<margin>{_NUMBER})\s*%?)?(?P<plus>\+?)(?P<after>.*)",
    re.ASCII | re.DOTALL,
)
_RANGE = re.compile(r".*[0-9]\s*%?\s*(?:[-\u2010-\u2015~]|\bto\b)\s*[0-9].*", re.DOTALL)
_PUNCTUATION = " ()[],;:."


class Qualifier(StrEnum):
    """How firmly a figure is meant; a forecast is never published as current."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    CLAIMED = "claimed"
    FORECAST = "forecast"


# Which word wins where two are said: "~85, claimed" is claimed first of all.
_WEIGHT = tuple(Qualifier)

_BEFORE = {
    "~": Qualifier.APPROXIMATE,
    "≈": Qualifier.APPROXIMATE,
    "about": Qualifier.APPROXIMATE,
    "approx": Qualifier.APPROXIMATE,
    "approximately": Qualifier.APPROXIMATE,
    "around": Qualifier.APPROXIMATE,
    "circa": Qualifier.APPROXIMATE,
    "roughly": Qualifier.APPROXIMATE,
    ">": Qualifier.AT_LEAST,
    "≥": Qualifier.AT_LEAST,
    ">=": Qualifier.AT_LEAST,
    "above": Qualifier.AT_LEAST,
    "at least": Qualifier.AT_LEAST,
    "more than": Qualifier.AT_LEAST,
    "over": Qualifier.AT_LEAST,
    "<": Qualifier.AT_MOST,
    "≤": Qualifier.AT_MOST,
    "<=": Qualifier.AT_MOST,
    "at most": Qualifier.AT_MOST,
    "below": Qualifier.AT_MOST,
    "less than": Qualifier.AT_MOST,
    "under": Qualifier.AT_MOST,
    "up to": Qualifier.AT_MOST,
    "claimed": Qualifier.CLAIMED,
    "expected": Qualifier.FORECAST,
    "forecast": Qualifier.FORECAST,
    "projected": Qualifier.FORECAST,
}
_AFTER = (
    (re.compile(r"claimed|claim", re.I), Qualifier.CLAIMED),
    (
        re.compile(
            r"(?:expected|forecast|planned|projected|target)(?: (?:by|for|in) [\w ]+)?", re.I
        ),
        Qualifier.FORECAST,
    ),
    (re.compile(r"approx(?:imately)?", re.I), Qualifier.APPROXIMATE),
    (re.compile(r"or (?:more|better)", re.I), Qualifier.AT_LEAST),
)


class FigureFault(StrEnum):
    """Why a text is no score (the number is the row of the bad-input table)."""

    NOT_FINITE = "not_finite"  # 1
    FOREIGN_DIGITS = "foreign_digits"  # 7
    RANGE = "range"  # 11
    TOO_MANY_DIGITS = "too_many_digits"  # 13
    NOT_A_FIGURE = "not_a_figure"  # 14


class FigureError(ValueError):
    """A text that must not become a score."""

    def __init__(self, fault: FigureFault, text: str, expected: str) -> None:
        super().__init__(f"{text!r} was refused ({fault}); expected {expected}")
        self.fault = fault
        self.text = text
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Figure:
    """``snapped``: float noise was rounded to 12 digits. ``percent``: a ``%`` is written.

    ``margin``: what is written behind ``±``, in the figure's own unit.
    """

    value: Decimal
    qualifier: Qualifier = Qualifier.EXACT
    percent: bool = False
    margin: Decimal | None = None
    snapped: bool = False


def read_figure(text: str) -> Figure:
    """The figure of ``80.6``, ``~85%`` or ``1289 ± 9``; else raises `FigureError`."""
    match = _FIGURE.fullmatch(text.strip()) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        raise _unreadable(text)
    said = [*_said_before(match["before"], text), *_said_after(match["after"], text)]
    if match["plus"]:
        said.append(Qualifier.AT_LEAST)
    value, snapped = _exact(match["number"], text)
    margin = _exact(match["margin"], text)[0] if match["margin"] else None
    qualifier = max(said, key=_WEIGHT.index, default=Qualifier.EXACT)
    return Figure(value, qualifier, bool(match["percent"]), margin, snapped)


def stronger(first: Qualifier, second: Qualifier) -> Qualifier:
    """Of two things said of one figure, the one that must not be lost."""
    return max(first, second, key=_WEIGHT.index)


def _said_before(words: str, text: str) -> list[Qualifier]:
    folded = words.casefold().strip(_PUNCTUATION)
    if not folded:
        return []
    if folded not in _BEFORE:
        raise _unreadable(text)
    return [_BEFORE[folded]]


def _said_after(words: str, text: str) -> list[Qualifier]:
    folded = words.strip(_PUNCTUATION)
    if not folded:
        return []
    for pattern, qualifier in _AFTER:
        if pattern.fullmatch(folded):
            return [qualifier]
    raise _unreadable(text)


def _exact(digits: str, text: str) -> tuple[Decimal, bool]:
    """The number and whether float noise was snapped off it."""
    number = Decimal(digits.replace(",", "").replace("\u2212", "-"))
    count = len(number.normalize(Context(prec=100)).as_tuple().digits)
    snapped = count in _FLOAT_DIGITS
    if count > MAX_DIGITS and not snapped:
        raise FigureError(FigureFault.TOO_MANY_DIGITS, text, f"at most {MAX_DIGITS} digits")
    return plain(_SNAP.plus(number) if snapped else number), snapped


def plain(number: Decimal) -> Decimal:
    """The same number without trailing zeros, an exponent or a signed zero."""
    return Decimal(f"{number.normalize(Context(prec=100)):f}") + 0


def _unreadable(text: str) -> FigureError:
    if re.fullmatch(r"\s*[+-]?(?:nan|inf(?:inity)?|[0-9.]+e\+?[0-9]{3,})\s*", text, re.I):
        return FigureError(FigureFault.NOT_FINITE, text, "a finite number")
    if _RANGE.fullmatch(text):
        return FigureError(FigureFault.RANGE, text, "one figure")
    if any(c == "_" or (c.isdigit() and not c.isascii()) for c in text):
        return FigureError(FigureFault.FOREIGN_DIGITS, text, "ASCII digits without separators")
    return FigureError(FigureFault.NOT_A_FIGURE, text[:_LONGEST_TEXT], "a number")

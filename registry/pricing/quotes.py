"""From a figure as a source quotes it to an exact rate.

A source says "0.0000025 per token" or "$3 / 1M" or "25 cents"; a `Rate` says 2.5, 3 or 0.25 per the
meter's unit size. The decimal point is shifted, never a float multiplied, and equal prices come
out equal however they were written. What cannot be read for certain raises `QuoteError` with a
typed fault; the rows of the bad-input table that a fault answers stand beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation
from enum import StrEnum

from registry.pricing.meters import meter
from registry.pricing.rates import MAX_DIGITS, MAX_PLACES, PriceState, Rate, significant_digits
from registry.pricing.terms import STANDARD, Terms

# A double prints in at most 17 digits; 16 or 17 of them are the trace of binary arithmetic
# (2.9999999999999997e-06), of which 12 are certain.
_FLOAT_DIGITS = range(16, 18)
_SNAP = Context(prec=12)
_EXACT = Context(prec=MAX_DIGITS, traps=[Inexact, InvalidOperation, DivisionByZero])
# A price for each minute or hour is a quotient for each second, which need not end.
_PARTS_OF_AN_HOUR = frozenset({Decimal(60), Decimal(3600)})
# One digit over and over, the last one perhaps rounded up: a quotient that was cut somewhere.
_RECURRING = re.compile(
    "[0-9]*?(?:" + "|".join(f"{d}{{6,}}(?:{d}|{d + 1})?" for d in range(1, 9)) + ")", re.ASCII
)
_WIDEST_EXPONENT = 24
# No price is longer; a longer text is prose, and the patterns below are not meant for prose.
_LONGEST_TEXT = 80

_PLAIN = re.compile(r"\+?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?", re.ASCII)
_SYMBOLS = {
    "$": frozenset({"USD"}),
    "US$": frozenset({"USD"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"CNY", "JPY"}),
    "元": frozenset({"CNY"}),
    "RMB": frozenset({"CNY"}),
    **{code: frozenset({code}) for code in ("USD", "EUR", "GBP", "CNY", "JPY")},
}


class QuoteFault(StrEnum):
    """Why a quoted figure is not a rate (the number is the row of the bad-input table)."""

    NOT_FINITE = "not_finite"  # 1
    NEGATIVE = "negative"  # 3
    ZERO = "zero"  # 5
    FOREIGN_DIGITS = "foreign_digits"  # 7
    AMBIGUOUS_SEPARATOR = "ambiguous_separator"  # 8
    EATEN_FIGURE = "eaten_figure"  # 9
    EATEN_VARIABLE = "eaten_variable"  # 10
    FOOTNOTE = "footnote"  # 11
    RANGE = "range"  # 11, 12
    TOO_MANY_DIGITS = "too_many_digits"  # 13
    NOT_A_FIGURE = "not_a_figure"  # 14
    CURRENCY_CONFLICT = "currency_conflict"  # 22


class QuoteError(ValueError):
    """A quoted figure that must not become a rate as it stands."""

    def __init__(self, fault: QuoteFault, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} was refused ({fault}); expected {expected}")
        self.fault = fault
        self.field = field
        self.value = value
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Quote:
    """One price as its source writes it.

    ``text``: the figure exactly as quoted. ``per``: how many units of the meter it buys (1 token,
    1,000 calls, 1,000,000 tokens). ``subunits``: how many of the quoted coin make one of
    ``currency`` (100 for cents). ``field``: the source's own name for it, for errors and receipts.
    ``state``: what the source declares beyond the figure (free, dynamic, included, on request);
    None lets the figure speak. ``derived``: computed from the source's multiplier, not stated.
    """

    meter: str
    text: str
    per: Decimal
    field: str
    terms: Terms = STANDARD
    currency: str = "USD"
    subunits: int = 1
    state: PriceState | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Priced:
    """A quote read as a rate.

    ``snapped``: the amount is exact to 12 digits only, since it was written with float noise or is
    a quotient that does not end (1/12 of a dollar, a second's share of a price for each minute).
    """

    rate: Rate
    snapped: bool = False
    derived: bool = False


def read_quote(quote: Quote) -> Priced:
    """The rate that a quote states, per the meter's unit size.

    Raises `UnknownMeter` for a meter outside the vocabulary and `QuoteError` for a figure that is
    no certain price; a bare zero is one of those, since free must be said.
    """
    if quote.state is not None and quote.state is not PriceState.PRICED:
        return Priced(Rate(quote.meter, quote.terms, quote.state, None, quote.currency))
    figure = read_money(quote.text, quote.currency, field=quote.field)
    if figure.is_zero():
        raise QuoteError(
            QuoteFault.ZERO,
            quote.field,
            quote.text,
            "a price above zero, or a word that it is free",
        )
    amount, snapped = _to_unit_size(figure, quote)
    rate = Rate(quote.meter, quote.terms, PriceState.PRICED, amount, quote.currency)
    return Priced(rate, snapped, quote.derived)


def read_money(text: str, currency: str, *, field: str) -> Decimal:
    """The figure in ``$3``, ``3.50`` or ``1元``; a symbol must fit ``currency``."""
    number, symbols = _split_money(text, field)
    for symbol in symbols:
        if currency not in _SYMBOLS[symbol]:
            raise QuoteError(
                QuoteFault.CURRENCY_CONFLICT, field, text, f"a figure in {currency}, as declared"
            )
    return _read_digits(number, shown=text, field=field)


def read_number(text: str, *, field: str) -> Decimal:
    """A plain number in ASCII digits, ``1,234.50`` included; anything else is refused."""
    _refuse_prose(text, field)
    return _read_digits(text, shown=text, field=field)


def _split_money(text: str, field: str) -> tuple[str, list[str]]:
    """What stands between the currency symbols, and the symbols: one before, one after."""
    _refuse_prose(text, field)
    number = text.strip()
    symbols = [symbol for symbol in _SYMBOLS if number.startswith(symbol)][:1]
    number = number.removeprefix("".join(symbols)).strip()
    after = [symbol for symbol in _SYMBOLS if number.endswith(symbol)][:1]
    return number.removesuffix("".join(after)).strip(), symbols + after


def _refuse_prose(text: str, field: str) -> None:
    if len(text) > _LONGEST_TEXT:
        shown = f"{text[:_LONGEST_TEXT]}..."
        raise QuoteError(QuoteFault.NOT_A_FIGURE, field, shown, "a number")


def _read_digits(digits: str, *, shown: str, field: str) -> Decimal:
    if _PLAIN.fullmatch(digits):
        number = Decimal(digits)
    elif _GROUPED.fullmatch(digits) and (digits.count(",") > 1 or "." in digits):
        number = Decimal(digits.replace(",", ""))
    else:
        fault, expected = _why_unreadable(shown)
        raise QuoteError(fault, field, shown, expected)
    if abs(number.adjusted()) > _WIDEST_EXPONENT and not number.is_zero():
        raise QuoteError(QuoteFault.NOT_FINITE, field, shown, "a magnitude that a price can have")
    return number


# In this order: the first pattern that is found names the fault.
_FAULTS: tuple[tuple[re.Pattern[str], QuoteFault, str], ...] = (
    (
        re.compile(r"[+-]?(nan|inf(inity)?|[0-9.]+e[+]?[0-9]{5,})", re.I),
        QuoteFault.NOT_FINITE,
        "a finite number",
    ),
    (re.compile(r"[\[{].*", re.S), QuoteFault.NOT_A_FIGURE, "a number"),
    (re.compile(r"\s*(?:\$[A-Za-z_{(]|/).*", re.S), QuoteFault.EATEN_VARIABLE, "a number"),
    (
        re.compile(r"(?:US\$|[$€£¥])?\s*[-\u2212]\s*[$€£¥]?[0-9.].*", re.S),
        QuoteFault.NEGATIVE,
        "a price above zero",
    ),
    (
        re.compile(r"[$€£¥]?\s*[.,][0-9]+.*", re.S),
        QuoteFault.EATEN_FIGURE,
        "digits before the separator",
    ),
    (
        re.compile(r".*[0-9].*(?:[-\u2010-\u2015\u2212~]|\bto\b).*[0-9].*", re.S),
        QuoteFault.RANGE,
        "one figure",
    ),
    (re.compile(r"\s*(?:from|up to|starting)\b.*", re.I | re.S), QuoteFault.RANGE, "one figure"),
    (
        re.compile(r"[$€£¥]?\s*[0-9.,]+\s*(?:[*†‡¹²³⁰⁴-⁹]|\([0-9]\))+"),
        QuoteFault.FOOTNOTE,
        "a figure without a mark",
    ),
    (
        re.compile(r".*(?:[0-9]_[0-9]|(?![0-9])\d).*", re.S),
        QuoteFault.FOREIGN_DIGITS,
        "ASCII digits without separators",
    ),
    (
        re.compile(r"[$€£¥]?\s*[0-9]+(?:[.,][0-9]+)+.*", re.S),
        QuoteFault.AMBIGUOUS_SEPARATOR,
        "a decimal point and no other separator",
    ),
)


def _why_unreadable(text: str) -> tuple[QuoteFault, str]:
    for pattern, fault, expected in _FAULTS:
        if pattern.fullmatch(text):
            return fault, expected
    if any(c == "_" or (c.isdigit() and not c.isascii()) for c in text):
        return QuoteFault.FOREIGN_DIGITS, "ASCII digits without separators"
    return QuoteFault.NOT_A_FIGURE, "a number"


def _to_unit_size(figure: Decimal, quote: Quote) -> tuple[Decimal, bool]:
    """Shifts the figure to the meter's unit size; says whether it was snapped to 12 digits."""
    size = meter(quote.meter).unit_size
    bought = quote.per * quote.subunits
    if significant_digits(figure) not in _FLOAT_DIGITS:
        try:
            return _kept(_EXACT.divide(_EXACT.multiply(figure, size), bought), quote), False
        except (Inexact, QuoteError):
            if not (_recurs(figure) or quote.per in _PARTS_OF_AN_HOUR):
                raise _too_many_digits(quote, f"at most {MAX_DIGITS} digits") from None
    amount = _SNAP.divide(_SNAP.plus(figure) * size, bought)
    if amount.adjusted() < 0:
        # Twelve digits of a third of a cent reach further than the column does.
        amount = round(amount, MAX_PLACES) or amount
    return _kept(amount, quote), True


def _recurs(figure: Decimal) -> bool:
    """Whether the digits are those of a quotient written out, as 0.0833333333333333 is of 1/12."""
    return _RECURRING.fullmatch("".join(map(str, figure.as_tuple().digits))) is not None


def _kept(amount: Decimal, quote: Quote) -> Decimal:
    """The amount as the column keeps it, without a zero too many."""
    shifted = amount.scaleb(MAX_PLACES)
    if amount.adjusted() >= MAX_PLACES or shifted != shifted.to_integral_value():
        size = meter(quote.meter).unit_size
        raise _too_many_digits(
            quote, f"at most {MAX_PLACES} digits before and after the point, per {size:f}"
        )
    return plain(amount)


def _too_many_digits(quote: Quote, expected: str) -> QuoteError:
    return QuoteError(QuoteFault.TOO_MANY_DIGITS, quote.field, quote.text, expected)


def plain(amount: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 2.50 and 25e-1 are 2.5.

    Raises `decimal.Inexact` for more than 15 significant digits.
    """
    return Decimal(f"{amount.normalize(_EXACT):f}")

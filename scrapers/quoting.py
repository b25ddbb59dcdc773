"""From a feed's values to quotes and remarks, the same way for every source.

A figure is passed on as written and judged by `registry.pricing.quotes`; what is no figure at all
(a boolean, a list, a name where a number belongs) is remarked on here, since JSON has types and a
price list has not. Null where a price could stand is no quote: absent is not zero.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field, replace
from decimal import Decimal

from registry.pricing.quotes import Quote, QuoteError, read_quote
from registry.pricing.rates import PriceState, RateKey
from registry.pricing.terms import STANDARD, Terms, TermsError
from scrapers.claims import EntryFault, Note, NoteReason, Remark
from scrapers.json_text import JsonValue

MAX_NAME = 200
_SHOWN = 120

# Controls, format characters (bidi marks, zero widths), surrogates, private use, unassigned
# characters, line and paragraph separators: none is part of a name that a person can read.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_CONFUSABLE_SCRIPTS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC"})

_MAIN_METER = "input_tokens"
_ZERO = re.compile(r"0+(?:\.0+)?(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)


@dataclass(slots=True)
class Card:
    """The quotes and remarks of one offer while its entry is read.

    ``strings``: whether the source declares its figures as JSON strings (``"0.0000025"``); numbers
    are then taken as well, while elsewhere a string is a fault.
    """

    strings: bool = False
    currency: str = "USD"
    subunits: int = 1
    quotes: list[Quote] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def quote(
        self,
        value: JsonValue,
        meter: str,
        *,
        per: Decimal | int,
        field: str,
        terms: Terms = STANDARD,
        currency: str | None = None,
        state: PriceState | None = None,
        derived: bool = False,
    ) -> None:
        """Adds the quote of a figure, or a remark that it is none; null adds nothing."""
        if value is None:
            return
        text = figure_text(value, strings=self.strings)
        if text is None:
            self.remark(EntryFault.NOT_A_FIGURE, field, value, "a number")
            return
        self.quotes.append(
            Quote(
                meter,
                text,
                Decimal(per),
                field,
                terms,
                currency or self.currency,
                self.subunits,
                state,
                derived,
            )
        )

    def members(self, value: JsonValue, field: str) -> dict[str, JsonValue]:
        """The members of a group of prices: none of null, and a remark where it is no object."""
        if value is not None and not isinstance(value, dict):
            self.remark(EntryFault.WRONG_SHAPE, field, value, "an object")
        return value if isinstance(value, dict) else {}

    def with_variant(self, terms: Terms, name: str, *, field: str) -> Terms | None:
        """The terms under a variant's name; None, and a remark, where its words are no term."""
        try:
            return replace(terms, variant=name)
        except TermsError as error:
            self.remark(EntryFault.UNKNOWN_FIELD, field, name, error.expected)
            return None

    def remark(self, fault: EntryFault, field: str, value: JsonValue, expected: str) -> None:
        """Names a difficulty with one field."""
        self.remarks.append(Remark(fault, field, shown(value), expected))

    def note(self, reason: NoteReason, field: str, value: JsonValue) -> None:
        """Sets a sound figure aside that is no quote, and says why."""
        self.notes.append(Note(reason, field, shown(value)))

    def settle(self) -> None:
        """Keeps one quote a series: an equal second one is noted, a different one remarked on."""
        kept: dict[RateKey, Quote] = {}
        for quote in self.quotes:
            key = RateKey(quote.meter, quote.terms, quote.currency)
            first = kept.setdefault(key, quote)
            if first is quote:
                continue
            if _same_rate(first, quote):
                self.note(NoteReason.SAID_TWICE, quote.field, quote.text)
            else:
                self.remark(
                    EntryFault.CONFLICTING_FIGURES,
                    quote.field,
                    quote.text,
                    f"{first.text}, as {first.field} says",
                )
        self.quotes = list(kept.values())

    def set_aside_zeros(self) -> None:
        """Notes each zero that means "nothing extra": one for a side meter beside a sold input.

        A zero for cache writes, for reasoning, for an embedding's output or a filler for a request
        is not a meter given away: it is billed with the meter that contains it, or never occurs.
        A zero input stays, and so does every zero of a card that has no other price for input.
        """
        sold = any(q.meter == _MAIN_METER and not _is_bare_zero(q) for q in self.quotes)
        if not sold:
            return
        for quote in self.quotes:
            if quote.meter != _MAIN_METER and _is_bare_zero(quote):
                self.note(NoteReason.NOTHING_EXTRA, quote.field, quote.text)
        self.quotes = [q for q in self.quotes if q.meter == _MAIN_METER or not _is_bare_zero(q)]


def _is_bare_zero(quote: Quote) -> bool:
    """Whether a quote is a zero without a word that it is free or included."""
    return quote.state is None and _ZERO.fullmatch(quote.text) is not None


def _same_rate(first: Quote, second: Quote) -> bool:
    """Whether two quotes of one series come to one rate, however each is written."""
    try:
        return read_quote(first).rate == read_quote(second).rate
    except QuoteError:
        return (first.text, first.per) == (second.text, second.per)


def figure_text(value: JsonValue, *, strings: bool = False) -> str | None:
    """The digits of a JSON number, or of a string where the source writes those; else None."""
    match value:
        case bool():
            return None
        case int() | Decimal():
            return str(value)
        case str() if strings:
            return value
        case _:
            return None


def text_remark(name: str, field: str) -> Remark | None:
    """What is wrong with a short text: empty, over `MAX_NAME`, or not to be read by a person.

    Markup such as ``<script>`` is text like any other.
    """
    if not name.strip():
        return Remark(EntryFault.BAD_NAME, field, repr(name), "a name")
    if len(name) > MAX_NAME:
        return Remark(EntryFault.BAD_NAME, field, shown(name), f"at most {MAX_NAME} characters")
    if any(unicodedata.category(character) in _INVISIBLE for character in name):
        return Remark(EntryFault.BAD_NAME, field, ascii(name), "visible characters")
    return None


def name_remark(name: str, field: str) -> Remark | None:
    """What is wrong with an id or a name: what `text_remark` says, or forged letters.

    Letters of two alphabets that look alike (a Cyrillic letter in a Latin word), and letters in
    disguise (full width, mathematical), could pass for another's name.
    """
    remark = text_remark(name, field)
    if remark is not None or name.isascii():
        return remark
    letters = [character for character in name if character.isalpha()]
    scripts = {unicodedata.name(letter, "").split(" ")[0] for letter in letters}
    disguised = any(
        unicodedata.normalize("NFKC", letter)[0].isascii()
        for letter in letters
        if not letter.isascii()
    )
    if disguised or len(scripts & _CONFUSABLE_SCRIPTS) > 1:
        return Remark(EntryFault.BAD_NAME, field, ascii(name), "letters of one alphabet")
    return None


def shown(value: JsonValue) -> str:
    """A value as a remark shows it: JSON, cut to a readable length."""
    if isinstance(value, str | Decimal):
        text = str(value)
    else:
        text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."

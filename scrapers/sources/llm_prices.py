"""llm-prices: ``historical-v1.json``, a hand-kept list in USD per million tokens, with its past.

2025-10-18  ``{"prices": [...]}`` of records ``id, vendor, name, input, output, input_cached,
            from_date, to_date``; ``current-v1.json``, the same without dates, is read as well.
2026-06-30  ``current-v1.json`` holds what is in force on the day it was built; before, whatever has
            no ``to_date``, so coming prices stood in it as if they held.

A period is ``[from_date, to_date)``; null is open. Records that follow one another make the dated
cards of one offer; where a period ends and none follows, the offer was withdrawn, which is a card
without prices. ``input_cached`` is null where it is unknown. The prices of long requests are a
record of their own, ``gpt-5.5-272k`` named "GPT-5.5 >272k": its id and its name must say the same,
or the suffix is part of a name (as in a model of 128k context). Vendors are laboratories.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import msgspec

from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import Entry, EntryFault, Facts, OfferClaim, PageError, PageFault, Scheduled
from scrapers.entries import grouped, peek, read_entry
from scrapers.facts import day, members, midnight, words
from scrapers.json_text import JsonValue, split_array, split_object
from scrapers.quoting import Card, name_remark

PER = 1_000_000

_METERS = {"input": "input_tokens", "output": "output_tokens", "input_cached": "cache_read_tokens"}
_NO_PRICES = frozenset({"id", "vendor", "name", "from_date", "to_date"})
_LONG_ID = re.compile(r"(?P<base>.+?)-+(?P<limit>[1-9]\d{0,5})k")
_LONG_NAME = re.compile(r"(?P<base>.+?) ?> ?(?P<limit>[1-9]\d{0,5})k")
_SHORT_NAME = re.compile(r"(?P<base>.+?) ?≤ ?[1-9]\d{0,5}k")


class _Head(msgspec.Struct):
    id: str
    vendor: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Period:
    """One record: its prices, their terms and the days they hold."""

    where: str
    prices: dict[str, JsonValue]
    terms: Terms
    first: date | None
    last: date | None

    def holds(self, start: date | None) -> bool:
        """Whether it is in force on the day; None is the time before every date."""
        if start is None:
            return self.first is None
        begun = self.first is None or self.first <= start
        return begun and (self.last is None or start < self.last)


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry an offer, keyed ``vendor/id``: all its records, those of long requests included."""
    lists = [raw for key, raw in split_object(body) if key == "prices"]
    if len(lists) != 1:
        raise PageError(PageFault.WRONG_FORMAT, f"{len(lists)} lists", "one list, prices")
    rows = list(split_array(lists[0]))
    if not rows:
        raise PageError(PageFault.NO_ROWS, "no prices", "a list of prices")
    return grouped((_key(row), row) for row in rows)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """The one offer of an entry, with a card for each of its periods."""
    vendor, _, model_id = entry.key.partition("/")
    value, remarks = read_entry(entry)
    card = Card(remarks=list(remarks))
    card.remarks += filter(None, (name_remark(vendor, "vendor"), name_remark(model_id, "id")))
    rows = [members(row) for row in value] if isinstance(value, list) else []
    periods = list(_periods(rows, card))
    cards = list(_dated_cards(periods, card))
    dated = len(cards) > 1 or any(starts for starts, _ in cards)
    yield OfferClaim(
        vendor,
        model_id,
        quotes=() if dated else tuple(quote for _, one in cards for quote in one.quotes),
        scheduled=tuple(Scheduled(midnight(starts), tuple(one.quotes)) for starts, one in cards)
        if dated
        else (),
        facts=Facts(name=_plain_name(rows)),
        remarks=tuple(dict.fromkeys(card.remarks)),
        notes=tuple(dict.fromkeys(note for _, one in cards for note in one.notes)),
    )


def _key(row: bytes) -> str:
    head = peek(row, _Head)
    if head is None or "/" in head.vendor:
        raise PageError(PageFault.WRONG_FORMAT, f"{row[:80]!r}", "records with vendor and id")
    return f"{head.vendor}/{_base_and_terms(head.id, head.name)[0]}"


def _base_and_terms(model_id: str, name: str) -> tuple[str, Terms]:
    """The offer that a record belongs to, and the terms that it adds."""
    by_id, by_name = _LONG_ID.fullmatch(model_id), _LONG_NAME.fullmatch(name)
    if by_id is None or by_name is None or by_id["limit"] != by_name["limit"]:
        return model_id, STANDARD
    return by_id["base"], Terms(context_over=int(by_id["limit"]) * 1000)


def _plain_name(rows: list[dict[str, JsonValue]]) -> str | None:
    """The name without the length of context that it holds for."""
    for row in rows:
        name = words(row.get("name"))
        if name:
            match = _SHORT_NAME.fullmatch(name) or _LONG_NAME.fullmatch(name)
            return match["base"] if match else name
    return None


def _periods(rows: list[dict[str, JsonValue]], card: Card) -> Iterator[_Period]:
    for index, row in enumerate(rows):
        where = f"prices[{index}]"
        terms = _base_and_terms(words(row.get("id")) or "", words(row.get("name")) or "")[1]
        first, last = (_day(row, key, where, card) for key in ("from_date", "to_date"))
        if first is not None and last is not None and first >= last:
            card.remark(EntryFault.BAD_DATE, f"{where}.to_date", str(last), f"after {first}")
        prices = {key: value for key, value in row.items() if key not in _NO_PRICES}
        yield _Period(where, prices, terms, first, last)


def _day(row: dict[str, JsonValue], key: str, where: str, card: Card) -> date | None:
    value = row.get(key)
    found = day(value)
    if value is not None and found is None:
        card.remark(EntryFault.BAD_DATE, f"{where}.{key}", value, "a date such as 2026-04-24")
    return found


def _dated_cards(periods: list[_Period], card: Card) -> Iterator[tuple[date | None, Card]]:
    """The card at the beginning and at each day on which a period begins or ends."""
    days = {found for period in periods for found in (period.first, period.last) if found}
    begun = False
    for start in (None, *sorted(days)):
        one = Card()
        for period in periods:
            if period.holds(start):
                _quote_period(one, period)
        one.set_aside_zeros()
        one.settle()
        card.remarks += one.remarks
        begun = begun or bool(one.quotes)
        if begun:
            yield start, one


def _quote_period(one: Card, period: _Period) -> None:
    for key, value in period.prices.items():
        field = f"{period.where}.{key}"
        if key in _METERS:
            one.quote(value, _METERS[key], per=PER, field=field, terms=period.terms)
        else:
            one.remark(EntryFault.UNKNOWN_FIELD, field, value, "a known price")

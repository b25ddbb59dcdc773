"""genai-prices: ``data.json``, Pydantic's price list in USD, providers with their models.

2025-07-13  Units in the key's suffix: ``_mtok`` a million tokens, ``_kcount`` a thousand. A price
            is a number or ``{base, tiers [{start, price}]}``: the last tier whose start the input
            tokens exceed (strictly, as its own calculator compares) is the whole request's.
            ``prices`` is a card, or a list of cards with a ``constraint``: a ``start_date`` or a
            daily window in UTC. A model that costs nothing has the empty card.
2026-02-12  ``deprecated``.
2026-07-25  ``data.json`` is frozen; ``v2/data.json`` has the same shape and new units
            (cache_write_1h, images, video, reasoning, citations, web searches).

Of the cards whose constraint holds the last one counts, whole. Models are patterns (``match``): an
exact name (``equals``) is an alias, a beginning, part or expression is none, since whom it means
besides is not known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import combinations

import msgspec

from registry.pricing.hours import Hours
from registry.pricing.quotes import Quote
from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import Entry, EntryFault, Facts, OfferClaim, PageError, PageFault, Scheduled
from scrapers.entries import entries_of, peek, read_entry
from scrapers.facts import count, day, flag, members, midnight, words
from scrapers.json_text import JsonValue, split_array, split_object
from scrapers.quoting import Card, name_remark

_UNITS = {
    "mtok": 1_000_000,
    "mchars": 1_000_000,
    "gpixels": 1_000_000_000,
    "hours": 3_600,
    "kpages": 1_000,
    "kcount": 1_000,
}
_METERS = {
    "input_mtok": "input_tokens",
    "output_mtok": "output_tokens",
    "cache_read_mtok": "cache_read_tokens",
    "cache_write_mtok": "cache_write_tokens",
    "cache_write_5m_mtok": "cache_write_5m_tokens",
    "cache_write_1h_mtok": "cache_write_1h_tokens",
    "input_audio_mtok": "input_audio_tokens",
    "output_audio_mtok": "output_audio_tokens",
    "cache_audio_read_mtok": "cache_read_audio_tokens",
    "cache_audio_write_mtok": "cache_write_audio_tokens",
    "input_image_mtok": "input_image_tokens",
    "output_image_mtok": "output_image_tokens",
    "cache_image_read_mtok": "cache_read_image_tokens",
    "input_video_mtok": "input_video_tokens",
    "output_video_mtok": "output_video_tokens",
    "output_reasoning_mtok": "reasoning_tokens",
    "output_citation_mtok": "citation_tokens",
    "input_mchars": "input_characters",
    "input_gpixels": "input_pixels",
    "input_audio_hours": "input_audio_seconds",
    "output_audio_hours": "output_audio_seconds",
    "input_document_kpages": "ocr_pages",
    "input_annotated_document_kpages": "annotation_pages",
    "rerank_searches_kcount": "rerank_queries",
    "web_searches_kcount": "web_searches",
    "requests_kcount": "requests",
}
_FREE_ID = re.compile(r".*:free", re.S)


class _Provider(msgspec.Struct):
    id: str


class _Model(msgspec.Struct):
    id: str


@dataclass(frozen=True, slots=True)
class _Dated:
    """One of a model's cards: the day it begins or the hours it holds, neither for the first."""

    where: str
    prices: JsonValue
    first: date | None = None
    hours: Hours | None = None


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a provider's model, keyed ``provider/model``."""
    entries = list(entries_of(_rows(body)))
    if not entries:
        raise PageError(PageFault.NO_ROWS, "no models", "providers with models")
    return iter(entries)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """The one offer of an entry."""
    provider, _, model_id = entry.key.partition("/")
    value, remarks = read_entry(entry)
    row, card = members(value), Card(remarks=list(remarks))
    card.remarks += filter(None, (name_remark(provider, "provider"), name_remark(model_id, "id")))
    dated = _dated(row.get("prices"), card)
    starts = sorted({one.first for one in dated if one.first})
    cards = [(start, _card_at(start, dated, model_id)) for start in (None, *starts)]
    for _, one in cards:
        card.remarks += one.remarks
        card.notes += one.notes
    yield OfferClaim(
        provider,
        model_id,
        quotes=() if starts else tuple(cards[0][1].quotes),
        scheduled=tuple(
            Scheduled(midnight(start), tuple(one.quotes))
            for start, one in cards
            if starts and (start or one.quotes)
        ),
        facts=Facts(
            name=words(row.get("name")),
            context_tokens=count(row.get("context_window")),
            status="deprecated" if flag(row.get("deprecated")) else None,
        ),
        remarks=tuple(dict.fromkeys(card.remarks)),
        aliases=tuple(
            name for name in dict.fromkeys(_exact_names(row.get("match"))) if name != model_id
        ),
        notes=tuple(dict.fromkeys(card.notes)),
    )


def _rows(body: bytes) -> Iterator[tuple[str, bytes]]:
    for raw in split_array(body):
        provider = peek(raw, _Provider)
        parts = [models for key, models in split_object(raw) if key == "models"]
        if provider is None or "/" in provider.id or not parts:
            raise PageError(PageFault.WRONG_FORMAT, f"{raw[:80]!r}", "a provider with models")
        for models in parts:
            for row in split_array(models):
                model = peek(row, _Model)
                if model is None:
                    raise PageError(PageFault.WRONG_FORMAT, f"{row[:80]!r}", "models with an id")
                yield f"{provider.id}/{model.id}", row


def _dated(prices: JsonValue, card: Card) -> list[_Dated]:
    if not isinstance(prices, list):
        return [_Dated("prices", prices)]
    read = (_read_dated(item, f"prices[{index}]", card) for index, item in enumerate(prices))
    return [one for one in read if one]


def _read_dated(item: JsonValue, where: str, card: Card) -> _Dated | None:
    prices, constraint = members(item).get("prices"), members(item).get("constraint")
    where_prices = f"{where}.prices"
    if unknown := members(item).keys() - {"prices", "constraint"}:
        # What nobody knows may be a condition: without it the card would hold at all times.
        card.remark(EntryFault.UNKNOWN_FIELD, where, ", ".join(sorted(unknown)), "a constraint")
        return None
    match constraint:
        case None:
            return _Dated(where_prices, prices)
        case {"start_date": start, **more} if not more:
            first = day(start)
            if first:
                return _Dated(where_prices, prices, first=first)
            card.remark(EntryFault.BAD_DATE, where, start, "a date such as 2026-04-24")
        case {"start_time": start, "end_time": end, **more} if not more:
            window = (_minutes(start), _minutes(end))
            if window[0] is not None and window[1] is not None and window[0] != window[1]:
                hours = Hours.daily([(window[0], window[1])])
                return _Dated(where_prices, prices, hours=hours)
            card.remark(EntryFault.BAD_HOURS, where, constraint, "times such as 00:30:00Z")
        case _:
            card.remark(EntryFault.UNKNOWN_FIELD, where, constraint, "a start date or two times")
    return None


def _minutes(value: JsonValue) -> int | None:
    """The minute of the day of a UTC time; None for another zone or a part of a minute."""
    if not isinstance(value, str):
        return None
    try:
        found = time.fromisoformat(value)
    except ValueError:
        return None
    if found.utcoffset() != timedelta(0) or found.second or found.microsecond:
        return None
    return found.hour * 60 + found.minute


def _card_at(start: date | None, dated: list[_Dated], model_id: str) -> Card:
    """The card from a day on: the last one begun, and the windows listed after it."""
    card = Card()
    begun = [one for one in dated if one.first is None or (start and one.first <= start)]
    plain = [index for index, one in enumerate(begun) if one.hours is None]
    windows = begun[plain[-1] + 1 :] if plain else begun
    if plain:
        _quote_prices(card, begun[plain[-1]], STANDARD, free=_FREE_ID.fullmatch(model_id))
    for hours, other in combinations((one.hours for one in windows if one.hours), 2):
        if hours.overlaps(other):
            card.remark(EntryFault.BAD_HOURS, "prices", hours.text, f"apart from {other.text}")
    for one in windows:
        _quote_prices(card, one, Terms(hours=one.hours))
    card.set_aside_zeros()
    card.settle()
    return card


def _quote_prices(
    card: Card, dated: _Dated, terms: Terms, free: re.Match[str] | None = None
) -> None:
    where, prices = dated.where, dated.prices
    if not isinstance(prices, dict):
        card.remark(EntryFault.WRONG_SHAPE, where, prices, "an object of prices")
        return
    if not prices and free:
        card.quotes += (
            Quote(meter, "{}", Decimal(1), where, terms, state=PriceState.FREE)
            for meter in ("input_tokens", "output_tokens")
        )
    for key, value in prices.items():
        if key not in _METERS:
            card.remark(EntryFault.UNKNOWN_FIELD, f"{where}.{key}", value, "a known unit")
            continue
        per = _UNITS[key.rpartition("_")[2]]
        if isinstance(value, dict):
            _quote_tiers(card, value, _METERS[key], per, f"{where}.{key}", terms)
        else:
            card.quote(value, _METERS[key], per=per, field=f"{where}.{key}", terms=terms)


def _quote_tiers(
    card: Card, value: dict[str, JsonValue], meter: str, per: int, where: str, terms: Terms
) -> None:
    tiers = value.get("tiers")
    if not isinstance(tiers, list) or value.keys() != {"base", "tiers"}:
        card.remark(EntryFault.BAD_TIERS, where, value, "base and tiers")
        return
    card.quote(value["base"], meter, per=per, field=f"{where}.base", terms=terms)
    last = 0
    for index, tier in enumerate(tiers):
        found, field = members(tier), f"{where}.tiers[{index}]"
        start = count(found.get("start"))
        if start is None or start <= last or found.keys() != {"start", "price"}:
            card.remark(EntryFault.BAD_TIERS, field, tier, f"a price and a start above {last}")
            continue
        last = start
        band = Terms(context_over=start, hours=terms.hours)
        card.quote(found["price"], meter, per=per, field=f"{field}.price", terms=band)


def _exact_names(match: JsonValue) -> Iterator[str]:
    """The names that a rule takes exactly, alone or as one of several."""
    rule = members(match)
    name, several = words(rule.get("equals")), rule.get("or")
    if name:
        yield name
    if isinstance(several, list):
        for one in several:
            yield from _exact_names(one)

"""LiteLLM's price map: one object of rows by model key, US dollars per single unit.

An offer may stand under several keys: bare and with its provider (``gpt-5.5``,
``openai/gpt-5.5``), by region (``azure/eu/…``, ``us.anthropic.…``), by size of picture. Those rows
are one entry, so that the offer's card is read whole. ``sample_spec`` explains the format and
``fallback_generalizations`` (from 2026-08) holds rules for unknown names: neither is a model.

Dated history of the feed: 2026-08 ``off_peak_pricing``, before that DeepSeek's peak price alone;
2026-10 weekdays also as names, ``hours_utc`` also as a list; 2026-11 ``max_tokens`` gone from every
row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from types import NoneType

from scrapers.claims import Entry, EntryFault, OfferClaim, Remark
from scrapers.entries import gathered, read_entry
from scrapers.json_text import JsonValue, split_object
from scrapers.quoting import Card, name_remark, shown
from scrapers.sources.litellm.facts import facts_of, page_of
from scrapers.sources.litellm.multipliers import MULTIPLIERS, multipliers
from scrapers.sources.litellm.names import OfferName, offer_name
from scrapers.sources.litellm.rows import Row, RowReader
from scrapers.sources.litellm.structures import STRUCTURES

_NO_MODELS = frozenset({"sample_spec", "fallback_generalizations"})
_ROUTE = re.compile(rb'"litellm_provider"\s*:\s*"([^"\\]*)"')
_PRICE_LIKE = re.compile(r"cost|price|pricing|multiplier|uplift|discount|surcharge")


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """An entry for each offer, its raw text an object of the rows that speak of it."""
    return gathered(
        (_subject(key, raw), key, raw) for key, raw in split_object(body) if key not in _NO_MODELS
    )


def read(entry: Entry) -> Iterable[OfferClaim]:
    """One claim: the offer's card over all its rows, with the facts of its plainest row."""
    rows, remarks = read_entry(entry)
    if not isinstance(rows, dict):
        raise TypeError(f"{entry.key}: an entry of this source is an object of rows")
    card = Card(remarks=list(remarks))
    read_rows = [(key, *_read_row(card, key, row)) for key, row in rows.items()]
    card.settle()
    plainest = min(read_rows, key=lambda item: (item[1].region, item[1].variant) != (None, None))
    _, name, row = plainest
    faults = name_remark(name.seller, "litellm_provider"), name_remark(name.model_id, "key")
    return [
        OfferClaim(
            provider=name.seller,
            model_id=name.model_id,
            quotes=tuple(card.quotes),
            facts=facts_of(row),
            remarks=(*card.remarks, *filter(None, faults)),
            aliases=tuple(_aliases(read_rows)),
            page=page_of(row),
            notes=tuple(card.notes),
        )
    ]


def _read_row(card: Card, key: str, value: JsonValue) -> tuple[OfferName, Row]:
    if not isinstance(value, dict):
        card.remark(EntryFault.WRONG_SHAPE, key, value, "an object")
        return offer_name(key, ""), {}
    route = value.get("litellm_provider")
    name = offer_name(key, route if isinstance(route, str) else "")
    reader = RowReader(card, key, value, name)
    since = len(card.quotes)
    for field, figure in value.items():
        if field in STRUCTURES:
            STRUCTURES[field](reader, figure)
        elif field not in MULTIPLIERS and not reader.named(figure, field):
            _remark_if_price(card, reader.path(field), field, figure)
    multipliers(reader, since)
    reader.plan()
    return name, value


def _remark_if_price(card: Card, path: str, field: str, value: JsonValue) -> None:
    is_figure = _PRICE_LIKE.search(field) and not isinstance(value, str | bool | NoneType)
    if is_figure or (field == "currency" and value != "USD"):
        card.remarks.append(
            Remark(EntryFault.UNKNOWN_FIELD, path, shown(value), "a known price field")
        )


def _aliases(rows: Iterable[tuple[str, OfferName, Row]]) -> Iterator[str]:
    """The keys that name the offer as a whole, other than by its own id."""
    for key, name, _ in rows:
        if name.region is None and name.variant is None and key != name.model_id:
            yield key


def _subject(key: str, raw: bytes) -> str:
    route = _ROUTE.search(raw)
    name = offer_name(key, route[1].decode() if route else "")
    return f"{name.seller}/{name.model_id}"

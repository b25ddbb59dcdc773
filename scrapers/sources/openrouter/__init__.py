"""OpenRouter: ``/api/v1/models``, a reseller's own offers in USD per single unit, as strings.

2025-04-24  prompt, completion, request, image, web_search, internal_reasoning, with "0" for what is
            not sold; ``:free`` variants; "-1" for the router ``openrouter/auto``.
2025-05-23  ``hugging_face_id``, ``supported_parameters``.
2025-12-02  ``canonical_slug``, a dated name; ``audio``.
2026-05-15  The zeros are gone: what is not sold is left out. ``image`` was the price of a picture
            and is now that of a picture's token, equal to ``prompt``. ``~author/family-latest``
            names, ``expiration_date``, ``knowledge_cutoff``.
2026-07-17  ``overrides`` among the prices; image_output and audio_output, per token;
            input_audio_cache, input_cache_write_1h; ``total_count`` and ``links`` around ``data``.
2026-07-30  ``alias_target`` says which model a ``~`` name leads to.

A ``~`` name with a target is an alias of it; without one it is an offer like any other. ``:batch``
is the batch tier of the id before it; other suffixes (``:free``, ``:thinking``) are own offers.
``created`` is when OpenRouter listed a model, not its release. A ``discount`` other than zero is
held: it is a share to be taken off, but whether the prices beside it still include it is not said.
The ``/endpoints`` of a single model have another shape and are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote as escape

import msgspec

from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import Entry, EntryFault, Facts, NoteReason, OfferClaim, PageError, PageFault
from scrapers.entries import grouped, peek, read_entry
from scrapers.facts import count, day, members, names, words
from scrapers.json_text import JsonValue, split_array, split_object
from scrapers.quoting import Card, name_remark
from scrapers.sources.openrouter.overrides import Stated, cards_under, read_overrides

PROVIDER = "openrouter"
PAGE = "https://openrouter.ai/"

_METERS = {
    "prompt": "input_tokens",
    "completion": "output_tokens",
    "internal_reasoning": "reasoning_tokens",
    "input_cache_read": "cache_read_tokens",
    "input_cache_write": "cache_write_tokens",
    "input_cache_write_1h": "cache_write_1h_tokens",
    "audio": "input_audio_tokens",
    "audio_output": "output_audio_tokens",
    "input_audio_cache": "cache_read_audio_tokens",
    "image": "input_images",
    "image_token": "input_image_tokens",
    "image_output": "output_image_tokens",
    "web_search": "web_searches",
    "request": "requests",
}
_MAIN = ("prompt", "completion")
_NO_METERS = frozenset({"overrides", "discount"})
_BATCH = ":batch"


class _Target(msgspec.Struct):
    slug: str


class _Head(msgspec.Struct):
    id: str
    alias_target: _Target | None = None


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry an offer, keyed by its id: its row, its batch row, the names that lead to it."""
    lists = [raw for key, raw in split_object(body) if key == "data"]
    if len(lists) != 1:
        raise PageError(PageFault.WRONG_FORMAT, f"{len(lists)} lists", "one list of models, data")
    rows = list(split_array(lists[0]))
    if not rows:
        raise PageError(PageFault.NO_ROWS, "no models", "a list of models")
    heads = [_head(row) for row in rows]
    known = {head.id for head in heads}
    keys = (_offer_of(head, known) for head in heads)
    return grouped(zip(keys, rows, strict=True))


def read(entry: Entry) -> Iterable[OfferClaim]:
    """The one offer of an entry."""
    value, remarks = read_entry(entry)
    rows = [members(row) for row in value] if isinstance(value, list) else []
    card = Card(strings=True, remarks=list(remarks))
    own = [row for row in rows if row.get("id") == entry.key]
    batch = [row for row in rows if row.get("id") == entry.key + _BATCH]
    leading = [row for row in rows if row not in own and row not in batch]
    _check_rows(card, entry.key, own, batch)
    for row in own[:1]:
        _quote_row(card, row, free=entry.key.endswith((":free", "/free")))
    for row in batch[:1]:
        _quote_prices(card, _stated(row, card), Terms(tier="batch"), free=False)
    card.set_aside_zeros()
    card.settle()
    facts_of = next(iter((*own, *batch)), {})
    yield OfferClaim(
        PROVIDER,
        entry.key,
        quotes=tuple(card.quotes),
        facts=_facts(facts_of),
        remarks=tuple(card.remarks),
        aliases=_aliases(entry.key, facts_of, leading),
        page=PAGE + escape(entry.key, safe="/:~@"),
        notes=tuple(card.notes),
    )


def _head(row: bytes) -> _Head:
    head = peek(row, _Head)
    if head is None:
        raise PageError(PageFault.WRONG_FORMAT, f"{row[:80]!r}", "rows with an id")
    return head


def _offer_of(head: _Head, known: set[str]) -> str:
    """The id whose offer a row belongs to."""
    if head.id.startswith("~") and head.alias_target and head.alias_target.slug in known:
        return head.alias_target.slug
    return head.id.removesuffix(_BATCH)


def _check_rows(
    card: Card, key: str, own: list[dict[str, JsonValue]], batch: list[dict[str, JsonValue]]
) -> None:
    for rows in (own, batch):
        if len(rows) > 1:
            card.remark(EntryFault.DUPLICATE_KEY, "id", key, "one row an id")
    remark = name_remark(key, "id")
    if remark:
        card.remarks.append(remark)


def _quote_row(card: Card, row: dict[str, JsonValue], *, free: bool) -> None:
    _quote_prices(card, _stated(row, card), STANDARD, free=free)
    pricing = members(row.get("pricing"))
    for terms, prices in cards_under(read_overrides(pricing.get("overrides"), card)):
        _quote_prices(card, prices, terms, free=False)


def _stated(row: dict[str, JsonValue], card: Card) -> dict[str, Stated]:
    """The base prices; a discount is none."""
    pricing = row.get("pricing")
    if not isinstance(pricing, dict):
        card.remark(EntryFault.WRONG_SHAPE, "pricing", pricing, "an object")
        return {}
    discount = pricing.get("discount")
    if discount in (0, "0"):
        card.note(NoteReason.NOT_A_PRICE, "pricing.discount", discount)
    elif discount is not None:
        card.remark(EntryFault.UNKNOWN_UNIT, "pricing.discount", discount, "no discount")
    return {
        key: Stated(value, f"pricing.{key}")
        for key, value in pricing.items()
        if key not in _NO_METERS
    }


def _quote_prices(card: Card, prices: dict[str, Stated], terms: Terms, *, free: bool) -> None:
    for key, stated in prices.items():
        if key not in _METERS:
            card.remark(EntryFault.UNKNOWN_FIELD, stated.field, stated.value, "a known price")
            continue
        state = None
        if stated.value == "-1" and _varies(prices):
            state = PriceState.DYNAMIC
        elif free and key in _MAIN and stated.value == "0":
            state = PriceState.FREE
        card.quote(
            stated.value,
            _meter_of(key, prices),
            per=1,
            field=stated.field,
            terms=terms,
            state=state,
        )


def _varies(prices: dict[str, Stated]) -> bool:
    """Whether a row is a router's: it says -1 of prompt and completion alike."""
    return all(key in prices and prices[key].value == "-1" for key in _MAIN)


def _meter_of(key: str, prices: dict[str, Stated]) -> str:
    """A picture at the price of one prompt token is a picture's token (since 2026-05)."""
    if key == "image" and "prompt" in prices and prices["prompt"].value == prices[key].value:
        return _METERS["image_token"]
    return _METERS[key]


def _aliases(
    key: str, row: dict[str, JsonValue], leading: list[dict[str, JsonValue]]
) -> tuple[str, ...]:
    """Other exact names; a variant such as ``x:free`` shares those of its model and claims none."""
    found = [words(other.get("id")) for other in leading]
    if ":" not in key:
        found += [words(row.get("canonical_slug")), words(row.get("hugging_face_id"))]
    return tuple(dict.fromkeys(name for name in found if name and name != key))


def _facts(row: dict[str, JsonValue]) -> Facts:
    architecture, top = members(row.get("architecture")), members(row.get("top_provider"))
    parameters = names(row.get("supported_parameters"))
    return Facts(
        name=words(row.get("name")),
        context_tokens=count(row.get("context_length")),
        max_output_tokens=count(top.get("max_completion_tokens")),
        input_modalities=names(architecture.get("input_modalities")),
        output_modalities=names(architecture.get("output_modalities")),
        knowledge_cutoff=words(row.get("knowledge_cutoff")),
        retires_on=day(row.get("expiration_date")),
        reasoning="reasoning" in parameters if parameters else None,
        tool_calls="tools" in parameters if parameters else None,
    )

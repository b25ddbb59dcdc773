"""Portkey's price files, one a provider: US cents per unit, under the name of the file.

The body does not say whose prices it lists, so the part does. ``default`` is the formula that other
rows inherit, with zeros for prices: no model. Google's models stand twice, as ``…-lte-128k`` and
``…-gt-128k``: one offer with a context band. ``additional_units`` count anything, and some of their
names mislead: what they call a token of speech is a minute (whisper-1 at 0.6 cents), so it is held.

Dated history of the files: 2026-01 without batch prices, which came by 2026-04 with ``image`` by
quality and size; a first entry of GPT-5.5 (2026-04-24) had cache reads five times too high.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from registry.pricing.rates import PriceState
from registry.pricing.terms import STANDARD, Terms
from scrapers.claims import Entry, EntryFault, NoteReason, OfferClaim
from scrapers.entries import gathered, read_entry
from scrapers.facts import members
from scrapers.json_text import JsonValue, split_object
from scrapers.quoting import Card, name_remark

_CENTS = 100
_NO_MODEL = "default"
_BAND = re.compile(r"(?P<id>.+)-(?P<side>lte|gt)-(?P<thousands>[1-9]\d{0,4})k")
_CURRENCY = re.compile(r"[A-Z]{3}")
_FREE_ENDING = ":free"  # OpenRouter's free routes

_METERS = {
    "cache_read_audio_input_token": "cache_read_audio_tokens",
    "cache_read_image_input_token": "cache_read_image_tokens",
    "cache_read_input_token": "cache_read_tokens",
    "cache_read_text_input_token": "cache_read_tokens",
    "cache_write_input_token": "cache_write_tokens",
    "cached_image_input_token": "cache_read_image_tokens",
    "cached_text_input_token": "cache_read_tokens",
    "reasoning_token": "reasoning_tokens",
    "request_audio_token": "input_audio_tokens",
    "request_image_token": "input_image_tokens",
    "request_text_token": "input_tokens",
    "request_token": "input_tokens",
    "response_audio_token": "output_audio_tokens",
    "response_image_token": "output_image_tokens",
    "response_text_token": "output_tokens",
    "response_token": "output_tokens",
}
_MILLION = 1_000_000
_UNITS: Mapping[str, tuple[str, int, Terms]] = {
    "file_search": ("file_searches", 1, STANDARD),
    "image_1k": ("output_images", 1, Terms(variant="1k")),
    "image_token": ("output_image_tokens", 1, STANDARD),
    "input_image": ("input_images", 1, STANDARD),
    "megapixels": ("output_pixels", _MILLION, STANDARD),
    "search": ("web_searches", 1, STANDARD),
    "thinking_token": ("reasoning_tokens", 1, STANDARD),
    "video_seconds": ("output_video_seconds", 1, STANDARD),
    "web_search": ("web_searches", 1, STANDARD),
}
_VIDEO = re.compile(r"video_duration_seconds_(\d+)_(\d+)")
_SETTINGS = frozenset({"default_duration_seconds", "default_sample_count", "default_steps"})
_MISNAMED = frozenset({"request_audio_token", "response_audio_token"})
_TOLD = frozenset({"calculate", "currency"})


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """An entry for each offer of the provider ``part``, with the rows of its context bands."""
    return gathered(
        (f"{part}/{_offer_id(key)}", key, raw)
        for key, raw in split_object(body)
        if key != _NO_MODEL
    )


def read(entry: Entry) -> Iterable[OfferClaim]:
    """One claim: the offer's card over its bands."""
    provider, _, model_id = entry.key.partition("/")
    rows, remarks = read_entry(entry)
    card = Card(subunits=_CENTS, remarks=list(remarks))
    for key, row in members(rows).items():
        _read_row(card, key, row)
    card.settle()
    card.set_aside_zeros()
    if model_id.endswith(_FREE_ENDING):
        card.quotes = [
            replace(quote, state=PriceState.FREE) if quote.text == "0" else quote
            for quote in card.quotes
        ]
    faults = name_remark(provider, "file"), name_remark(model_id, "key")
    return [
        OfferClaim(
            provider,
            model_id,
            quotes=tuple(card.quotes),
            remarks=(*card.remarks, *filter(None, faults)),
            notes=tuple(card.notes),
        )
    ]


def _offer_id(key: str) -> str:
    band = _BAND.fullmatch(key)
    return band["id"] if band else key


def _band(key: str) -> Terms:
    band = _BAND.fullmatch(key)
    if band is None or band["side"] == "lte":
        return STANDARD
    return Terms(context_over=int(band["thousands"]) * 1000)


def _read_row(card: Card, key: str, row: JsonValue) -> None:
    for name, value in members(row).items():
        if name != "pricing_config":  # 2026-01: one model of Azure inside another
            card.remark(EntryFault.UNKNOWN_FIELD, f"{key}: {name}", value, "nothing beside prices")
    config = row.get("pricing_config") if isinstance(row, dict) else row
    if config is None:
        return  # listed without a price
    if not isinstance(config, dict):
        card.remark(EntryFault.WRONG_SHAPE, f"{key}: pricing_config", config, "an object")
        return
    currency = config.get("currency", "USD")
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        card.remark(EntryFault.UNKNOWN_UNIT, f"{key}: currency", currency, "a currency's code")
        return
    card.currency = currency
    for name, value in config.items():
        if name not in _TOLD:
            _group(card, name, value, f"{key}: {name}", _band(key))


def _group(card: Card, name: str, value: JsonValue, path: str, band: Terms) -> None:
    match name:
        case "pay_as_you_go":
            _rates(card, value, path, band)
        case "batch_config":
            _rates(card, value, path, replace(band, tier="batch"))
        case "additional_units":
            _units(card, value, path, band)
        case "finetune_config":
            _training(card, value, path)
        case _:
            card.remark(EntryFault.UNKNOWN_FIELD, path, value, "a known group of prices")


def _rates(card: Card, group: JsonValue, path: str, terms: Terms) -> None:
    for name, value in card.members(group, path).items():
        if name in _METERS:
            _figure(card, value, _METERS[name], 1, f"{path}.{name}", terms)
        elif name == "additional_units":
            _units(card, value, f"{path}.{name}", terms)
        elif name == "image":
            _pictures(card, value, f"{path}.{name}", terms)
        else:
            card.remark(EntryFault.UNKNOWN_FIELD, f"{path}.{name}", value, "a known price field")


def _units(card: Card, group: JsonValue, path: str, terms: Terms) -> None:
    for name, value in card.members(group, path).items():
        where = f"{path}.{name}"
        if name in _SETTINGS:
            card.note(NoteReason.NOT_A_PRICE, where, _price(value))
        elif name in _MISNAMED:
            card.remark(EntryFault.UNKNOWN_UNIT, where, _price(value), "a price per token")
        elif (size := _VIDEO.fullmatch(name)) is not None:
            sized = replace(terms, variant=f"{size[1]}x{size[2]}")
            _figure(card, value, "output_video_seconds", 1, where, sized)
        elif name in _UNITS:
            meter, per, own = _UNITS[name]
            _figure(card, value, meter, per, where, replace(terms, variant=own.variant))
        else:
            card.remark(EntryFault.UNKNOWN_UNIT, where, value, "a known unit")


def _pictures(card: Card, group: JsonValue, path: str, terms: Terms) -> None:
    """Prices by quality and size; ``default`` is the picture that one gets without asking."""
    for quality, sizes in card.members(group, path).items():
        for size, value in card.members(sizes, f"{path}.{quality}").items():
            named = "/".join(word.lower() for word in (size, quality) if word != "default")
            where = f"{path}.{quality}.{size}"
            sized = card.with_variant(terms, named, field=where) if named else terms
            if sized is not None:
                _figure(card, value, "output_images", 1, where, sized)


def _training(card: Card, group: JsonValue, path: str) -> None:
    for name, value in card.members(group, path).items():
        if name == "pay_per_token":
            _figure(card, value, "training_tokens", 1, f"{path}.{name}", STANDARD)
        else:
            card.remark(EntryFault.UNKNOWN_UNIT, f"{path}.{name}", _price(value), "per token")


def _figure(card: Card, value: JsonValue, meter: str, per: int, path: str, terms: Terms) -> None:
    if isinstance(value, dict) and value.keys() == {"price"}:
        card.quote(value["price"], meter, per=per, field=path, terms=terms)
    else:
        card.remark(EntryFault.WRONG_SHAPE, path, value, "an object with a price and no more")


def _price(value: JsonValue) -> JsonValue:
    return members(value).get("price")

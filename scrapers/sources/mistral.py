"""Mistral's price page: a Next.js page that carries its models as JSON, in USD and in EUR.

2026-05-08  Each model is an object whose id (``api_endpoint``, or ``api`` in the short list) stands
            before its ``price`` list; the figures are small pieces of HTML.

Two currencies are two lists, neither converted. Some ids stand for several models of one family
with other prices; those contradict each other and are held. Tools have no id and are not read. One
cell may price minutes of sound and tokens of text, or take half off for a batch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from registry.pricing.terms import Terms
from scrapers.claims import Entry, EntryFault, NoteReason, OfferClaim, PageError, PageFault
from scrapers.figures import Figures, Price
from scrapers.json_text import JsonValue
from scrapers.next_stream import stream_text, unescaped, values_after
from scrapers.pages import Offers, PageForm
from scrapers.quoting import Card
from scrapers.tables import Cell, label_of, markdown_cell
from scrapers.units import THOUSAND

PROVIDER = "mistral"
PAGE = "https://mistral.ai/pricing"
FORM = PageForm(sign="Pricing | Mistral AI", end_mark="</html>")
split = FORM.split

_PRICES = re.compile(r'"(?:api_endpoint|api)":(?:null|"(?P<id>[^"]*)"),"price":')
_CURRENCIES = {
    "price_dollar": Figures(sign="$", currency="USD"),
    "price_euro": Figures(sign="€", currency="EUR"),
}
_LABELS = {
    "input (/m tokens)": Price("input_tokens"),
    "output (/m tokens)": Price("output_tokens"),
    "training cost (/m tokens)": Price("training_tokens"),
    "audio input/min": Price("input_audio_seconds", per=Decimal(60)),
    "ocr": Price("ocr_pages", per=THOUSAND),
    "annotations": Price("annotation_pages", per=THOUSAND),
    "audio generation": Price("input_characters"),
}
_BOTH = "input (per min / per m tok)"
_ENDPOINT = "api endpoint"
_SOUND_AND_TEXT = re.compile(r"(?P<audio>\S+) \(audio\) / (?P<text>\S+) \(text\)")
_REDUCED = re.compile(r"(?P<full>.+) \+ 50% off with batch-APIs")
_NOT_PRICES = frozenset({"available on"})


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model id of the page."""
    text = stream_text(FORM.text(entry.raw))
    offers = Offers(PROVIDER, PAGE)
    found = 0
    for match, prices in values_after(text, _PRICES):
        found += 1
        if match["id"] is not None and isinstance(prices, list):
            for price in prices:
                _put(offers.card(match["id"]), price)
    if not found:
        raise PageError(PageFault.ANCHOR_MISSING, "no price list", "api_endpoint, price")
    return offers.claims()


def _put(card: Card, price: JsonValue) -> None:
    if not isinstance(price, dict) or "value" not in price:
        card.remark(EntryFault.WRONG_SHAPE, "price", price, "an object with a value")
        return
    name = unescaped(price["value"])
    label = " ".join(label_of(name).replace("( ", "(").replace(" )", ")").split())
    for key, figures in _CURRENCIES.items():
        cell = _cell(unescaped(price.get(key)))
        if label in _NOT_PRICES:
            card.note(NoteReason.NOT_A_PRICE, name, cell.text)
        elif label == _BOTH:
            _put_both(card, cell, figures, field=f"{name}, {key}")
        elif label == _ENDPOINT and cell.label in figures.states:
            for meter in ("input_tokens", "output_tokens"):
                figures.put(card, cell, Price(meter), field=f"{name}, {key}")
        elif label not in _LABELS:
            card.remark(EntryFault.UNKNOWN_FIELD, name, cell.text, "a price that is known")
        else:
            _put_reduced(card, cell, figures, _LABELS[label], field=f"{name}, {key}")


def _put_both(card: Card, cell: Cell, figures: Figures, *, field: str) -> None:
    """A price for each minute of sound beside one for a million tokens of text."""
    match = _SOUND_AND_TEXT.fullmatch(cell.text)
    if match is None:
        card.remark(EntryFault.UNKNOWN_FIELD, field, cell.text, "figures of audio and of text")
        return
    figures.put(card, Cell(match["audio"]), _LABELS["audio input/min"], field=field)
    figures.put(card, Cell(match["text"]), Price("input_tokens"), field=field)


def _put_reduced(card: Card, cell: Cell, figures: Figures, price: Price, *, field: str) -> None:
    """A price, and the half of it that a batch costs where the cell says so."""
    match = _REDUCED.fullmatch(cell.text)
    if match is None:
        figures.put(card, cell, price, field=field)
        return
    figures.put(card, Cell(match["full"]), price, field=field)
    half = Card(strings=True)
    figures.put(half, Cell(match["full"]), price, field=field)
    card.quotes += (
        replace(
            quote,
            per=quote.per * 2,
            terms=Terms(tier="batch"),
            derived=True,
        )
        for quote in half.quotes
    )


def _cell(html: str) -> Cell:
    return markdown_cell(html.replace("&euro;", "€").replace("\n", " "))

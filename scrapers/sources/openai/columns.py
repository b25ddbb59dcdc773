"""What the columns of OpenAI's tables mean, whichever form the page comes in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from registry.pricing.terms import Terms
from scrapers.claims import NoteReason
from scrapers.figures import CHARACTERS_1M, MINUTE, Figures, Price, put_row
from scrapers.pages import Offers
from scrapers.tables import Cell, Table

PROVIDER = "openai"
UNITS = {"/ 1M characters": CHARACTERS_1M, "/ minute": MINUTE}
TIERS = {
    "standard": None,
    "batch": "batch",
    "flex": "flex",
    "priority": "priority",
    "fast": "priority",
}
_MODEL = re.compile(r"(?P<id>[\w.:-]+)(?: \(<[0-9]+K context length\))?", re.I)

TEXT = {
    "input": "input_tokens",
    "cached input": "cache_read_tokens",
    "cache writes": "cache_write_tokens",
    "output": "output_tokens",
}
_MODALITIES = {
    "text": {
        "input": "input_tokens",
        "cached input": "cache_read_tokens",
        "output": "output_tokens",
    },
    "audio": {
        "input": "input_audio_tokens",
        "cached input": "cache_read_audio_tokens",
        "output": "output_audio_tokens",
    },
    "image": {
        "input": "input_image_tokens",
        "cached input": "cache_read_image_tokens",
        "output": "output_image_tokens",
    },
}


@dataclass(frozen=True, slots=True)
class Conditions:
    """The terms of a table's figures: ``usual``, and ``over`` for its columns of long context."""

    usual: Terms
    over: Terms


def conditions(tier: str, long_context: int | None) -> Conditions:
    """The terms under a tier's name; without a length, long context is not told apart."""
    usual = Terms(tier=TIERS[tier])
    return Conditions(usual, replace(usual, context_over=long_context))


def put_named(offers: Offers, table: Table, held: Conditions, figures: Figures) -> None:
    """Adds a table whose columns have names; the table of tools, which are no models, is passed."""
    if table.has("tool") and not table.has("model"):
        return
    place = table.column("model")
    for row in table.rows:
        name = row[place].text
        card = offers.card(model_id(name) if not table.has("training") else _tuned_id(name))
        columns = _columns(table, row, held)
        if table.has("estimated cost") and row[table.column("input")].text != "-":
            estimate = row[table.column("estimated cost")].text
            card.note(NoteReason.NOT_A_PRICE, "estimated cost", estimate)
            columns["estimated cost"] = None
        put_row(card, table, row, columns, figures)


def _columns(table: Table, row: tuple[Cell, ...], held: Conditions) -> dict[str, Price | None]:
    """What each column of a table with names states for one of its rows."""
    terms = held.usual
    if table.has("modality"):
        return _by_modality(table, row, terms)
    if table.has("price per second"):
        size = replace(terms, variant=row[table.column("size")].label)
        known = dict.fromkeys(("model", "size", "portrait", "landscape"))
        return {**known, "price per second": Price("output_video_seconds", size, Decimal(1))}
    bands = (("", terms), ("short context ", terms), ("long context ", held.over))
    prices = {f"{band}{name}": Price(m, t) for band, t in bands for name, m in TEXT.items()}
    prices["training"] = Price("training_tokens", terms)
    prices["estimated cost"] = Price("input_audio_seconds", terms)
    known = dict.fromkeys(("model", "category", "use case"))
    return {**known, **{name: prices[name] for name in table.header if name in prices}}


def _by_modality(table: Table, row: tuple[Cell, ...], terms: Terms) -> dict[str, Price | None]:
    columns: dict[str, Price | None] = dict.fromkeys(("model", "modality"))
    last = "output / cost" if table.has("output / cost") else "output"
    for name, meter in _MODALITIES.get(row[table.column("modality")].label, {}).items():
        columns[last if name == "output" else name] = Price(meter, terms)
    if row[table.column("input")].label.endswith("characters"):
        columns["input"] = Price("input_characters", terms)
    if row[table.column(last)].label.endswith("/ minute"):
        columns[last] = Price("output_audio_seconds", terms)
    return columns


def model_id(name: str) -> str:
    """The id that is asked for: the name as written, without a remark on its context."""
    match = _MODEL.fullmatch(name)
    return match["id"] if match and match["id"] != "Whisper" else "whisper-1" if match else name


def _tuned_id(name: str) -> str:
    return f"ft:{name.removesuffix(' Legacy').replace(' with data sharing', ':data-sharing')}"

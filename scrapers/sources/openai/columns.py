"""What the columns of OpenAI's tables mean, whichever form the page comes in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from registry.pricing.meters import Unit
from registry.pricing.terms import Terms
from scrapers.claims import EntryFault, NoteReason
from scrapers.figures import Figures, Price, put_row, with_variant
from scrapers.pages import Offers
from scrapers.quoting import Card
from scrapers.tables import Cell, Table
from scrapers.units import ONE, bought, figure_and_unit

PROVIDER = "openai"
TIERS = {
    "standard": None,
    "batch": "batch",
    "flex": "flex",
    "priority": "priority",
    "fast": "priority",
    "ultrafast": "ultrafast",
}
_MODEL = re.compile(r"(?P<id>[a-z][\w.:-]*)(?: \(<[0-9]+K context length\))?", re.I)

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
    for row in table.rows:
        name = table.cell(row, "model").text
        card = offers.card(model_id(name) if not table.has("training") else _tuned_id(name))
        if not name[:1].isalpha():
            card.remark(EntryFault.BAD_NAME, "model", name, "a name that begins with a letter")
        columns = _columns(card, table, row, held)
        if table.has("estimated cost") and table.cell(row, "input").text != "-":
            estimate = table.cell(row, "estimated cost").text
            card.note(NoteReason.NOT_A_PRICE, "estimated cost", estimate)
            columns["estimated cost"] = None
        put_row(card, table, row, columns, figures)


def _columns(
    card: Card, table: Table, row: tuple[Cell, ...], held: Conditions
) -> dict[str, Price | None]:
    """What each column of a table with names states for one of its rows."""
    terms = held.usual
    if table.has("modality"):
        return _by_modality(table, row, terms)
    if table.has("price per second"):
        known = dict.fromkeys(("model", "size", "portrait", "landscape", "price per second"))
        size = with_variant(card, terms, table.cell(row, "size"), field="size")
        price = Price("output_video_seconds", size, ONE) if size else None
        return {**known, "price per second": price}
    bands = (("", terms), ("short context ", terms), ("long context ", held.over))
    prices = {f"{band}{name}": Price(m, t) for band, t in bands for name, m in TEXT.items()}
    prices["training"] = Price("training_tokens", terms)
    prices["estimated cost"] = Price("input_audio_seconds", terms)
    known = dict.fromkeys(("model", "category", "use case"))
    return {**known, **{name: prices[name] for name in table.header if name in prices}}


def _by_modality(table: Table, row: tuple[Cell, ...], terms: Terms) -> dict[str, Price | None]:
    columns: dict[str, Price | None] = dict.fromkeys(("model", "modality"))
    last = "output / cost" if table.has("output / cost") else "output"
    for name, meter in _MODALITIES.get(table.cell(row, "modality").label, {}).items():
        columns[last if name == "output" else name] = Price(meter, terms)
    if _unit(table.cell(row, "input")) is Unit.CHARACTER:
        columns["input"] = Price("input_characters", terms)
    if _unit(table.cell(row, last)) is Unit.SECOND:
        columns[last] = Price("output_audio_seconds", terms)
    return columns


def _unit(cell: Cell) -> Unit | None:
    """Of what the unit in a cell is, if it has one that is known."""
    _, written = figure_and_unit(cell.text)
    what = bought(written) if written else None
    return what.unit if what else None


def model_id(name: str) -> str:
    """The id that is asked for: the name as written, without a remark on its context."""
    match = _MODEL.fullmatch(name)
    return match["id"] if match and match["id"] != "Whisper" else "whisper-1" if match else name


def _tuned_id(name: str) -> str:
    return f"ft:{name.removesuffix(' Legacy').replace(' with data sharing', ':data-sharing')}"

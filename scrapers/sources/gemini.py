"""Google's page of Gemini API prices, as the Markdown of a reader.

2026-07-21  A section a model with its ids under the heading and a table a service tier, the tiers
            named in one line above the first table. A cell may state several figures: by kind of
            input, ``$0.25 (text / image / video) $0.50 (audio)``, by length of the prompt,
            ``$2.00, prompts <= 200k tokens $4.00, prompts > 200k tokens``, and the rent of a cache.

Read are input, output, caching and grounding of the paid tier; what a price comes to for each image
or minute is noted. Imagen and Veo have a table for each picture or second, a row a model: the row
whose name has the word of the id (fast, lite, ultra; without one, Standard). Lyria has one for each
request, which makes a song: the row whose name is the id's. Of a section whose tiers but the first
the reader dropped, the first is read. A cell in another form is a remark. The free tier is an
allowance with limits of its own, not a price of the same offer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from registry.pricing.terms import Terms
from scrapers.claims import Entry, EntryFault, Facts, NoteReason, OfferClaim, PageError, PageFault
from scrapers.figures import Figures, Price, above, is_whole
from scrapers.pages import Offers, PageForm
from scrapers.quoting import Card
from scrapers.tables import Cell, Table, label_of, markdown_cell, markdown_tables
from scrapers.units import ONE, THOUSAND

PROVIDER = "google"
PAGE = "https://ai.google.dev/gemini-api/docs/pricing"
FORM = PageForm(sign="# Gemini Developer API pricing", end_mark="Last updated 20")

FIGURES = Figures(sign="$")
_PAID = "Paid Tier, per 1M tokens in USD"
_TIERS = {"standard": None, **{tier: tier for tier in ("batch", "flex", "priority", "ultrafast")}}

_SECTION = re.compile(
    r"^## (?P<name>[^\n]+)\n+_(?P<ids>`[^\n]+`)_$(?P<text>.*?)(?=^## |\Z)", re.M | re.S
)
_PARTED = re.compile(r"(?<=\$) (?=[0-9])")
_IDS = re.compile(r"^_`[^\n]+`_$", re.M)
_TIER = re.compile(r"^\[Standard\]\(.*$", re.M)
_LINK = re.compile(r"\[(\w+)\]\(")

_INPUT = {"": "input_tokens", "text": "input_tokens", "audio": "input_audio_tokens"}
_OUTPUT = {
    "": "output_tokens",
    "text": "output_tokens",
    "audio": "output_audio_tokens",
    "images": "output_image_tokens",
}
# Pictures and film that have a price of their own beside that of text.
_SEEN = {"image": "input_image_tokens", "video": "input_video_tokens"}
_CACHED = {"": "cache_read_tokens", "text": "cache_read_tokens", "audio": "cache_read_audio_tokens"}
_ROWS = {
    "input price": _INPUT,
    "input price (text, image, video)": _INPUT,
    "text input price": {"": "input_tokens"},
    "image input price": {"": "input_image_tokens"},
    "audio input price": {"": "input_audio_tokens"},
    "video input price": {"": "input_video_tokens"},
    "output price": _OUTPUT,
    "output price (including thinking tokens)": _OUTPUT,
    "context caching price": _CACHED,
}
_GROUNDING = {
    "grounding with google search": "web_searches",
    "grounding with google web and image search": "web_searches",
    "grounding with google maps": "map_groundings",
}
_PASSED = frozenset(
    {"used to improve our products", "context caching (storage)", "image generation pricing"}
)

_FIGURE = re.compile(
    r"(?P<figure>\$[0-9.]+)(?: / 1,000,000 tokens)?(?P<each> per image\*?)?"
    r"(?:,? prompts (?P<side><=|>) (?P<band>[0-9]+)k(?: tokens?)?)?"
    r"(?: \((?P<kinds>[a-z ,/]+)\))?"
)
_RENT = re.compile(r"\$[0-9.]+ / 1,000,000 tokens per hour \(storage price\)")
_SAME_ELSEWISE = re.compile(
    r" \(\$[0-9.]+ per (?:image|second|frame)\)$|,? equivalent to \$.*$"
    r"|(?<=[0-9]) or \$[0-9.]+/min",
    re.I,
)
_EACH_MADE = "output_images"
# Tables that price what is made: the column, and the meter of its figures.
_MADE = {
    "Paid Tier, per request in USD": "requests",
    "Paid Tier, per Image in USD": "output_images",
    "Paid Tier, per second in USD": "output_video_seconds",
}
_MADE_ROW = re.compile(
    r"(?:(?:Imagen|Veo) [0-9.]+ (?P<word>\w+) )?(?:image|video)(?: with audio)? price"
    r"(?: \(default\))?",
    re.I,
)
_MADE_FIGURE = re.compile(
    r"(?P<figure>\$[0-9.]+)(?: per song)?(?: \((?P<sizes>[0-9kp]+(?: and [0-9kp]+)*)\))?"
)
_NOT_MADE = re.compile(r" ?\([0-9kp]+ output not supported\)")
_MADE_ID = re.compile(r"[a-z]+-[0-9.]+-(?:(?P<word>[a-z]+)-)?generate-\w+")
_GROUNDED = re.compile(r"(?P<allowance>.*?free.*?), then (?P<figure>\$[0-9.]+) / 1,000 .*")


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """The page as its one entry."""
    return FORM.split(body, part)


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model id of the page."""
    text = _PARTED.sub("", FORM.text(entry.raw))
    offers = Offers(PROVIDER, PAGE)
    for section in _SECTION.finditer(text):
        name = markdown_cell(section["name"]).text
        if lost := _IDS.search(section["text"]):
            raise PageError(
                PageFault.ANCHOR_MISSING, f"{lost[0]} under {name!r}", "its own heading"
            )
        for model_id in re.findall(r"`([^`]+)`", section["ids"]):
            card = offers.card(model_id, Facts(name=name))
            if not _put_made(card, model_id, section["text"]):
                _put_section(card, section["text"])
    if "gemini" not in " ".join(claim.model_id for claim in offers.claims()):
        raise PageError(PageFault.ANCHOR_MISSING, "no section of a Gemini model", "its ids")
    return offers.claims()


def _put_made(card: Card, model_id: str, text: str) -> bool:
    """Reads the row of a model of pictures or film; False where the section has no such table."""
    found_in_id = _MADE_ID.fullmatch(model_id)
    wanted = (found_in_id["word"] or "standard") if found_in_id else model_id
    made = [(t, name) for t in markdown_tables(text) for name in _MADE if t.has(name)]
    for table, name in made:
        rows = [
            (row[0].text, table.cell(row, name))
            for row in table.rows
            if _made_by(row[0].text) == wanted and is_whole(card, table, row)
        ]
        if len(rows) != 1:
            found = ", ".join(row[0].text for row in table.rows)
            card.remark(EntryFault.WRONG_SHAPE, name, found, f"one row of {wanted!r}")
            continue
        _put_sizes(card, rows[0][1], _MADE[name], field=rows[0][0])
    return bool(made)


def _made_by(row_name: str) -> str:
    """The word of the id that a row prices; where its name is a model's, the whole id."""
    match = _MADE_ROW.fullmatch(row_name)
    if match is None:
        return row_name.partition(" (")[0].lower().replace(" ", "-")
    return (match["word"] or "standard").lower()


def _put_sizes(card: Card, cell: Cell, meter: str, *, field: str) -> None:
    """Every figure of a cell, each for the sizes behind it, or a remark on the whole cell."""
    parts = [p.strip() for p in re.split(r"(?=\$)", _NOT_MADE.sub("", cell.text)) if p.strip()]
    matches = [_MADE_FIGURE.fullmatch(part) for part in parts]
    for match in matches:
        if match is None or (len(parts) > 1 and match["sizes"] is None):
            card.remark(EntryFault.UNKNOWN_FIELD, field, cell.text, "figures by size")
            return
    for match in filter(None, matches):
        for size in match["sizes"].split(" and ") if match["sizes"] else [None]:
            price = Price(meter, Terms(variant=size), ONE)
            FIGURES.put(card, Cell(match["figure"]), price, field=field)


def _put_section(card: Card, text: str) -> None:
    tables = [table for table in markdown_tables(text) if table.has(_PAID)]
    line = _TIER.search(text)
    tiers = [tier.lower() for tier in _LINK.findall(line.group())] if line else ["standard"]
    if len(tables) == 1 and _has_free_tier(tables[0]):
        tiers = tiers[:1]  # a reader may keep only what the page shows first
    if len(tiers) != len(tables) or not set(tiers) <= set(_TIERS):
        found = f"{len(tables)} tables for {', '.join(tiers)}"
        card.remark(EntryFault.WRONG_SHAPE, "tiers", found, "a table a tier that is known")
        return
    for tier, table in zip(tiers, tables, strict=True):
        _put_table(card, table, Terms(tier=_TIERS[tier]))


def _has_free_tier(table: Table) -> bool:
    """Whether input is free of charge beside the paid tier, which is so of standard service."""
    return any(
        row[0].label in _ROWS and table.cell(row, "Free Tier").label in FIGURES.states
        for row in table.rows
    )


def _put_table(card: Card, table: Table, terms: Terms) -> None:
    for row in table.rows:
        if not is_whole(card, table, row):
            continue
        name, cell = row[0].text, table.cell(row, _PAID)
        label = " ".join(label_of(name).replace("( ", "(").replace(" )", ")").split())
        if label in _ROWS:
            _put_price(card, cell, _ROWS[label], terms, field=name)
        elif label in _GROUNDING:
            _put_grounding(card, cell, Price(_GROUNDING[label], terms, THOUSAND), field=name)
        elif label not in _PASSED and cell.label not in FIGURES.nothing:
            card.remark(EntryFault.UNKNOWN_FIELD, name, cell.text, "a row that is known")


def _put_price(card: Card, cell: Cell, meters: dict[str, str], terms: Terms, *, field: str) -> None:
    """Every figure of a cell, or a remark on the whole cell: half of it would be a wrong card."""
    written = _SAME_ELSEWISE.sub("", cell.text.replace("_Same as Standard_", "").strip())
    for said in _SAME_ELSEWISE.finditer(cell.text):
        card.note(NoteReason.SAID_TWICE, field, said[0].strip())
    if label_of(written) in FIGURES.nothing | set(FIGURES.states):
        FIGURES.put(card, cell, Price(meters[""], terms), field=field)
        return
    prices: list[tuple[str, Price]] = []
    for part in filter(None, map(str.strip, re.split(r"(?=\$)", written))):
        if _RENT.fullmatch(part):
            card.note(NoteReason.NOT_A_PRICE, field, part)
            continue
        match = _FIGURE.fullmatch(part)
        named = _meters_of(match, meters) if match else []
        if match is None or not named:
            card.remark(EntryFault.UNKNOWN_FIELD, field, cell.text, "figures by kind or length")
            return
        over = above(int(match["band"]) * 1_000) if match["side"] == ">" else None
        held = replace(terms, context_over=over)
        prices += ((match["figure"], Price(m, held, ONE if match["each"] else None)) for m in named)
    for figure, price in prices:
        FIGURES.put(card, Cell(figure), price, field=field)


def _meters_of(match: re.Match[str], meters: dict[str, str]) -> list[str]:
    """The meters that a figure is for: by its kinds, or images where it is for each of those."""
    if match["each"]:
        return [_EACH_MADE] if meters is _OUTPUT else []
    kinds = _kinds(match["kinds"])
    named = [meters[kind] for kind in kinds if kind in meters]
    if not named and meters is _INPUT and set(kinds) <= set(_SEEN):
        return [_SEEN[kind] for kind in kinds]
    return named


def _kinds(written: str | None) -> list[str]:
    """The kinds that a figure is for. Images and video in are part of input at the same rate."""
    return re.split(r"\s*(?:/|,|\band\b)\s*", written) if written else [""]


def _put_grounding(card: Card, cell: Cell, price: Price, *, field: str) -> None:
    if cell.label in FIGURES.nothing:
        return
    match = _GROUNDED.fullmatch(cell.text)
    if match is None:
        card.remark(EntryFault.UNKNOWN_FIELD, field, cell.text, "an allowance, then a price")
        return
    card.note(NoteReason.ALLOWANCE, field, match["allowance"])
    FIGURES.put(card, Cell(match["figure"]), price, field=field)

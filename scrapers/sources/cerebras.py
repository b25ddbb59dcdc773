"""Cerebras' price page: a Next.js page that carries one table of its developer tier as JSON.

2026-05-08  Model, speed, input, output; the maker in brackets before the name, stars after it for
            notes (``*`` preview, ``**`` a day of deprecation).

The names are display names. The ids that Cerebras' own list of models shows for them are declared
here (https://inference-docs.cerebras.ai/models/overview); another name stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from scrapers.claims import Entry, Facts, OfferClaim, PageError, PageFault
from scrapers.facts import day_written
from scrapers.figures import Figures, Price, put_row
from scrapers.json_text import JsonValue
from scrapers.next_stream import stream_text, unescaped, values_after
from scrapers.pages import Offers, PageForm
from scrapers.tables import Cell, Table, label_of, tables_with

PROVIDER = "cerebras"
PAGE = "https://www.cerebras.ai/pricing"
FORM = PageForm(sign="<title>Cerebras</title>", end_mark="</html>")
split = FORM.split

FIGURES = Figures(sign="$", per=None)
_COLUMNS = {
    "Model": None,
    "Speed": None,
    "Input": Price("input_tokens"),
    "Output": Price("output_tokens"),
}
_IDS = {
    "ZAI GLM 4.7": "zai-glm-4.7",
    "GPT OSS 120B": "gpt-oss-120b",
    "Llama 3.1 8B": "llama3.1-8b",
    "Qwen 3 235B Instruct": "qwen-3-235b-a22b-instruct-2507",
}
_TABLE = re.compile(r'"_type":"table",[^{}]*?"rows":')
_NAME = re.compile(r"(?:\[[A-Z]+\])?(?P<name>.*?)\s*(?P<stars>\*{0,3})")
_DEPRECATION = re.compile(r"(?<!\*)\*\*Will be deprecated on (?P<day>[A-Z][a-z]+ [0-9]+, [0-9]{4})")


def read(entry: Entry) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    text = stream_text(FORM.text(entry.raw))
    tables = [_table(rows) for _, rows in values_after(text, _TABLE)]
    noted = _DEPRECATION.search(text)
    offers = Offers(PROVIDER, PAGE)
    for table in tables_with(tables, "Model", "Input", "Output"):
        for row in table.rows:
            match = _NAME.fullmatch(table.cell(row, "Model").text)
            if match is None:
                raise PageError(PageFault.WRONG_FORMAT, repr(row), "a row with a model's name")
            gone = noted if match["stars"] == "**" else None
            facts = Facts(
                name=match["name"],
                status="preview" if match["stars"] == "*" else None,
                deprecated_on=day_written(gone["day"], "%B %d, %Y") if gone else None,
            )
            card = offers.card(_IDS.get(match["name"], match["name"]), facts)
            put_row(card, table, row, _COLUMNS, FIGURES)
    return offers.claims()


def _table(rows: JsonValue) -> Table:
    grid = [
        tuple(Cell(unescaped(cell).strip()) for cell in cells)
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, dict) and isinstance(cells := row.get("cells"), list)
    ]
    header = tuple(label_of(cell.text) for cell in grid[0]) if grid else ()
    return Table("", header, tuple(grid[1:]))

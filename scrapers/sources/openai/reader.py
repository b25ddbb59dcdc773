"""OpenAI's page as the Markdown of a reader (see the package)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scrapers.claims import OfferClaim, PageError, PageFault
from scrapers.figures import Figures
from scrapers.pages import Offers, PageForm
from scrapers.sources.openai.columns import PROVIDER, TIERS, conditions, put_named
from scrapers.tables import Cell, Table, markdown_tables

PAGE = "https://platform.openai.com/docs/pricing"
FORM = PageForm(sign="# Pricing | OpenAI API", end_mark="Tokens used for model grading")
FIGURES = Figures(sign="$")

# The reader drops the tooltips that say where long context begins. The HTML page of 2026-08-21 has
# them: above 272K input tokens.
LONG_CONTEXT = 272_000
_NAMES = "|".join(tier.title() for tier in TIERS)
_TIER_LINE = re.compile(rf"^(?P<tier>{_NAMES})$|^#+ (?P<heading>.*)$", re.M)


def read(body: bytes) -> Iterable[OfferClaim]:
    """A claim for each model of the page."""
    offers = Offers(PROVIDER, PAGE)
    for tier, text in _parts(FORM.text(body)):
        for table in markdown_tables(text):
            put_named(offers, _whole(table), conditions(tier, LONG_CONTEXT), FIGURES)
    return offers.claims()


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The page in pieces of one tier; a heading begins with the standard one."""
    marks = [*_TIER_LINE.finditer(text)]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        tier = (mark["tier"] or "standard").lower()
        if tier not in TIERS:
            raise PageError(PageFault.ANCHOR_MISSING, f"tier {tier!r}", ", ".join(TIERS))
        yield tier, text[mark.end() : end]


def _whole(table: Table) -> Table:
    """The table with what the reader lost: the groups of columns, and cells that span rows."""
    if "model" not in table.header and table.rows and table.rows[0][0].label == "model":
        groups = [label for label in table.header if label]
        names = [cell.label for cell in table.rows[0][1:]]
        if {names.count(name) for name in names} != {len(groups)}:
            found = f"{len(groups)} groups of {', '.join(names)}"
            raise PageError(PageFault.ANCHOR_MISSING, found, "every column once a group")
        nth = [names[:place].count(name) for place, name in enumerate(names)]
        header = (f"{groups[n]} {name}" for n, name in zip(nth, names, strict=True))
        table = replace(table, header=("model", *header), rows=table.rows[1:])
    rows: list[tuple[Cell, ...]] = []
    for row in table.rows:
        spans = rows and len(row) == len(table.header) - 1
        rows.append((rows[-1][0], *row) if spans else row)
    return replace(table, rows=tuple(rows))

"""LMArena's leaderboard page, one arena a page.

2026-02-09  Table of Rank, Rank Spread, Model, Score, 95% CI (±), Votes, Organization, License; the
            arena is the heading above, the day stands behind "Last Updated". Scores are rounded to
            whole points. The page is saved from a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from bs4 import BeautifulSoup

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.efforts import split_brackets, split_dashes
from scrapers.facts import day_written
from scrapers.pages import PageForm
from scrapers.readings import Row
from scrapers.tables import Cell, Table, html_tables, tables_with

PAGE = "https://lmarena.ai/leaderboard"
FORM = PageForm(sign="Leaderboard", end_mark="</html>")
split = FORM.split

_INTERVAL = "95% CI ( ± )"
_COLUMNS = ("Model", "Score", _INTERVAL, "Organization")
_UPDATED = re.compile(r"Last Updated\s+([A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4})")
_MARGIN = re.compile(r"± ?[0-9]+(?:\.[0-9]+)?")


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """A reading for each row of the board."""
    page = BeautifulSoup(FORM.text(entry.raw), "lxml")
    updated = _updated(page.get_text(" "))
    for table in tables_with(html_tables(page), *_COLUMNS):
        if not table.rows:
            raise PageError(PageFault.NO_ROWS, "a board without rows", "rated models")
        for cells in table.rows:
            yield _reading(table, cells, updated)


def _updated(text: str) -> date:
    found = _UPDATED.search(text)
    day = day_written(found[1], "%b %d, %Y") if found else None
    if day is None:
        raise PageError(PageFault.ANCHOR_MISSING, "no day", "'Last Updated' and a day")
    return day


def _reading(table: Table, cells: tuple[Cell, ...], updated: date) -> ReadingClaim:
    if len(cells) != len(table.header):
        shown = " | ".join(cell.text for cell in cells)
        raise PageError(PageFault.WRONG_FORMAT, shown, f"{len(table.header)} cells a row")
    written, score, margin, lab = (cells[table.column(name)].text for name in _COLUMNS)
    plain, in_brackets = split_brackets(written)
    model, effort = split_dashes(plain)
    row = Row(model, written, lab=lab or None)
    if not _MARGIN.fullmatch(margin):
        row.remark(EntryFault.NOT_A_FIGURE, _INTERVAL, margin, "± and a number")
    quote = ReadingQuote(
        text=f"{score} {margin}".strip(),
        scale="rating",
        field="Score",
        evaluator=Evaluator.INDEPENDENT,
        page=PAGE,
        measured_on=updated,
    )
    return row.claim(table.heading, quote, row.setup(effort=in_brackets or effort))

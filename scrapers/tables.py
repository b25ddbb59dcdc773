"""Price tables of HTML and Markdown pages as grids that are read by name, never by position.

Spanning cells are repeated into every place that they cover, several header rows are joined into
one label a column, and a cell keeps apart what must not be mistaken for its figure: struck-through
text (``<del>``, ``~~``) and footnote marks (``<sup>``, ``(1)``). A row of a single cell is a
heading within the table: it is no row, and one that may state a condition marks the cells below
it. A column or row that is asked for and not there raises `PageError`: the page changed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from scrapers.claims import PageError, PageFault

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STRUCK = frozenset({"del", "s", "strike"})
_STRUCK_STYLE = "line-through"
_UNSEEN = frozenset({"script", "style", "template", "svg"})
_WIDEST_SPAN = 200
_WIDEST_ROW = 1_000

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))
_CONDITION = re.compile(
    r"\b(?:batch|flex|priority|fast|peak|cach|discount|promo|per|up to|until|from|region)|[%/<>≤≥]"
    r"|批|缓存|优惠|折|高峰|限时|每",
    re.I,
)
_BOLD = re.compile(r"\s*\*\*[^*]+\*\*\s*")
_MARK = re.compile(r"\(([1-9])\)")
_LABEL_MARKS = re.compile(r"[*†‡¹²³⁴⁵⁶⁷⁸⁹:：]+$")


@dataclass(frozen=True, slots=True)
class Cell:
    """``text`` without what is struck through and without footnote marks, which stand apart."""

    text: str
    struck: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The text as labels are compared."""
        return label_of(self.text)


NO_CELL = Cell("")


@dataclass(frozen=True, slots=True)
class Table:
    """``heading``: the nearest heading above. ``header``: one label a column, levels joined."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def column(self, *names: str) -> int:
        """The place of the column that bears one of the names."""
        labels = [label_of(name) for name in names]
        for place, label in enumerate(self.header):
            if label in labels:
                return place
        raise PageError(
            PageFault.ANCHOR_MISSING, f"columns {_listed(self.header)}", f"column {names[0]!r}"
        )

    def has(self, *names: str) -> bool:
        """Whether each of the names is a column."""
        return {label_of(name) for name in names} <= set(self.header)

    def cell(self, row: tuple[Cell, ...], *names: str) -> Cell:
        """The cell of a row under the column that bears one of the names; empty in a short row."""
        place = self.column(*names)
        return row[place] if place < len(row) else NO_CELL

    def row(self, *names: str) -> tuple[Cell, ...]:
        """The row of which some cell bears one of the names."""
        labels = {label_of(name) for name in names}
        for row in self.rows:
            if any(cell.label in labels for cell in row):
                return row
        first = [row[0].text for row in self.rows if row]
        raise PageError(PageFault.ANCHOR_MISSING, f"rows {_listed(first)}", f"row {names[0]!r}")


def label_of(text: str) -> str:
    """A text as labels are compared: no case, width, spacing or trailing mark."""
    folded = unicodedata.normalize("NFKC", _LABEL_MARKS.sub("", text.strip())).casefold()
    return re.sub(r"\s*([()])\s*", r" \1 ", " ".join(folded.split())).strip()


def tables_with(tables: Iterable[Table], *columns: str) -> list[Table]:
    """The tables that have all of the columns, at least one."""
    tables = list(tables)
    found = [table for table in tables if table.has(*columns)]
    if not found:
        headers = "; ".join(_listed(table.header) for table in tables) or "no table"
        raise PageError(
            PageFault.ANCHOR_MISSING, headers, f"a table with columns {_listed(columns)}"
        )
    return found


def html_tables(html: str | Tag) -> list[Table]:
    """Every table of a page or of a part of it, in order; nested tables are tables of their own."""
    root = BeautifulSoup(html, "lxml") if isinstance(html, str) else html
    return [_html_table(element) for element in root.find_all("table") if isinstance(element, Tag)]


def cell_of(element: Tag) -> Cell:
    """The cell that an HTML element shows."""
    text: list[str] = []
    struck: list[str] = []
    marks: list[str] = []
    for string in element.find_all(string=True):
        if not isinstance(string, NavigableString) or isinstance(string, Comment):
            continue
        around = list(_up_to(string, element))
        names = {parent.name for parent in around}
        if names & _UNSEEN:
            continue
        is_struck = names & _STRUCK or any(map(_is_struck, around))
        (struck if is_struck else marks if "sup" in names else text).append(string)
    return _cell(" ".join(text), struck, marks)


def markdown_tables(text: str) -> list[Table]:
    """Every pipe table outside of code fences, in order."""
    tables: list[Table] = []
    heading, block, fenced = "", [], False
    for line in [*text.splitlines(), ""]:
        stripped = line.strip()
        if stripped.startswith("|") and not fenced:
            block.append(stripped)
            continue
        if len(block) > 1 and _is_rule(block[1]):
            tables.append(_markdown_table(heading, block))
        block = []
        if stripped.startswith("```"):
            fenced = not fenced
        elif stripped.startswith("#") and not fenced:
            heading = markdown_cell(stripped.lstrip("#")).text
        elif not heading and not fenced:  # a reader leaves the heading's text on a line below
            heading = markdown_cell(stripped).text
    return tables


def markdown_cell(source: str) -> Cell:
    """The cell that a piece of Markdown shows; ``{"$"}`` is the JSX way to write ``$``."""
    source = re.sub(r'\{\s*"([^"]*)"\s*\}', r"\1", source)
    struck = re.findall(r"~~(.*?)~~", source)
    source = re.sub(r"~~.*?~~", " ", source)
    marks = re.findall(r"<sup>(.*?)</sup>", source)
    source = re.sub(r"<sup>.*?</sup>|<br\s*/?>|<hr\s*/?>|&nbsp;", " ", source)
    source = re.sub(r"!?\[([^\]]*)\]\((?:[^()]|\([^()]*\))*\)", r"\1", source)
    source = re.sub(r"\*\*|`|</?(?:[a-zA-Z][^>]*)?>", "", source)
    source = re.sub(r"\\([\\`*_{}\[\]()#+.!$~|<>-])", r"\1", source)
    return _cell(source, struck, marks)


def _cell(text: str, struck: Iterable[str], marks: Iterable[str]) -> Cell:
    inline = _MARK.findall(text)
    kept = " ".join(_MARK.sub(" ", text).translate(_ZERO_WIDTH).split())
    outside = (" ".join(mark.split()).strip("()") for mark in marks)
    return Cell(
        kept,
        tuple(filter(None, (" ".join(part.split()) for part in struck))),
        (*filter(None, outside), *inline),
    )


def _is_struck(element: Tag) -> bool:
    return _STRUCK_STYLE in (element.get_attribute_list("class") or []) or (
        _STRUCK_STYLE in str(element.get("style"))
    )


def _is_seen(element: Tag) -> bool:
    """False for the empty cells that editors leave under a spanning one."""
    hidden = element.has_attr("hidden") or "hidden" in element.get_attribute_list("class")
    return not hidden and "display:none" not in str(element.get("style")).replace(" ", "")


def _up_to(string: NavigableString, top: Tag) -> Iterator[Tag]:
    for parent in string.parents:
        yield parent
        if parent is top:
            return


def _html_table(table: Tag) -> Table:
    lines = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    cells = [list(filter(_is_seen, row.find_all(["td", "th"], recursive=False))) for row in lines]
    levels = 0
    for row, line in zip(lines, cells, strict=True):
        if not (row.find_parent("thead") or (line and all(cell.name == "th" for cell in line))):
            break
        levels += 1
    above = table.find_previous(_HEADINGS)
    heading = cell_of(above).text if isinstance(above, Tag) else ""
    return _table(heading, _expand(cells), levels or 1)


def _expand(lines: Sequence[Sequence[Tag]]) -> list[list[Cell]]:
    """Repeats each cell into the columns and rows that it spans."""
    grid: list[list[Cell]] = []
    below: dict[int, tuple[int, Cell]] = {}
    for line in lines:
        row: list[Cell] = []
        waiting = list(line)
        while waiting or len(row) in below:
            left, cell = below.pop(len(row), (0, None))
            if cell is not None:
                if left > 1:
                    below[len(row)] = (left - 1, cell)
                row.append(cell)
                continue
            element = waiting.pop(0)
            cell = cell_of(element)
            if len(row) > _WIDEST_ROW:
                raise PageError(
                    PageFault.WRONG_FORMAT, f"over {_WIDEST_ROW} cells a row", "a table of prices"
                )
            for _ in range(_span(element, "colspan")):
                if (deep := _span(element, "rowspan")) > 1:
                    below[len(row)] = (deep - 1, cell)
                row.append(cell)
        grid.append(row)
    return grid


def _span(element: Tag, name: str) -> int:
    written = str(element.get(name) or "1")
    return min(int(written), _WIDEST_SPAN) if written.isdecimal() and int(written) else 1


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"\|[\s:|-]*-[\s:|-]*", line))


def _markdown_table(heading: str, block: Sequence[str]) -> Table:
    lines = [block[0], *block[2:]]
    grid = [_markdown_row(_split_row(line)) for line in lines]
    return _table(heading, grid, levels=1)


def _markdown_row(cells: Sequence[str]) -> list[Cell]:
    """The cells of a row; a bold first one beside nothing else stands in all of them."""
    first, *others = cells
    if others and _BOLD.fullmatch(first) and not "".join(others).strip():
        return [markdown_cell(first)] * len(cells)
    return [markdown_cell(cell) for cell in cells]


def _split_row(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return re.split(r"(?<!\\)\|", inner)


def _table(heading: str, grid: Sequence[Sequence[Cell]], levels: int) -> Table:
    head, body = grid[:levels], grid[levels:]
    width = max(map(len, head), default=0)
    header = []
    for place in range(width):
        parts = dict.fromkeys(row[place].label for row in head if place < len(row))
        header.append(" ".join(filter(None, parts)))
    return Table(heading, tuple(header), tuple(_rows(body, width)))


def _rows(body: Iterable[Sequence[Cell]], width: int) -> Iterator[tuple[Cell, ...]]:
    """The rows without the headings among them, under the conditions that those may state."""
    condition: tuple[str, ...] = ()
    for row in body:
        if width > 1 and len(row) >= width and all(cell is row[0] for cell in row):
            condition = (row[0].text,) if _CONDITION.search(row[0].text) else ()
        elif row:
            yield tuple(replace(cell, marks=(*cell.marks, *condition)) for cell in row)


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(repr(text) for text in texts)

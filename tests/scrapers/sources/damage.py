"""Ways in which a page comes changed."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag


def with_rows_reversed(text: str) -> str:
    """The page with the rows of each table in reverse; rows that a cell spans stay together."""
    is_html = text.lstrip().startswith("<")
    return _reversed_html(text) if is_html else "\n".join(_reversed_markdown(text))


def _reversed_markdown(text: str) -> Iterator[str]:
    block: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.startswith(("|", "[")) and not line.startswith("[Details"):
            block.append(line)
            continue
        kept = 2 if block and block[0].startswith("|") else 0
        yield from (*block[:kept], *reversed(block[kept:]), line)
        block = []


def _reversed_html(text: str) -> str:
    root = BeautifulSoup(text, "lxml")
    for table in root.find_all("table"):
        rows = [row for row in table.find_all("tr") if isinstance(row, Tag)]
        groups: list[list[Tag]] = []
        left = 0
        for row in rows[1:]:
            if left == 0:
                groups.append([])
            groups[-1].append(row)
            spans = [int(str(cell.get("rowspan") or 1)) for cell in row.find_all("td")]
            left = max([left, *spans]) - 1
        home = rows[-1].parent
        assert home is not None
        for group in reversed(groups):
            for row in group:
                home.append(row.extract())
    return str(root)

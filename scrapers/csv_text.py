"""CSV bodies as rows by column name, each cell as written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import msgspec

from scrapers.claims import PageError, PageFault

_SHOWN = 80


def csv_rows(body: bytes, *columns: str, open_end: bool = False) -> Iterator[dict[str, str]]:
    """Each row as cells by column, which must include all of ``columns``.

    Raises `PageError` for another table, one without rows, a row of another width and a body whose
    last line has no end (it was cut on the way), unless the source is known to write it so.
    """
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PageError(PageFault.WRONG_FORMAT, str(error), "CSV in UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        lines = [line for line in reader if line]
    except csv.Error as error:
        raise PageError(PageFault.CUT_SHORT, str(error), "CSV with closed quotes") from error
    header = lines[0] if lines else []
    missing = [column for column in columns if column not in header]
    if missing or len(set(header)) != len(header):
        found = ", ".join(header)[:_SHOWN] or "nothing"
        raise PageError(PageFault.ANCHOR_MISSING, found, f"columns {', '.join(missing or columns)}")
    if len(lines) == 1:
        raise PageError(PageFault.NO_ROWS, "a header", "rows below it")
    if not (open_end or text.endswith("\n")) or any(len(line) != len(header) for line in lines):
        raise PageError(PageFault.CUT_SHORT, text[-_SHOWN:], f"lines of {len(header)} cells each")
    return (dict(zip(header, line, strict=True)) for line in lines[1:])


def row_text(row: dict[str, str]) -> bytes:
    """A row as the raw text of an entry: JSON, whose members are texts."""
    return msgspec.json.encode(row)

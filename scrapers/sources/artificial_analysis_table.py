"""Artificial Analysis as a flattened table: indices and the evaluations that they are made of.

2026-05-05  CSV of one row a model; indices on their own scales, evaluations (mmlu_pro, gpqa, hle,
            livecodebench, scicode, math_500, aime) as fractions. It names no version of the
            indices, so they are series apart from those of the API's page, which does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, ReadingClaim
from scrapers.csv_text import csv_rows, row_text
from scrapers.efforts import split_brackets
from scrapers.entries import entries_of, read_entry
from scrapers.facts import members, words
from scrapers.readings import Row

PAGE = "https://artificialanalysis.ai/models/{slug}"

_SCALES = {
    "artificial_analysis_index": "index",
    "coding_index": "index",
    "math_index": "index",
    "mmlu_pro": "fraction",
    "gpqa": "fraction",
    "hle": "fraction",
    "livecodebench": "fraction",
    "scicode": "fraction",
    "math_500": "fraction",
    "aime": "fraction",
}


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a model, keyed by its id, since slugs were given to others later."""
    rows = csv_rows(body, "model_id", "name", "slug", "company", *_SCALES)
    return entries_of((row["model_id"], row_text(row)) for row in rows)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """A reading for each score of the row."""
    value, remarks = read_entry(entry)
    cells = {name: words(cell) for name, cell in members(value).items()}
    written, slug = cells["name"] or "", cells["slug"] or ""
    model, effort = split_brackets(written)
    row = Row(
        model,
        written,
        lab=cells["company"],
        aliases=(slug,) if slug else (),
        remarks=list(remarks),
    )
    for name, scale in _SCALES.items():
        text = cells[name]
        if text is None:
            continue
        quote = ReadingQuote(
            text=text,
            scale=scale,
            field=name,
            evaluator=Evaluator.INDEPENDENT,
            page=PAGE.format(slug=slug),
        )
        yield row.claim(name, quote, row.setup(effort=effort))

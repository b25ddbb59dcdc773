"""Artificial Analysis: one page of the API's list of models.

2026-06-27  ``{"intelligence_index_version": 4.1, "pagination": {...}, "data": [{name, slug,
            model_creator, evaluations: {artificial_analysis_intelligence_index, ..._coding_index,
            ..._agentic_index}, pricing, performance}]}``. Null is silence.

The composite is rebuilt from version to version: the same model had 50 under one and 40 under the
next. The version that the page names belongs to the intelligence index alone; it says none of the
other two. Prices here are medians over hosts, nobody's price, and are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.efforts import split_brackets
from scrapers.entries import entries_of, read_entry
from scrapers.facts import members, words
from scrapers.json_text import split_array
from scrapers.readings import Row

PAGE = "https://artificialanalysis.ai/models/{slug}"

_VERSIONED = "artificial_analysis_intelligence_index"
_INDICES = frozenset(
    {_VERSIONED, "artificial_analysis_agentic_index", "artificial_analysis_coding_index"}
)


class _Page(msgspec.Struct):
    intelligence_index_version: msgspec.Raw
    data: msgspec.Raw


class _Head(msgspec.Struct):
    slug: str


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a model, keyed by its slug: the row beside the version of the index."""
    try:
        page = msgspec.json.decode(body, type=_Page)
    except msgspec.MsgspecError as error:
        raise PageError(PageFault.WRONG_FORMAT, str(error), "an index version and data") from error
    rows = list(split_array(bytes(page.data)))
    if not rows:
        raise PageError(PageFault.NO_ROWS, "no models", "models with evaluations")
    version = bytes(page.intelligence_index_version)
    return entries_of((_slug(row), b'{"version": %s, "row": %s}' % (version, row)) for row in rows)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """A reading for each index that the model has."""
    value, remarks = read_entry(entry)
    said = members(value)
    item = members(said.get("row"))
    written = words(item.get("name")) or ""
    model, effort = split_brackets(written)
    for name, score in members(item.get("evaluations")).items():
        if score is None:
            continue
        row = Row(
            model,
            written,
            lab=words(members(item.get("model_creator")).get("name")),
            aliases=(entry.key,),
            remarks=list(remarks),
        )
        if name not in _INDICES:
            row.remark(EntryFault.UNKNOWN_FIELD, f"evaluations.{name}", score, "a known index")
        version = str(said["version"]) if name == _VERSIONED else None
        quote = ReadingQuote(
            text=row.score(score, f"evaluations.{name}"),
            scale="index",
            field=f"evaluations.{name}",
            evaluator=Evaluator.INDEPENDENT,
            page=PAGE.format(slug=entry.key),
        )
        yield row.claim(name, quote, row.setup(effort=effort, version=version))


def _slug(row: bytes) -> str:
    try:
        return msgspec.json.decode(row, type=_Head).slug
    except msgspec.MsgspecError as error:
        raise PageError(PageFault.WRONG_FORMAT, str(error), "models with a slug") from error

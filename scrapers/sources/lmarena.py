"""LMArena's ratings, ``leaderboard-text.json`` and ``leaderboard-vision.json``: parts text, vision.

2025-12-11  ``{category: {model: {rating, rating_q025, rating_q975}}}``; category ``full`` is the
            whole board. A rating is a strength in pairwise votes, told with its 95 % interval; it
            has no date of its own.

An entry is one model over all categories, so that a new category changes every entry and a new
model only its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.efforts import split_brackets, split_dashes
from scrapers.entries import gathered, read_entry
from scrapers.facts import members
from scrapers.json_text import JsonValue, split_object
from scrapers.readings import Row

BOARDS = {
    "text": ("Text Arena", "https://lmarena.ai/leaderboard/text"),
    "vision": ("Vision Arena", "https://lmarena.ai/leaderboard/vision"),
}
_WHOLE = "full"
_FIELDS = frozenset({"rating", "rating_q025", "rating_q975"})


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a model, keyed ``part/model``, with its rating in each category."""
    if part not in BOARDS:
        raise PageError(PageFault.WRONG_PAGE, repr(part), f"one of {', '.join(BOARDS)}")
    categories = [(category, list(split_object(raw))) for category, raw in split_object(body)]
    if _WHOLE not in dict(categories):
        found = ", ".join(category for category, _ in categories) or "no category"
        raise PageError(PageFault.ANCHOR_MISSING, found, f"the category {_WHOLE!r}")
    if not any(models for _, models in categories):
        raise PageError(PageFault.NO_ROWS, "no models", "ratings of models")
    return gathered(
        (f"{part}/{model}", category, raw)
        for category, models in categories
        for model, raw in models
    )


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """The model's reading in each category."""
    part, _, written = entry.key.partition("/")
    value, remarks = read_entry(entry)
    board, page = BOARDS[part]
    plain, in_brackets = split_brackets(written)
    model, effort = split_dashes(plain)
    for category, item in members(value).items():
        row = Row(model, written, remarks=list(remarks))
        subset = None if category == _WHOLE else category
        quote = _quote(row, members(item), category, page)
        yield row.claim(board, quote, row.setup(effort=in_brackets or effort, subset=subset))


def _quote(row: Row, item: dict[str, JsonValue], category: str, page: str) -> ReadingQuote:
    for key in item.keys() - _FIELDS:
        row.remark(EntryFault.UNKNOWN_FIELD, f"{category}.{key}", item[key], "a known field")
    return ReadingQuote(
        text=row.score(item.get("rating"), f"{category}.rating"),
        scale="rating",
        field=f"{category}.rating",
        evaluator=Evaluator.INDEPENDENT,
        page=page,
        low=row.score(item.get("rating_q025"), f"{category}.rating_q025"),
        high=row.score(item.get("rating_q975"), f"{category}.rating_q975"),
    )

"""SWE-bench's boards: ``leaderboards.json`` and the page that carries the same rows in a script.

2025-08-11  ``{"leaderboards": [{"name": board, "results": [row]}]}``; boards bash-only, Test,
            Verified, Lite, Multimodal, Multilingual; ``resolved`` in percent.
2025-11-18  The page has no table: its rows are in ``<script type="application/json"
            id="leaderboard-data">``, the list of boards without the object around it.

A row is a system, ``name``; the model is a tag, ``Model: ...``. A system of several models is no
score of any one of them and is held. The board bash-only runs every model in mini-SWE-agent, whose
version is part of the harness. ``checked``: the maintainers ran or verified it themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.efforts import split_brackets
from scrapers.entries import entries_of, read_entry
from scrapers.facts import day, members, names, words
from scrapers.json_text import JsonValue, split_array, split_object
from scrapers.pages import PageForm
from scrapers.readings import Row

PAGE = "https://www.swebench.com/"
FORM = PageForm(sign='id="leaderboard-data"', end_mark="</html>")

_SCRIPT = re.compile(r'<script[^>]*\bid="leaderboard-data"[^>]*>(.*?)</script>', re.DOTALL)
_ATTEMPTS = re.compile(r"System: Attempts - (?P<count>[1-9][0-9]{0,3}\+?)")
_MODEL = "Model: "
_ORGANISATION = "Org: "
_UNIFORM_BOARD = "bash-only"
_UNIFORM_HARNESS = "mini-SWE-agent"
_ANCHOR = "Verified"


class _Board(msgspec.Struct):
    name: str
    results: list[msgspec.Raw]


class _Head(msgspec.Struct):
    folder: str


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a submission, keyed ``board/folder``."""
    boards = [_board(raw) for raw in _boards(body)]
    if _ANCHOR not in {board.name for board in boards}:
        found = ", ".join(board.name for board in boards) or "no board"
        raise PageError(PageFault.ANCHOR_MISSING, found, f"the board {_ANCHOR!r}")
    return entries_of((_key(board, raw), bytes(raw)) for board in boards for raw in board.results)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """The one reading of a submission."""
    board = entry.key.partition("/")[0]
    value, remarks = read_entry(entry)
    item = members(value)
    written = words(item.get("name")) or ""
    plain, effort = split_brackets(written)
    tags = names(item.get("tags"))
    models = [tag.removeprefix(_MODEL) for tag in tags if tag.startswith(_MODEL)]
    labs = [tag.removeprefix(_ORGANISATION) for tag in tags if tag.startswith(_ORGANISATION)]
    uniform = board == _UNIFORM_BOARD
    row = Row(
        models[0] if len(models) == 1 else plain,
        written,
        lab=labs[0] if uniform and len(labs) == 1 else None,
        aliases=(plain,) if uniform and models else (),
        remarks=list(remarks),
    )
    if len(models) > 1:
        row.remark(EntryFault.SEVERAL_MODELS, "tags", ", ".join(models), "one model")
    if item.get("warning") is not None:
        row.remark(EntryFault.UNKNOWN_FIELD, "warning", item["warning"], "no warning")
    setup = row.setup(
        attempts=_attempts(tags), effort=effort, harness=_harness(item, written, uniform)
    )
    yield row.claim(board, _quote(row, item), setup)


def _boards(body: bytes) -> Iterable[bytes]:
    if not body.lstrip().startswith(b"<"):
        return split_array(dict(split_object(body)).get("leaderboards", b""))
    script = _SCRIPT.search(FORM.text(body))
    if script is None:
        raise PageError(PageFault.CUT_SHORT, "a script without an end", "the boards' script")
    return split_array(script[1].encode())


def _board(raw: bytes) -> _Board:
    try:
        return msgspec.json.decode(raw, type=_Board)
    except msgspec.MsgspecError as error:
        raise PageError(PageFault.WRONG_FORMAT, str(error), "boards with results") from error


def _key(board: _Board, raw: msgspec.Raw) -> str:
    try:
        return f"{board.name}/{msgspec.json.decode(raw, type=_Head).folder}"
    except msgspec.MsgspecError as error:
        raise PageError(PageFault.WRONG_FORMAT, str(error), "results with a folder") from error


def _attempts(tags: Iterable[str]) -> str | None:
    return next((m["count"] for m in map(_ATTEMPTS.fullmatch, tags) if m), None)


def _harness(item: dict[str, JsonValue], written: str, uniform: bool) -> str:
    version = words(item.get("mini-swe-agent_version"))
    if version:
        return f"{_UNIFORM_HARNESS}@{version}"
    return _UNIFORM_HARNESS if uniform else written


def _quote(row: Row, item: dict[str, JsonValue]) -> ReadingQuote:
    when = day(item.get("date"))
    if when is None:
        row.remark(EntryFault.BAD_DATE, "date", item.get("date"), "a date such as 2026-04-24")
    return ReadingQuote(
        text=row.score(item.get("resolved"), "resolved"),
        scale="percent",
        field="resolved",
        evaluator=Evaluator.INDEPENDENT if item.get("checked") is True else Evaluator.AGGREGATOR,
        page=PAGE,
        measured_on=when,
    )

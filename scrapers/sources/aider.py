"""Aider's boards, YAML lists of runs: part ``polyglot`` (225 exercises) and ``edit`` (133).

2024-05-01  edit: ``model, edit_format, test_cases, pass_rate_1, pass_rate_2, command, date, ...``.
2024-12-21  polyglot: the same with ``pass_num_1, pass_num_2, total_tests``.
2025-07-18  ``reasoning_effort``, ``thinking_tokens``; an effort may also stand behind the name.

A run gives two scores in percent: solved at the first try, and with a second one after the tests'
output was shown. ``test_cases`` is what the run was made of; some runs are short of an exercise or
two. One model stands several times, with another edit format, editor or effort.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.efforts import split_brackets
from scrapers.entries import entries_of, peek, read_entry
from scrapers.facts import day, members, words
from scrapers.json_text import JsonValue
from scrapers.readings import Row
from scrapers.yaml_text import yaml_items

PAGES = {
    "polyglot": "https://aider.chat/docs/leaderboards/",
    "edit": "https://aider.chat/docs/leaderboards/edit.html",
}
# What stands in every run behind its figures, so that none of them can have been cut.
_LAST = "seconds_per_case"
_COUNT = re.compile(r"[1-9][0-9]{0,5}|0", re.ASCII)
_SEVERAL = re.compile(r".+ \+ .+")


class _Head(msgspec.Struct):
    dirname: str


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a run, keyed ``part/dirname``."""
    if part not in PAGES:
        raise PageError(PageFault.WRONG_PAGE, repr(part), f"one of {', '.join(PAGES)}")
    items = list(yaml_items(body))
    if not items:
        raise PageError(PageFault.NO_ROWS, "no runs", "a list of runs")
    return entries_of((f"{part}/{_dirname(item)}", item) for item in items)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """The readings of a run: at the first try, and with the second."""
    board = entry.key.partition("/")[0]
    value, remarks = read_entry(entry)
    item = members(value)
    written = words(item.get("model")) or ""
    model, effort = split_brackets(written)
    row = Row(model, written, remarks=list(remarks))
    if _SEVERAL.fullmatch(written) or item.get("editor_model") is not None:
        row.remark(EntryFault.SEVERAL_MODELS, "model", written, "one model")
    if _LAST not in item:
        row.remark(EntryFault.WRONG_SHAPE, _LAST, None, "a run with all its fields")
    tokens = words(item.get("thinking_tokens"))
    effort = words(item.get("reasoning_effort")) or effort or _effort_of_tokens(tokens)
    harness = f"aider/{words(item.get('edit_format')) or 'unsaid'}"
    for tries in ("1", "2"):
        quote = _quote(row, item, tries, PAGES[board])
        yield row.claim(board, quote, row.setup(attempts=tries, effort=effort, harness=harness))


def _dirname(item: bytes) -> str:
    head = peek(item, _Head)
    if head is None:
        raise PageError(PageFault.WRONG_FORMAT, f"{item[:80]!r}", "runs with a dirname")
    return head.dirname


def _effort_of_tokens(tokens: str | None) -> str | None:
    if tokens is None:
        return None
    return "none" if tokens == "0" else f"thinking-{tokens}"


def _quote(row: Row, item: dict[str, JsonValue], tries: str, page: str) -> ReadingQuote:
    when = day(item.get("date"))
    if when is None:
        row.remark(EntryFault.BAD_DATE, "date", item.get("date"), "a date such as 2026-04-24")
    field = f"pass_rate_{tries}"
    return ReadingQuote(
        text=row.score(item.get(field), field, strings=True),
        scale="percent",
        field=field,
        evaluator=Evaluator.INDEPENDENT,
        page=page,
        measured_on=when,
        items=_count(row, item, "test_cases"),
        passed=_count(row, item, f"pass_num_{tries}"),
    )


def _count(row: Row, item: dict[str, JsonValue], field: str) -> int | None:
    text = words(item.get(field))
    if text is None:
        return None
    if not _COUNT.fullmatch(text):
        row.remark(EntryFault.NOT_A_FIGURE, field, text, "a whole number")
        return None
    return int(text)

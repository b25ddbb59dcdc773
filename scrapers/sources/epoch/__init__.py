"""Epoch AI's Benchmarking Hub: one CSV a benchmark; the part is the file's stem.

2025-11-21  ``benchmarks_runs.csv``: every run of Epoch's own, the benchmark in ``task``.
2026-03-12  ``benchmark_data/<name>.csv``: own runs (mean_score, stderr, Log viewer), and boards of
            others with the suffix ``_external``, each with columns of its own.
2026-05-14  More of them; `scrapers.sources.epoch.forms` tells each apart.

Scores are fractions in most files and percentages in some; the form says which, the figure never.
The model version carries the effort, ``gpt-5.5-pre-release_xhigh``; ``_unknown`` says that it is
not known. Some files show a second name with an effort in brackets, which then is the finer one. A
row without a score is silence; one model measured twice is a second reading of the same series.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from registry.scoring.readings import ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim, Remark
from scrapers.csv_text import csv_rows, row_text
from scrapers.efforts import split_brackets, split_underscore
from scrapers.entries import entries_of, read_entry
from scrapers.facts import day, day_written, members, words
from scrapers.readings import Row
from scrapers.sources.epoch.forms import FORMS, Form

_LONG_DAY = re.compile(r"[0-9]{1,2} [A-Z][a-z]+ [0-9]{4}(?= )")
_DAY_LENGTH = len("2026-04-24")
_SCORER = re.compile(r"[a-z_]+:[0-9.]+±(?P<error>[0-9.]+)")
_MARGINS = re.compile(r"=?\+(?P<up>[0-9]+(?:\.[0-9]+)?)/-(?P<down>[0-9]+(?:\.[0-9]+)?)")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,15})?", re.ASCII)
_COLUMN = re.compile(r"\{([^}]+)\}")
_THINKING = "-thinking"

Cells = dict[str, str | None]


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a row, keyed ``part/id``, by the row's names where the file has no ids."""
    form = FORMS.get(part)
    if form is None:
        raise PageError(PageFault.WRONG_PAGE, repr(part), f"one of {', '.join(FORMS)}")
    rows = csv_rows(body, form.model, form.score, *form.key, open_end=form.open_end)
    return entries_of((f"{part}/{_key(row, form)}", row_text(row)) for row in rows)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """The row's reading, and one for each subset that the file tells beside it."""
    part = entry.key.partition("/")[0]
    form = FORMS[part]
    value, remarks = read_entry(entry)
    cells: Cells = {name: words(cell) for name, cell in members(value).items()}
    row, effort = _row(cells, form, remarks)
    when = _when(row, cells, form)
    benchmark = cells.get(form.benchmark_column) if form.benchmark_column else part
    for column, subset in {form.score: None, **form.subsets}.items():
        text = cells.get(column)
        if text is None:
            continue
        setup = row.setup(
            effort=effort,
            harness=_harness(cells, form),
            subset=subset,
            version=_version(cells, form),
            attempts=form.attempts,
        )
        yield row.claim(benchmark or "", _quote(cells, form, column, text, when), setup)


def _key(row: dict[str, str], form: Form) -> str:
    return " | ".join(row[column].strip() for column in form.key)


def _row(cells: Cells, form: Form, remarks: Iterable[Remark]) -> tuple[Row, str | None]:
    """The model with its names, and the effort that one of them tells."""
    version, display = cells[form.model], cells.get(form.display)
    written = version or cells.get(form.named_by) or ""
    model, effort = split_underscore(version) if version else (written, None)
    if display == f"{model}{_THINKING}":
        effort = _THINKING.strip("-")
    elif display is not None:
        effort = split_brackets(display)[1] or effort
    aliases = (display,) if display not in (None, written) else ()
    row = Row(model, written, cells.get("Organization"), aliases, list(remarks))
    if cells.get("Status", "Success") != "Success":
        row.remark(EntryFault.FAILED_RUN, "Status", cells["Status"], "Success")
    if form.last_cell is not None:
        column, whole = form.last_cell
        if not whole.fullmatch(cells[column] or ""):
            row.remark(EntryFault.WRONG_SHAPE, column, cells[column], "a whole version")
    return row, effort


def _when(row: Row, cells: Cells, form: Form) -> date | None:
    said = cells.get(form.dated)
    if said is None:
        return None
    found = day(said[:_DAY_LENGTH]) or _long_day(said)
    if found is None:
        row.remark(EntryFault.BAD_DATE, form.dated, said, "a day such as 2026-04-24")
    return found


def _long_day(said: str) -> date | None:
    match = _LONG_DAY.match(said)
    return day_written(match[0], "%d %B %Y") if match else None


def _quote(cells: Cells, form: Form, column: str, text: str, when: date | None) -> ReadingQuote:
    whole = column == form.score
    pages = (cells.get(name) for name in form.pages)
    low, high = _interval(cells, form, text) if whole else (None, None)
    return ReadingQuote(
        text=text,
        scale=form.scale,
        field=column,
        evaluator=form.evaluator,
        page=next((p for p in pages if p and p.startswith("https://")), form.page),
        measured_on=when,
        low=low,
        high=high,
        stderr=_stderr(cells, form) if whole else None,
    )


def _interval(cells: Cells, form: Form, text: str) -> tuple[str | None, str | None]:
    """The two ends as told, or as their distances from the score tell them."""
    low, high = cells.get(form.low), cells.get(form.high)
    margins = _MARGINS.fullmatch(cells.get(form.margins) or "")
    if margins is None or low or high or not _DECIMAL.fullmatch(text):
        return low, high
    score = Decimal(text)
    return str(score - Decimal(margins["down"])), str(score + Decimal(margins["up"]))


def _stderr(cells: Cells, form: Form) -> str | None:
    """The column of errors, or the one error of a list of scorers such as ``choice:0.85±0.02``."""
    said = cells.get(form.stderr)
    match = _SCORER.fullmatch(said) if said else None
    if match is not None:
        return match["error"]
    return None if said is None or ":" in said else said


def _harness(cells: Cells, form: Form) -> str | None:
    columns = _COLUMN.findall(form.harness)
    if not any(cells.get(column) for column in columns):
        return None
    return _COLUMN.sub(lambda match: cells.get(match[1]) or "unsaid", form.harness)


def _version(cells: Cells, form: Form) -> str | None:
    if form.version is None:
        return None
    columns, pattern = form.version
    found = (pattern.search(cells.get(column) or "") for column in columns)
    return next((match[1] for match in found if match), None)

"""LiveBench: ``table_<release>.csv``, one column a task, told in percent; the part is the release.

2025-12-24  Release 2025-11-25, 20 tasks in 7 categories.
2026-03-04  Release 2026-01-08, 23 tasks; rows are added to a release for months.

The board itself shows category averages and their mean: each category counts the same, however many
tasks it has. The table holds neither, so both are computed here, marked ``derived``, with the
categories that the project lists in ``categories_<release>.json``. A table whose tasks are not
those of its release is refused, since its mean would be of something else. A file may lack its last
line's end: the last row's last figure may then have been cut, and that row is held.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Context, Decimal

from registry.scoring.figures import FigureError, read_figure
from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.csv_text import csv_rows, row_text
from scrapers.efforts import split_dashes
from scrapers.entries import entries_of, read_entry
from scrapers.facts import members, words
from scrapers.readings import Row

PAGE = "https://livebench.ai/"
BENCHMARK = "LiveBench"

_BOTH: Mapping[str, tuple[str, ...]] = {
    "Reasoning": ("theory_of_mind", "zebra_puzzle", "spatial"),
    "Coding": ("code_generation", "code_completion"),
    "Agentic Coding": ("javascript", "typescript", "python"),
    "Mathematics": ("AMPS_Hard", "math_comp", "olympiad"),
    "Data Analysis": ("tablejoin", "tablereformat"),
    "Language": ("connections", "plot_unscrambling", "typos"),
    "IF": ("paraphrase", "simplify", "story_generation", "summarize"),
}
CATEGORIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "2025_11_25": _BOTH,
    "2026_01_08": {
        **_BOTH,
        "Reasoning": (*_BOTH["Reasoning"], "logic_with_navigation"),
        "Mathematics": (*_BOTH["Mathematics"], "integrals_with_game"),
        "Data Analysis": (*_BOTH["Data Analysis"], "consecutive_events"),
    },
}
_MODEL = "model"
_UNENDED = "(no line end)"
_MEAN = Context(prec=12)


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a model, keyed ``release/model``."""
    if part not in CATEGORIES:
        raise PageError(PageFault.WRONG_PAGE, repr(part), f"one of {', '.join(CATEGORIES)}")
    tasks = _tasks(part)
    rows = list(csv_rows(body, _MODEL, *sorted(tasks), open_end=True))
    unknown = rows[0].keys() - tasks - {_MODEL}
    if unknown:
        raise PageError(PageFault.WRONG_FORMAT, ", ".join(sorted(unknown)), f"tasks of {part}")
    if not body.endswith(b"\n"):
        rows[-1][_UNENDED] = "yes"
    return entries_of((f"{part}/{row[_MODEL]}", row_text(row)) for row in rows)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """The model's overall score and its average in each category."""
    release, _, written = entry.key.partition("/")
    value, remarks = read_entry(entry)
    cells = {name: words(cell) or "" for name, cell in members(value).items()}
    model, effort = split_dashes(written)
    row = Row(model, written, remarks=list(remarks))
    if _UNENDED in cells:
        row.remark(EntryFault.WRONG_SHAPE, "row", written, "a line with its end")
    scores = {task: _score(row, task, cells.get(task, "")) for task in _tasks(release)}
    means = {
        category: _mean([scores[task] for task in tasks])
        for category, tasks in CATEGORIES[release].items()
    }
    version = release.replace("_", "-")
    overall = _quote(_mean(list(means.values())), "mean of categories")
    yield row.claim(BENCHMARK, overall, row.setup(effort=effort, version=version))
    for category, mean in means.items():
        setup = row.setup(effort=effort, subset=category, version=version)
        yield row.claim(BENCHMARK, _quote(mean, f"mean of {category}"), setup)


def _tasks(release: str) -> set[str]:
    return {task for group in CATEGORIES[release].values() for task in group}


def _score(row: Row, task: str, cell: str) -> Decimal:
    """A task's score; zero with a remark where there is none, so that the row is held whole."""
    try:
        return read_figure(cell).value
    except FigureError as error:
        row.remark(EntryFault.NOT_A_FIGURE, task, cell, error.expected)
        return Decimal(0)


def _mean(scores: list[Decimal]) -> Decimal:
    return _MEAN.divide(sum(scores, Decimal(0)), Decimal(len(scores)))


def _quote(score: Decimal, field: str) -> ReadingQuote:
    """Undated: a row may have been added months after the release that is its version."""
    return ReadingQuote(
        text=f"{score:f}",
        scale="percent",
        field=field,
        evaluator=Evaluator.INDEPENDENT,
        page=PAGE,
        derived=True,
    )

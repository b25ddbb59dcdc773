"""Terminal-Bench submissions: the harness's own files of one run.

2025-09-25  ``results.json``: ``{results: [{task_id, is_resolved, ...}], n_resolved, n_unresolved,
            accuracy, pass_at_k}``; ``run_metadata.json``: ``{dataset_name, dataset_version,
            agent_name, model_name, n_attempts, dataset_size, accuracy, pass_at_k, ...}``. Shares
            are fractions.

Neither file is sure to name the model or the agent; the folder does, and the part is its path:
``terminal-bench-core@0.1.1/20250829_goose_claude-4-opus``. Accuracy over several attempts is their
mean, a single try each; ``pass_at_k`` asks that one of k tries passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.entries import read_entry
from scrapers.facts import day_written, members, words
from scrapers.json_text import JsonValue, split_object
from scrapers.readings import Row

PAGE = "https://www.tbench.ai/leaderboard/{dataset}/{version}"

_PART = re.compile(
    r"(?P<dataset>[a-z-]+)@(?P<version>[0-9.]+)/(?P<day>[0-9]{8})_(?P<agent>[^_/]+)_(?P<model>[^/]+)"
)


@dataclass(frozen=True, slots=True)
class _Run:
    """What the folder says of a run."""

    dataset: str
    version: str
    submitted: date
    agent: str
    model: str


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """The run as its one entry, keyed by the part."""
    _run(part)
    keys = {key for key, _ in split_object(body)}
    if not {"accuracy", "pass_at_k"} <= keys:
        raise PageError(PageFault.WRONG_FORMAT, ", ".join(sorted(keys)), "accuracy and pass_at_k")
    yield Entry(part, body)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """The run's accuracy, and one reading for each number of tries that it tells."""
    run = _run(entry.key)
    value, remarks = read_entry(entry)
    item = members(value)
    row = Row(run.model, run.model, remarks=list(remarks))
    _compare(row, item, run)
    accuracy = _quote(row, item["accuracy"], "accuracy", run, *_counts(item))
    yield row.claim(
        run.dataset, accuracy, row.setup(attempts="1", harness=run.agent, version=run.version)
    )
    for tries, share in members(item["pass_at_k"]).items():
        quote = _quote(row, share, f"pass_at_k.{tries}", run, _counts(item)[0], None)
        setup = row.setup(attempts=tries, harness=run.agent, version=run.version)
        yield row.claim(run.dataset, quote, setup)


def _run(part: str) -> _Run:
    found = _PART.fullmatch(part)
    submitted = day_written(found["day"], "%Y%m%d") if found else None
    if found is None or submitted is None:
        raise PageError(PageFault.WRONG_PAGE, repr(part), "dataset@version/day_agent_model")
    return _Run(found["dataset"], found["version"], submitted, found["agent"], found["model"])


def _compare(row: Row, item: dict[str, JsonValue], run: _Run) -> None:
    """What the file says itself must not contradict its folder."""
    for field, expected in (("dataset_name", run.dataset), ("dataset_version", run.version)):
        said = words(item.get(field))
        if said is not None and said != expected:
            row.remark(EntryFault.CONFLICTING_FIGURES, field, said, f"{expected}, as its folder")


def _counts(item: dict[str, JsonValue]) -> tuple[int | None, int | None]:
    """How many tasks the run had, and how many were solved where each was tried once."""
    solved, unsolved, size = (
        item.get(key) for key in ("n_resolved", "n_unresolved", "dataset_size")
    )
    if isinstance(solved, int) and isinstance(unsolved, int):
        return solved + unsolved, solved
    return (size if isinstance(size, int) else None), None


def _quote(
    row: Row, share: JsonValue, field: str, run: _Run, items: int | None, passed: int | None
) -> ReadingQuote:
    return ReadingQuote(
        text=row.score(share, field),
        scale="fraction",
        field=field,
        evaluator=Evaluator.AGGREGATOR,
        page=PAGE.format(dataset=run.dataset, version=run.version),
        measured_on=run.submitted,
        items=items,
        passed=passed,
    )

"""llm-stats: ``benchmarks.json`` of one model; the part is ``organization/model``.

2025-10-16  List of ``{benchmark_id, benchmark_name, model_id, score, normalized_score,
            is_self_reported, self_reported_source_link, verified_by_llmstats, analysis_method,
            verification_date, ...}``. Scores are fractions; a rating such as 2134 stands as itself
            and is refused by its scale.

Most rows repeat what the model's maker reports, on the page that the row names. ``analysis_method``
is prose of whoever entered the row; it tells one model's rows of one benchmark apart, so it stands
for the effort where it is one, and for the harness where it is more than the name of a measure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.efforts import effort_of
from scrapers.entries import entries_of, read_entry
from scrapers.facts import day, members, words
from scrapers.json_text import JsonValue, split_array
from scrapers.readings import Row

_MEASURES = frozenset({"accuracy", "em", "pass@1", "score", "-"})


class _Head(msgspec.Struct):
    model_benchmark_id: int
    model_id: str


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a row, keyed ``organization/model/id of the row``."""
    organisation, slash, model = part.partition("/")
    if not slash:
        raise PageError(PageFault.WRONG_PAGE, repr(part), "organization/model")
    rows = list(split_array(body))
    if not rows:
        raise PageError(PageFault.NO_ROWS, "no scores", "scores of a model")
    return entries_of((f"{organisation}/{_key(row, model)}", row) for row in rows)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """The one reading of a row."""
    organisation, model, _ = entry.key.split("/")
    value, remarks = read_entry(entry)
    item = members(value)
    row = Row(model, model, lab=organisation, remarks=list(remarks))
    effort, harness = _effort_and_harness(item)
    verified = item.get("verified_by_llmstats") is True
    quote = ReadingQuote(
        text=row.score(item.get("score"), "score"),
        scale="fraction",
        field="score",
        evaluator=_evaluator(item),
        page=words(item.get("self_reported_source_link")) or "",
        measured_on=day(item.get("verification_date")) if verified else None,
    )
    if item.get("is_self_reported") is None:
        row.remark(EntryFault.WRONG_SHAPE, "is_self_reported", None, "true or false")
    yield row.claim(
        words(item.get("benchmark_name")) or "",
        quote,
        row.setup(effort=effort, harness=harness),
    )


def _key(row: bytes, model: str) -> str:
    try:
        head = msgspec.json.decode(row, type=_Head)
    except msgspec.MsgspecError as error:
        raise PageError(PageFault.WRONG_FORMAT, str(error), "rows with their ids") from error
    if head.model_id != model:
        raise PageError(PageFault.WRONG_PAGE, head.model_id, f"scores of {model}")
    return f"{model}/{head.model_benchmark_id}"


def _evaluator(item: dict[str, JsonValue]) -> Evaluator:
    if item.get("verified_by_llmstats") is True:
        return Evaluator.INDEPENDENT
    return Evaluator.FIRST_PARTY if item.get("is_self_reported") is True else Evaluator.AGGREGATOR


def _effort_and_harness(item: dict[str, JsonValue]) -> tuple[str | None, str | None]:
    method = words(item.get("analysis_method"))
    if method is None or method.casefold() in _MEASURES:
        return None, None
    effort = effort_of(method)
    return (None, method) if effort is None else (effort, None)

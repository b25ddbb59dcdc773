"""models.dev: ``models.json``, which lists scores beside each model's facts.

2026-07-02  ``{"lab/model": {..., "benchmarks": [{name, score, metric?, harness?, variant?,
            version?, dataset?, source, date?}]}}``. Scores are percentages 0-100 by the project's
            schema, those of metric "index" on their maker's own scale.

The list copies: each row names the page that it was taken from, and that page decides who measured.
``variant`` is an effort, or the harness where no other is named. A benchmark's name may hold a
version (``Terminal-Bench 2.1``) that other rows state apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

import msgspec

from registry.scoring.readings import Evaluator, ReadingQuote
from scrapers.claims import Entry, EntryFault, PageError, PageFault, ReadingClaim
from scrapers.efforts import effort_of
from scrapers.entries import entries_of, peek, read_entry
from scrapers.facts import day, members, words
from scrapers.json_text import JsonValue, split_object
from scrapers.readings import Row

_KNOWN = frozenset(
    {"name", "score", "metric", "harness", "variant", "version", "dataset", "source", "date"}
)
_SHARES = frozenset(
    {
        "average pass@1",
        "pass@1",
        "percent",
        "percent correct",
        "percent resolved",
        "resolve rate",
        "resolved",
        "score",
        "success rate",
    }
)
# Boards that measure models of other makers themselves.
_INDEPENDENT = frozenset(
    {"aider.chat", "artificialanalysis.ai", "labs.scale.com", "swebench.com", "tbench.ai"}
)
# Where a lab shows its own models' cards; its other pages also list other labs' models.
_MODEL_CARDS = "huggingface.co"
_OWN_SITES = {
    "anthropic.com": "anthropic",
    "console.sakana.ai": "sakana",
    "mistral.ai": "mistral",
    "openai.com": "openai",
}


class _Head(msgspec.Struct):
    benchmarks: msgspec.Raw = msgspec.Raw()


def split(body: bytes, part: str = "") -> Iterator[Entry]:
    """One entry a model that has scores, keyed by its id."""
    rows = [(key, raw) for key, raw in split_object(body) if _has_scores(key, raw)]
    if not rows:
        raise PageError(PageFault.NO_ROWS, "no scores", "models with benchmarks")
    return entries_of(rows)


def read(entry: Entry) -> Iterable[ReadingClaim]:
    """A reading for each row of the model's benchmarks."""
    value, remarks = read_entry(entry)
    lab = entry.key.partition("/")[0]
    listed = members(value).get("benchmarks")
    for index, item in enumerate(listed if isinstance(listed, list) else [listed]):
        row = Row(entry.key, entry.key, lab=lab, remarks=list(remarks))
        yield _reading(row, members(item), f"benchmarks[{index}]")


def _has_scores(key: str, raw: bytes) -> bool:
    if "/" not in key or not raw.startswith(b"{"):
        raise PageError(PageFault.WRONG_FORMAT, f"{key!r}: {raw[:60]!r}", "models by lab/model")
    head = peek(raw, _Head)
    # A model with a NaN is no JSON to a strict reader; what is wrong is said where it is read.
    return b'"benchmarks"' in raw if head is None else bool(bytes(head.benchmarks))


def _reading(row: Row, item: dict[str, JsonValue], where: str) -> ReadingClaim:
    for key in item.keys() - _KNOWN:
        row.remark(EntryFault.UNKNOWN_FIELD, f"{where}.{key}", item[key], "a known field")
    source = words(item.get("source")) or ""
    when = day(item.get("date"))
    if item.get("date") is not None and when is None:
        row.remark(EntryFault.BAD_DATE, f"{where}.date", item["date"], "a date such as 2026-04-24")
    effort, harness = _effort_and_harness(row, item, where)
    quote = ReadingQuote(
        text=row.score(item.get("score"), f"{where}.score"),
        scale=_scale(row, item, where),
        field=f"{where}.score",
        evaluator=_evaluator(source, row.lab),
        page=source,
        measured_on=when,
    )
    setup = row.setup(
        effort=effort,
        harness=harness,
        subset=words(item.get("dataset")),
        version=words(item.get("version")),
    )
    return row.claim(words(item.get("name")) or "", quote, setup)


def _scale(row: Row, item: dict[str, JsonValue], where: str) -> str:
    metric = item.get("metric")
    if metric == "index":
        return "index"
    if metric is not None and words(metric) not in _SHARES:
        row.remark(EntryFault.UNKNOWN_UNIT, f"{where}.metric", metric, "a known metric")
    name = words(item.get("name")) or ""
    return "index" if name.endswith(" Index") else "percent"


def _effort_and_harness(
    row: Row, item: dict[str, JsonValue], where: str
) -> tuple[str | None, str | None]:
    variant, harness = words(item.get("variant")), words(item.get("harness"))
    if variant is None:
        return None, harness
    effort = effort_of(variant)
    if effort is not None:
        return effort, harness
    if harness not in (None, variant):
        row.remark(EntryFault.UNKNOWN_FIELD, f"{where}.variant", variant, "an effort")
    return None, harness or variant


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _evaluator(source: str, lab: str | None) -> Evaluator:
    """Whose measurement the named page shows; nobody's in particular where that is not certain."""
    host = _host(source)
    if host in _INDEPENDENT:
        return Evaluator.INDEPENDENT
    if host == _MODEL_CARDS or (lab is not None and _OWN_SITES.get(host) == lab):
        return Evaluator.FIRST_PARTY
    return Evaluator.AGGREGATOR

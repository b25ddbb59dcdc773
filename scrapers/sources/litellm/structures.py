"""The nested price fields of LiteLLM's rows: bands, hours, searches, guardrails."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from registry.pricing.terms import Terms
from scrapers.claims import EntryFault, NoteReason
from scrapers.facts import whole
from scrapers.json_text import JsonValue
from scrapers.sources.litellm.fields import PriceField
from scrapers.sources.litellm.hours import read_hours
from scrapers.sources.litellm.rows import RowReader

_SEARCHES = PriceField("search_context_cost_per_query", "web_searches", 1, Terms())
_GUARDS = PriceField("guardrail_cost_per_unit", "guardrail_units", 1, Terms())
_SEARCH_SIZE = "search_context_size_"
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def tiered_pricing(reader: RowReader, value: JsonValue) -> None:
    """``[{range: [lo, hi], …}]``: lo < n <= hi, for the whole request; or by search results."""
    bands = value if isinstance(value, list) else [value]
    edge = 0
    for index, band in enumerate(bands):
        path = f"tiered_pricing[{index}]"
        if not isinstance(band, dict):
            reader.card.remark(EntryFault.BAD_TIERS, reader.path(path), band, "an object")
            continue
        by_results = "max_results_range" in band
        told = band.get("max_results_range" if by_results else "range")
        edges = _range(told)
        if edges is None or not (edges[0] == edge or by_results):
            reader.card.remark(
                EntryFault.BAD_TIERS, reader.path(f"{path}.range"), told, f"a range from {edge} on"
            )
            continue
        low, edge = edges
        within = (
            Terms(variant=f"results-{low}-{edge}")
            if by_results
            else Terms(context_over=low or None)
        )
        figures = {k: v for k, v in band.items() if k not in ("range", "max_results_range")}
        _fields(reader, figures, f"{path}.", within)


def off_peak_pricing(reader: RowReader, value: JsonValue) -> None:
    """Rates for some hours; the row's own fields are those of the other hours."""
    path = "off_peak_pricing"
    if not isinstance(value, dict):
        reader.card.remark(EntryFault.BAD_HOURS, reader.path(path), value, "an object")
        return
    windows = value.get("windows", [value])
    zone = value.get("weekday_timezone", "UTC")
    hours = read_hours(windows, zone)
    if hours is None:
        reader.card.remark(
            EntryFault.BAD_HOURS,
            reader.path(path),
            {"windows": windows, "weekday_timezone": zone},
            "windows with hours_utc as HH:MM-HH:MM and weekdays",
        )
        return
    told = ("windows", "weekday_timezone", "hours_utc", "weekdays")
    figures = {k: v for k, v in value.items() if k not in told}
    _fields(reader, figures, f"{path}.", Terms(hours=hours))


def search_context(reader: RowReader, value: JsonValue) -> None:
    """A search's price by the size of its context; one rate where the sizes cost the same."""
    path = "search_context_cost_per_query"
    if not isinstance(value, dict) or not value:
        reader.figure(value, _SEARCHES, path)
        return
    if len(value) > 1 and len(set(map(str, value.values()))) == 1:
        (size, figure), *others = value.items()
        reader.figure(figure, _SEARCHES, f"{path}.{size}")
        for size, figure in others:
            reader.card.note(NoteReason.SAID_TWICE, reader.path(f"{path}.{size}"), figure)
        return
    for size, figure in value.items():
        variant = size.removeprefix(_SEARCH_SIZE).lower()
        reader.figure(figure, _SEARCHES, f"{path}.{size}", variant=variant)


def guardrails(reader: RowReader, value: JsonValue) -> None:
    """A price a unit for each kind of check; a zero among priced checks adds nothing."""
    path = "guardrail_cost_per_unit"
    kinds = value if isinstance(value, dict) else {}
    if not kinds:
        reader.unknown_unit(value, path, "an object of prices by kind of check")
    for kind, figure in kinds.items():
        if figure == 0 and any(kinds.values()):
            reader.card.note(NoteReason.NOTHING_EXTRA, reader.path(f"{path}.{kind}"), figure)
        else:
            variant = _CAPITAL.sub("-", kind).lower()
            reader.figure(figure, _GUARDS, f"{path}.{kind}", variant=variant)


def ocr_credit(reader: RowReader, value: JsonValue) -> None:
    """A seller's own credits, of which a page takes one or several."""
    reader.unknown_unit(value, "ocr_cost_per_credit", "a price per page")


def free_requests(reader: RowReader, value: JsonValue) -> None:
    """How many searches are included before their price begins."""
    reader.card.note(NoteReason.ALLOWANCE, reader.path("search_free_requests"), value)


STRUCTURES: Mapping[str, Callable[[RowReader, JsonValue], None]] = {
    "guardrail_cost_per_unit": guardrails,
    "ocr_cost_per_credit": ocr_credit,
    "off_peak_pricing": off_peak_pricing,
    "search_context_cost_per_query": search_context,
    "search_free_requests": free_requests,
    "tiered_pricing": tiered_pricing,
}


def _fields(
    reader: RowReader, figures: Mapping[str, JsonValue], prefix: str, within: Terms
) -> None:
    for name, figure in figures.items():
        if not reader.named(figure, name, prefix, within):
            reader.card.remark(
                EntryFault.UNKNOWN_FIELD, reader.path(f"{prefix}{name}"), figure, "a price field"
            )


def _range(value: JsonValue) -> tuple[int, int] | None:
    """Whole numbers ``[low, high]``, also written as 256000.0; None for anything else."""
    match [whole(edge) for edge in value] if isinstance(value, list) else []:
        case [int(low), int(high)] if 0 <= low < high:
            return low, high
        case _:
            return None

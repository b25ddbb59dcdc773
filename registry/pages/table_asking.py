"""What a reader may ask of the table of models: rows, columns, order, ratio."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.http import QueryDict

from registry.pages import asking
from registry.pages.asking import Refused
from registry.scoring.scales import Direction
from registry.selectors.benchmarks import BenchmarkRow
from registry.selectors.table import BY_SCORE, DEFAULT_ORDER, DEFAULT_RATIO, ORDERS, TableFilter

_MOST_RATIO = Decimal(1000)
MOST_BENCHMARKS = 4
_OPENNESS = {"": None, "open": True, "closed": False}
MODALITIES = ("text", "image", "audio", "video", "pdf")
CONTEXTS = (32_000, 128_000, 200_000, 400_000, 1_000_000)


class Column(NamedTuple):
    """A column that a reader may show, and the order that its head asks for."""

    label: str
    unit: str
    order: str
    style: str = "figure"


COLUMNS: dict[str, Column] = {
    "input": Column("Input", "$ per 1M tokens", "input"),
    "output": Column("Output", "$ per 1M tokens", "-output"),
    "cache": Column("Cache hit", "$ per 1M tokens", "cache", "figure fine"),
    "blended": Column("Blended", "$ per 1M tokens", "blended"),
    "trend": Column("12 months", "blended", "", "trend"),
    "changed": Column("Last change", "", "-changed", "number"),
    "context": Column("Context", "tokens", "-context", "number"),
    "weights": Column("Weights", "", "", ""),
    "modalities": Column("Takes", "", "", ""),
    "parameters": Column("Parameters", "total", "-parameters", "number"),
    "released": Column("Released", "", "-released", "number"),
    "sellers": Column("Offers", "", "-sellers", "number"),
}
PRICE_COLUMNS = ("input", "output", "cache", "blended")
DEFAULT_COLUMNS = tuple(
    name for name in COLUMNS if name not in ("modalities", "parameters", "released")
)
_SCORE = f"{BY_SCORE}."
_DIRECTED = (*ORDERS, *(f"-{name}" for name in ORDERS))


ORDERS_TOLD = {
    "-sellers": "most offers",
    "blended": "lowest blended price",
    "-blended": "highest blended price",
    "cheapest": "cheapest anywhere",
    "input": "lowest input price",
    "output": "lowest output price",
    "-changed": "latest change",
    "-released": "newest model",
    "-context": "longest context",
    "-parameters": "most parameters",
    "name": "name",
    "lab": "lab",
}


class Head(NamedTuple):
    """The head of a column: where it leads and how the table is sorted by it now."""

    column: Column
    order: str
    direction: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of the table."""

    wanted: TableFilter
    ratio: Decimal
    resellers: bool
    order: str
    columns: tuple[str, ...]
    benchmarks: tuple[BenchmarkRow, ...]
    equal: bool
    page: int

    @classmethod
    def of(cls, query: QueryDict, known: Mapping[str, BenchmarkRow]) -> Asked:
        """Raises `Refused` for a value that is none of the choices."""
        order = asking.choice(query, "sort", (*_DIRECTED, *_by_scores(known)), DEFAULT_ORDER)
        measured = _measured(query, known, order)
        if len(measured) > MOST_BENCHMARKS:
            raise Refused("bench", ", ".join(measured), f"at most {MOST_BENCHMARKS} benchmarks")
        context = asking.whole(query, "context", least=0, most=10**9, default=0)
        return cls(
            TableFilter(
                words=asking.text(query, "q"),
                lab=asking.text(query, "lab") or None,
                open_weights=_OPENNESS[asking.choice(query, "weights", _OPENNESS, "")],
                modality=asking.choice(query, "takes", ("", *MODALITIES), "") or None,
                context_at_least=context or None,
                priced=asking.choice(query, "priced", ("", "yes"), "") == "yes",
            ),
            ratio=asking.amount(query, "ratio", most=_MOST_RATIO, default=DEFAULT_RATIO),
            resellers=asking.choice(query, "resellers", ("", "yes"), "") == "yes",
            order=order,
            columns=asking.choices(query, "col", COLUMNS) or DEFAULT_COLUMNS,
            benchmarks=tuple(known[slug] for slug in measured),
            equal=asking.choice(query, "setups", ("any", "equal"), "any") == "equal",
            page=asking.whole(query, "page", least=1, most=10**6, default=1),
        )

    @property
    def by_score(self) -> str:
        """The benchmark that the table is sorted by; empty where it is a column."""
        return _sorted_by(self.order)

    @property
    def table_order(self) -> str:
        """The order as the selector knows it."""
        sign = "-" if self.order.startswith("-") else ""
        return f"{sign}{BY_SCORE}" if self.by_score else self.order

    @property
    def orders(self) -> dict[str, str]:
        """The orders that are offered, in words; a benchmark's where its column is shown."""
        best = {best_first(one): f"best on {one.name}" for one in self.benchmarks}
        offered = {**ORDERS_TOLD, **best}
        return offered if self.order in offered else {**offered, self.order: "as its head says"}

    def heads(self, *, priced: bool) -> list[Head]:
        """The heads of the columns of prices, or of the others; those of benchmarks aside."""
        return [
            _head(COLUMNS[name], self.order)
            for name in self.columns
            if (name in PRICE_COLUMNS) is priced
        ]

    def score_head(self, of: BenchmarkRow) -> Head:
        """The head of a benchmark's column."""
        return _head(Column(of.name, "", best_first(of), "number"), self.order)


def best_first(of: BenchmarkRow) -> str:
    """The order by a benchmark's scores from the best down."""
    return f"{'-' if of.direction is Direction.HIGHER else ''}{_SCORE}{of.slug}"


def _by_scores(known: Mapping[str, BenchmarkRow]) -> Iterator[str]:
    for slug in known:
        yield from (f"{_SCORE}{slug}", f"-{_SCORE}{slug}")


def _sorted_by(order: str) -> str:
    name = order.removeprefix("-")
    return name.removeprefix(_SCORE) if name.startswith(_SCORE) else ""


def _measured(query: QueryDict, known: Mapping[str, BenchmarkRow], order: str) -> Sequence[str]:
    """The benchmarks that are shown: those asked for, and the one that is sorted by."""
    chosen = asking.choices(query, "bench", known)
    by = _sorted_by(order)
    return chosen if not by or by in chosen else (*chosen, by)


def _head(column: Column, order: str) -> Head:
    name = column.order.removeprefix("-")
    if not name or order.removeprefix("-") != name:
        return Head(column, column.order, "")
    other = name if order.startswith("-") else f"-{name}"
    return Head(column, other, "descending" if order.startswith("-") else "ascending")

"""Scores of models on benchmarks, each under its setup, at a moment and as known at a revision.

A reading never changes its meaning with the face that shows it: two setups are two readings, and
none is chosen here for another. Figures are on the benchmark's own scale (`selectors.benchmarks`
tells it), so two readings of one benchmark compare directly.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.db.models.lookups import Contains

from registry.ledger.effective import standing_points
from registry.ledger.models import ScorePoint, ScoreSeries
from registry.pricing.quotes import plain
from registry.scoring.setups import Setup
from registry.selectors.clocks import AsOf
from registry.selectors.freshness import told_status
from registry.selectors.ordering import Key, Sorts, by, perhaps
from registry.selectors.paging import Page, page_of

READING_STATUSES: tuple[str, ...] = tuple(ScorePoint.Status.values)
READING_CAUSES: tuple[str, ...] = tuple(ScorePoint.Cause.values)
QUALIFIERS: tuple[str, ...] = tuple(ScorePoint.Qualifier.values)
EVALUATORS: tuple[str, ...] = tuple(ScorePoint.Evaluator.values)

# A registry has a few thousand distinct setups, read with every page.
_setup_of = lru_cache(maxsize=16_384)(Setup.parse)

_ORDER = (
    "series__model__lab__slug", "series__model__slug", "series__benchmark__slug", "series__setup",
)  # fmt: skip
# The columns of a score's point that `reading_row` reads, in its order.
READING_COLUMNS = (
    "pk",
    F("series__model_id"),
    *_ORDER,
    "value",
    "qualifier",
    "low",
    "high",
    "items",
    "evaluator",
    "starts_at",
    "starts_basis",
    "status",
    "cause",
    "revision_id",
    "claim__source__slug",
    "claim__source__fresh_until",
)
READING_SORTS = Sorts(
    ids=dict.fromkeys(_ORDER, str),
    by={
        "model": by(*_ORDER[:2]),
        "benchmark": by("series__benchmark__slug"),
        "setup": by("series__setup"),
        "value": by("value", kind=Decimal),
        "qualifier": by("qualifier"),
        "low": perhaps("low", Decimal),
        "high": perhaps("high", Decimal),
        "items": perhaps("items", int),
        "evaluator": by("evaluator"),
        "starts_at": by("starts_at", kind=datetime),
        "starts_basis": by("starts_basis"),
        "status": by("told_status"),
        "source": perhaps("claim__source__slug"),
        "revision": by("revision_id", kind=int),
    },
    default="model",
)


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One score that stands: what the model reaches on the benchmark under the setup.

    ``point_id`` leads to its receipt. ``value``, ``low`` and ``high`` are plain decimals on the
    benchmark's scale, the latter two the ends of the 95 % interval that the source tells (None:
    none told). ``items``: how many items the run was made of, where told. ``qualifier``,
    ``evaluator``: words of `QUALIFIERS`, `EVALUATORS`. ``starts_at``: the day that the score was
    measured, where ``starts_basis`` is ``stated``, else when it was first seen. ``status``: today's
    when the read is about now, otherwise the stored one. ``source``: whose word it is; None is a
    curator's.
    """

    point_id: int
    model_id: int
    lab: str
    slug: str
    benchmark: str
    setup: Setup
    value: Decimal
    qualifier: str
    low: Decimal | None
    high: Decimal | None
    items: int | None
    evaluator: str
    starts_at: datetime
    starts_basis: str
    status: str
    cause: str
    revision: int
    source: str | None

    @property
    def model(self) -> str:
        """The readable id of the model, ``lab/slug``."""
        return f"{self.lab}/{self.slug}"


@dataclass(frozen=True, slots=True)
class ReadingFilter:
    """Which readings are meant; None is any.

    ``model``: a model's lab and slug. ``benchmark``: a slug. The fields of a setup are compared as
    the setup spells them, and the empty text asks for readings whose source says nothing of it.
    """

    model: tuple[str, str] | None = None
    lab: str | None = None
    benchmark: str | None = None
    attempts: str | None = None
    effort: str | None = None
    harness: str | None = None
    subset: str | None = None
    version: str | None = None
    evaluator: str | None = None
    qualifier: str | None = None
    source: str | None = None


def readings(
    wanted: ReadingFilter | None,
    as_of: AsOf,
    *,
    sort: str = READING_SORTS.default,
    after: Key | None = None,
    limit: int,
) -> Page[ReadingRow]:
    """Readings that stand, in one of the orders of `READING_SORTS`.

    Else by lab, model, benchmark and setup. One statement.
    """
    wanted = wanted or ReadingFilter()
    points = _of_points(_standing(_series(wanted), as_of), wanted)
    if sort.endswith("status"):
        points = points.annotate(told_status=told_status(as_of))
    return page_of(
        points.values_list(*READING_COLUMNS),
        READING_SORTS,
        sort,
        read=lambda *columns: reading_row(as_of, *columns),
        after=after,
        limit=limit,
    )


def readings_of_models(
    model_ids: Collection[int], as_of: AsOf
) -> dict[int, tuple[ReadingRow, ...]]:
    """Every reading of the models, by benchmark and setup; a model without any has ().

    One statement, none for no models.
    """
    answer: dict[int, list[ReadingRow]] = {model_id: [] for model_id in model_ids}
    if answer:
        points = _standing(ScoreSeries.objects.filter(model_id__in=model_ids), as_of)
        for columns in points.values_list(*READING_COLUMNS).order_by(*_ORDER):
            row = reading_row(as_of, *columns)
            answer[row.model_id].append(row)
    return {model_id: tuple(rows) for model_id, rows in answer.items()}


def rows_of(points: QuerySet[ScorePoint], as_of: AsOf) -> tuple[ReadingRow, ...]:
    """Scored points as readings, in their order. One statement."""
    return tuple(reading_row(as_of, *columns) for columns in points.values_list(*READING_COLUMNS))


def _series(wanted: ReadingFilter) -> QuerySet[ScoreSeries]:
    lab, slug = wanted.model or (None, None)
    asked = {"model__slug": slug, "benchmark__slug": wanted.benchmark}
    found = ScoreSeries.objects.filter(**{k: v for k, v in asked.items() if v is not None})
    for of_lab in filter(None, (lab, wanted.lab)):
        found = found.filter(model__lab__slug=of_lab)
    said = {spec.name: getattr(wanted, spec.name) for spec in fields(Setup)}
    # No word of a setup holds ; or = so the wrapped text finds exactly one field.
    wrapped = Concat(Value(";"), "setup", Value(";"))
    for name, value in said.items():
        if value:
            found = found.filter(Contains(wrapped, f";{name}={value};"))
        elif value is not None:
            found = found.exclude(Contains(wrapped, f";{name}="))
    return found


def _standing(series: QuerySet[ScoreSeries], as_of: AsOf) -> QuerySet[ScorePoint]:
    points = standing_points(ScorePoint, series, at=as_of.at, revision=as_of.pinned_revision)
    return points.filter(state=ScorePoint.State.SCORED)


def _of_points(points: QuerySet[ScorePoint], wanted: ReadingFilter) -> QuerySet[ScorePoint]:
    asked = {
        "evaluator": wanted.evaluator,
        "qualifier": wanted.qualifier,
        "claim__source__slug": wanted.source,
    }
    return points.filter(**{name: value for name, value in asked.items() if value is not None})


def reading_row(as_of: AsOf | None, *columns: Any) -> ReadingRow:
    """Reads `READING_COLUMNS` as the database gives them; without a moment the stored status."""
    pk, model_id, lab, slug, benchmark, setup, value, qualifier, low, high, *rest = columns
    items, evaluator, starts_at, basis, status, cause, revision, source, fresh_until = rest
    if as_of is not None and as_of.is_about_now and fresh_until is not None:
        status = ScorePoint.Status.STALE.value if fresh_until < as_of.at else status
    return ReadingRow(
        point_id=pk,
        model_id=model_id,
        lab=lab,
        slug=slug,
        benchmark=benchmark,
        setup=_setup_of(setup),
        value=plain(value),
        qualifier=qualifier,
        low=None if low is None else plain(low),
        high=None if high is None else plain(high),
        items=items,
        evaluator=evaluator,
        starts_at=starts_at,
        starts_basis=basis,
        status=status,
        cause=cause,
        revision=revision,
        source=source,
    )

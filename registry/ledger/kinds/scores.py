"""Scores of models on benchmarks; each is signed with the word ``score`` before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from registry.ingest.batches import batched
from registry.ledger.chain import SignedPoint, signed_figure, signed_moment
from registry.ledger.kinds.kind import PointKind
from registry.ledger.models import ScorePoint, ScoreSeries
from registry.ledger.points import PointError
from registry.ledger.scores import NewScore

_FIGURES = (
    "starts_basis", "state", "value", "qualifier", "low", "high", "items", "evaluator", "status",
    "cause",
)  # fmt: skip


class SignedScore(NamedTuple):
    """A score in readable fields; ``model`` is ``lab/slug``, ``benchmark`` a slug."""

    kind: str
    model: str
    benchmark: str
    setup: str
    starts_at: str
    starts_basis: str
    state: str
    value: str | None
    qualifier: str
    low: str | None
    high: str | None
    items: int | None
    evaluator: str
    status: str
    cause: str
    claim: str | None


class Scores(PointKind[NewScore]):
    """What a model scores on a benchmark under a setup."""

    noun = "score point"
    new = NewScore
    points = ScorePoint
    series = ScoreSeries
    series_columns = ("model_id", "benchmark_id", "setup")
    signed_columns = (
        "series__model__lab__slug", "series__model__slug", "series__benchmark__slug",
        "series__setup", "starts_at", *_FIGURES, "claim__digest",
    )  # fmt: skip

    def sign(self, points: Sequence[NewScore], claims: Mapping[int, str]) -> Iterator[SignedPoint]:
        models = _model_names({point.model_id for point in points})
        benchmarks = _benchmark_slugs({point.benchmark_id for point in points})
        for point in points:
            if point.model_id not in models:
                raise PointError(point, "model", point.model_id, "a model of the catalogue")
            if point.benchmark_id not in benchmarks:
                raise PointError(point, "benchmark", point.benchmark_id, "a declared benchmark")
            yield self.signed_row(
                *models[point.model_id],
                benchmarks[point.benchmark_id],
                point.setup.key,
                point.starts_at,
                *(getattr(point, name) for name in _FIGURES),
                None if point.claim_id is None else claims[point.claim_id],
            )

    def signed_row(self, *columns: Any) -> SignedPoint:
        return _signed(*columns)

    def figures(self, point: NewScore) -> dict[str, Any]:
        return {name: getattr(point, name) for name in _FIGURES}


def _signed(
    lab: str,
    slug: str,
    benchmark: str,
    setup: str,
    starts_at: datetime,
    starts_basis: str,
    state: str,
    value: Decimal | None,
    qualifier: str,
    low: Decimal | None,
    high: Decimal | None,
    items: int | None,
    evaluator: str,
    status: str,
    cause: str,
    claim: str | None,
) -> SignedScore:
    return SignedScore(
        kind="score",
        model=f"{lab}/{slug}",
        benchmark=benchmark,
        setup=setup,
        starts_at=signed_moment(starts_at),
        starts_basis=str(starts_basis),
        state=str(state),
        value=signed_figure(value),
        qualifier=str(qualifier),
        low=signed_figure(low),
        high=signed_figure(high),
        items=items,
        evaluator=str(evaluator),
        status=str(status),
        cause=str(cause),
        claim=claim,
    )


def _model_names(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = (
        row
        for batch in batched(ids)
        for row in Model.objects.filter(pk__in=batch).values_list("pk", "lab__slug", "slug")
    )
    return {pk: (lab, slug) for pk, lab, slug in rows}


def _benchmark_slugs(ids: Collection[int]) -> dict[int, str]:
    return dict(Benchmark.objects.filter(pk__in=ids).values_list("pk", "slug"))

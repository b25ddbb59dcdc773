"""From a registry's published scores to the files of the bundled catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from django.db.models import Q, QuerySet

from registry.catalog.models import Model
from registry.ingest.models import Claim, ModelName
from registry.ledger.models import ScorePoint, ScoreSeries
from registry.pipeline.bundle.numbers import RunNumbers, moment_text
from registry.pipeline.bundle.score_format import (
    BundledForm,
    BundledLabScores,
    BundledName,
    BundledReading,
    BundledScore,
    BundledScores,
    BundledScoreSeries,
    write_scores,
)
from registry.scoring.figures import plain

_DEFAULT_TOLD = ("exact", "independent")
_DEFAULT_WORDS = ("observed", "single", "first_seen")


def dump_scores(directory: Path, runs: RunNumbers) -> set[int]:
    """Writes every model that has a published score; the ids of those models."""
    scores_directory = directory / "scores"
    models = Model.objects.filter(score_series__isnull=False).distinct().select_related("lab")
    written = set()
    found = set()
    for lab, group in groupby(models.order_by("lab__slug", "slug"), key=lambda one: one.lab.slug):
        scores_directory.mkdir(parents=True, exist_ok=True)
        path = scores_directory / f"{lab}.json"
        of_lab, forms = list(group), _Forms()
        scores = [_scores_out(model, runs, forms) for model in of_lab]
        write_scores(BundledLabScores(list(forms.of), scores), path)
        written.add(path)
        found |= {model.pk for model in of_lab}
    for path in set(scores_directory.glob("*.json")) - written:
        path.unlink()
    return found


@dataclass(slots=True)
class _Positions:
    """Rows numbered in the order in which they are met."""

    of: dict[int, int] = field(default_factory=dict)

    def at(self, pk: int) -> int:
        return self.of.setdefault(pk, len(self.of))


@dataclass(slots=True)
class _Forms:
    """The forms of a file's claims, numbered in the order in which they are met."""

    of: dict[BundledForm, int] = field(default_factory=dict)

    def at(self, form: BundledForm) -> int:
        return self.of.setdefault(form, len(self.of))


def _scores_out(model: Model, runs: RunNumbers, forms: _Forms) -> BundledScores:
    claims, names = _Positions(), _Positions()
    series = list(_series_out(model, claims))
    live = set(_claims_of(model).filter(entries__missed_runs=0).values_list("pk", flat=True))
    for pk in sorted(live):
        claims.at(pk)
    rows = Claim.objects.select_related("model_name").in_bulk(list(claims.of))
    said = [
        _claim_out(
            rows[pk],
            run=runs.number(rows[pk].first_run_id),
            name=names.at(rows[pk].model_name_id or 0),
            forms=forms,
            live=pk in live,
        )
        for pk in claims.of
    ]
    known = ModelName.objects.select_related("source").in_bulk(list(names.of))
    return BundledScores(model.slug, [_name_out(known[pk]) for pk in names.of], said, series)


def _claims_of(model: Model) -> QuerySet[Claim]:
    known = Q(model_name__model=model, benchmark_name__benchmark__isnull=False)
    return Claim.objects.filter(known)


def _series_out(model: Model, claims: _Positions) -> Iterator[BundledScoreSeries]:
    points: dict[int, list[ScorePoint]] = defaultdict(list)
    rows = ScorePoint.objects.filter(series__model=model)
    for point in rows.order_by("series_id", "revision_id", "starts_at"):
        points[point.series_id].append(point)
    series = ScoreSeries.objects.filter(model=model).select_related("benchmark")
    for one in series.order_by("benchmark__slug", "setup"):
        out = [_point_out(point, claims) for point in points[one.pk]]
        yield BundledScoreSeries(one.benchmark.slug, one.setup, out)


def _point_out(point: ScorePoint, claims: _Positions) -> BundledScore:
    told = (point.qualifier, point.evaluator)
    words = (point.starts_basis, point.status, point.cause)
    return BundledScore(
        moment_text(point.starts_at),
        point.state if point.value is None else f"{plain(point.value):f}",
        -1 if point.claim_id is None else claims.at(point.claim_id),
        point.revision_id,
        "" if point.value is None or told == _DEFAULT_TOLD else " ".join(told),
        "" if words == _DEFAULT_WORDS else " ".join(words),
        "" if point.low is None else f"{plain(point.low):f}",
        "" if point.high is None else f"{plain(point.high):f}",
        point.items or 0,
    )


def _claim_out(claim: Claim, *, run: int, name: int, forms: _Forms, live: bool) -> BundledReading:
    rest = dict(claim.content)
    quote = dict(rest.pop("quote"))
    form = BundledForm(
        rest.pop("benchmark"),
        quote.pop("scale"),
        quote.pop("field"),
        quote.pop("evaluator"),
        claim.page,
    )
    called = "" if claim.model_name is None else claim.model_name.name
    if rest["model"] == called:
        del rest["model"]
    return BundledReading(
        run=run,
        name=name,
        form=forms.at(form),
        entry_key=claim.entry_key,
        written="" if claim.model_id == called else claim.model_id,
        live=live,
        text=quote.pop("text"),
        quote=quote,
        rest=rest,
    )


def _name_out(name: ModelName) -> BundledName:
    return BundledName(
        name.source.slug, name.organisation, name.name, name.matched_by, list(name.aliases)
    )

"""From the scores' files of the bundled catalogue to claims and points; see ``load``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from registry.benchmarks.rows import sync_benchmarks
from registry.ingest.content import digest_over
from registry.ingest.models import Claim, ModelName, Source
from registry.ingest.naming import benchmark_names
from registry.ingest.storable import LONGEST_NAME, storable
from registry.ledger.models import ScorePoint
from registry.ledger.scores import NewScore
from registry.pipeline.bundle.loading import Loading
from registry.pipeline.bundle.numbers import moment_of
from registry.pipeline.bundle.score_format import (
    BundledForm,
    BundledLabScores,
    BundledName,
    BundledReading,
    BundledScore,
    BundledScores,
    BundledScoreSeries,
    read_scores,
)
from registry.pipeline.bundle.text import BundleError
from registry.scoring.setups import Setup

_BATCH = 2_000
_DEFAULT_TOLD = "exact independent"
_DEFAULT_WORDS = "observed single first_seen"


def load_scores(loading: Loading) -> None:
    """Brings in the names and claims of scores, and the points for their revisions.

    Raises `BundleError` for a model, source or benchmark that is not known.
    """
    files = list(read_scores(loading.directory))
    benchmarks = sync_benchmarks()
    sources = {source.slug: source for source in Source.objects.all()}
    by_name = _benchmark_rows([scores for _, scores in files], sources, loading)
    for lab, scores in files:
        path = loading.directory / "scores" / f"{lab}.json"
        for bundled in scores.models:
            ref = f"{lab}/{bundled.model}"
            if ref not in loading.models:
                raise BundleError(path, f"unknown model {ref}")
            names = ModelName.objects.bulk_create(
                _name(name, loading.models[ref], sources, path) for name in bundled.names
            )
            ids = _load_claims(bundled, scores.forms, names, by_name, loading)
            for series in bundled.series:
                if series.benchmark not in benchmarks:
                    raise BundleError(path, f"benchmark {series.benchmark} is not declared")
                key = (loading.models[ref], benchmarks[series.benchmark])
                for point in series.points:
                    loading.points[point.revision].append(_point(point, series, key, ids))


_ByName = Mapping[tuple[int, str], int]
"""Rows of benchmarks' names, by the source that uses one."""


def _benchmark_rows(
    files: Iterable[BundledLabScores], sources: Mapping[str, Source], loading: Loading
) -> _ByName:
    said: dict[int, set[str]] = defaultdict(set)
    for scores in files:
        for one in scores.models:
            for claim in one.claims:
                run = loading.runs[claim.run]
                said[run.source_id].add(_name_of(scores.forms[claim.form]))
    return {
        (source.pk, name): pk
        for source in sources.values()
        if source.pk in said
        for name, pk in benchmark_names(source, said[source.pk]).items()
    }


def _name_of(form: BundledForm) -> str:
    return storable(form.benchmark, LONGEST_NAME)


def _load_claims(
    bundled: BundledScores,
    forms: Sequence[BundledForm],
    names: Sequence[ModelName],
    by_name: _ByName,
    loading: Loading,
) -> list[int]:
    claims = Claim.objects.bulk_create(
        (
            _claim(said, forms[said.form], names[said.name], by_name, loading)
            for said in bundled.claims
        ),
        batch_size=_BATCH,
    )
    for said, claim in zip(bundled.claims, claims, strict=True):
        if said.live:
            run = loading.runs[said.run]
            loading.words[run.source_id, run.part, said.entry_key].append(claim)
    return [claim.pk for claim in claims]


def _name(name: BundledName, model_id: int, sources: Mapping[str, Source], path: Path) -> ModelName:
    if name.source not in sources:
        raise BundleError(path, f"unknown source {name.source}")
    return ModelName(
        source=sources[name.source],
        organisation=name.organisation,
        name=name.name,
        aliases=name.aliases,
        model_id=model_id,
        matched_by=name.matched_by,
    )


def _claim(
    bundled: BundledReading,
    form: BundledForm,
    name: ModelName,
    by_name: _ByName,
    loading: Loading,
) -> Claim:
    run = loading.runs[bundled.run]
    told = {"scale": form.scale, "field": form.field, "evaluator": form.evaluator}
    content = {
        "benchmark": form.benchmark,
        "model": name.name,
        "quote": {"text": bundled.text, **told, **bundled.quote},
        **bundled.rest,
    }
    written = bundled.written or name.name
    key = f"{bundled.entry_key}@{run.at.isoformat()}"
    return Claim(
        source_id=run.source_id,
        digest=digest_over(key, name.organisation, written, form.page, content),
        entry_key=bundled.entry_key,
        provider_name=name.organisation,
        model_id=written,
        content=content,
        page=form.page,
        first_run=run,
        first_seen_at=run.at,
        priced_since=run.at,
        model_name=name,
        benchmark_name_id=by_name[run.source_id, _name_of(form)],
    )


def _point(
    bundled: BundledScore, series: BundledScoreSeries, key: tuple[int, int], claims: list[int]
) -> NewScore:
    basis, status, cause = (bundled.words or _DEFAULT_WORDS).split()
    scored = bundled.value.lstrip("-")[0].isdigit()
    qualifier, evaluator = (bundled.told or _DEFAULT_TOLD).split() if scored else ("", "")
    return NewScore(
        model_id=key[0],
        benchmark_id=key[1],
        setup=Setup.parse(series.setup),
        starts_at=moment_of(bundled.starts_at),
        starts_basis=ScorePoint.Basis(basis),
        state=ScorePoint.State.SCORED if scored else ScorePoint.State(bundled.value),
        value=Decimal(bundled.value) if scored else None,
        qualifier=qualifier,
        evaluator=evaluator,
        status=ScorePoint.Status(status),
        cause=ScorePoint.Cause(cause),
        low=Decimal(bundled.low) if bundled.low else None,
        high=Decimal(bundled.high) if bundled.high else None,
        items=bundled.items or None,
        claim_id=claims[bundled.claim] if bundled.claim >= 0 else None,
    )

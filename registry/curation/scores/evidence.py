"""All that is known of some models on some benchmarks at one moment, gathered in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from registry.benchmarks.declarations import declared_benchmarks
from registry.benchmarks.models import Benchmark
from registry.catalog.matches import Rule
from registry.catalog.names import undated
from registry.curation.models import Ruling
from registry.curation.policy.reasons import Finding, Reason
from registry.curation.policy.scores.deciding import Case, Standing
from registry.curation.policy.scores.saying import Measure, Score, SourceWord, Stated
from registry.curation.policy.thresholds import RUNS_UNTIL_WITHDRAWN
from registry.curation.rulings import distrusted
from registry.curation.scores.rulings import (
    by_series,
    read_rulings,
    score_rulings_in_force,
    staff_word,
)
from registry.curation.scores.series import SeriesName, setup_said
from registry.ingest.batches import batched
from registry.ingest.models import Source, SourceEntry
from registry.ingest.naming import Subject
from registry.ingest.reading_content import reading_in
from registry.ledger.effective import standing_points
from registry.ledger.models import ScorePoint, ScoreSeries
from registry.scoring.figures import Qualifier, plain
from registry.scoring.readings import Evaluator
from registry.scoring.scales import SCALES
from registry.scoring.setups import Setup
from scrapers.claims import ReadingClaim


@dataclass(frozen=True, slots=True)
class _Word:
    """One live claim, and whether its entry is missing from the source's last body."""

    stated: Stated
    missing: bool


def gather_scores(
    subjects: Collection[Subject],
    *,
    at: datetime,
    beside: Collection[Ruling] = (),
    late: bool = False,
) -> dict[SeriesName, Case]:
    """A case for every series of the subjects that is said or stands.

    ``beside``: rulings that are not made yet, for whoever wants to see what they would change.
    ``late``: more was published since, at later moments.
    """
    if not subjects:
        return {}
    benchmarks = Benchmark.objects.in_bulk({benchmark for _, benchmark in subjects})
    ruled = by_series((*score_rulings_in_force(subjects), *beside))
    said = _said(subjects, benchmarks, unheard=distrusted(at))
    standing = _standing(subjects, at)
    sources = {source.pk: source for source in Source.objects.select_related("derives_from")}
    cases = {}
    for name in dict.fromkeys((*said, *standing, *ruled)):
        words = [
            _word(sources[source_id], group, at) for source_id, group in said.get(name, {}).items()
        ]
        if (staff := staff_word(ruled.get(name, ()))) is not None:
            words.append(staff)
        rulings = read_rulings(ruled.get(name, ()), at=at)
        measure = _measure(benchmarks[name.benchmark_id], name.setup)
        cases[name] = Case(at, measure, tuple(words), standing.get(name), rulings, late)
    return cases


def _said(
    subjects: Collection[Subject], benchmarks: Mapping[int, Benchmark], *, unheard: set[int]
) -> dict[SeriesName, dict[int, list[_Word]]]:
    """By series and source, the claims that the source's entries make now."""
    said: dict[SeriesName, dict[int, list[_Word]]] = defaultdict(lambda: defaultdict(list))
    for row in _live_claims(subjects):
        subject, version, subset, said_by, claim = _read_row(*row)
        if subject not in subjects or said_by.source_id in unheard:
            continue
        slug = benchmarks[subject[1]].slug
        setup = setup_said(claim.setup, slug, version=version, subset=subset)
        stated = _stated(claim, said_by, setup)
        name = SeriesName(*subject, claim.setup if setup is None else setup)
        said[name][said_by.source_id].append(_Word(stated, said_by.missing))
    return said


class _Row(NamedTuple):
    source_id: int
    claim_id: int
    seen_at: datetime
    missing: bool
    matched_by: str
    model_name: str


def _live_claims(subjects: Collection[Subject]) -> Iterator[tuple[Any, ...]]:
    links = SourceEntry.claims.through.objects.filter(
        sourceentry__missed_runs__lt=RUNS_UNTIL_WITHDRAWN,
        claim__benchmark_name__benchmark__in={benchmark for _, benchmark in subjects},
    )
    for batch in batched({model for model, _ in subjects}):
        yield from (
            links.filter(claim__model_name__model__in=batch)
            .order_by("claim_id")
            .values_list(
                "claim__model_name__model_id",
                "claim__benchmark_name__benchmark_id",
                "claim__benchmark_name__version",
                "claim__benchmark_name__subset",
                "claim__provider_name",
                "claim__model_id",
                "claim__page",
                "claim__content",
                "claim__source_id",
                "claim_id",
                "claim__first_seen_at",
                "sourceentry__missed_runs",
                "claim__model_name__matched_by",
                "claim__model_name__name",
            )
        )


def _read_row(
    model_id: int,
    benchmark_id: int,
    version: str,
    subset: str,
    organisation: str,
    written: str,
    page: str,
    content: dict[str, Any],
    source_id: int,
    claim_id: int,
    seen_at: datetime,
    missed_runs: int,
    matched_by: str,
    model_name: str,
) -> tuple[Subject, str, str, _Row, ReadingClaim]:
    claim = reading_in(content, organisation=organisation, written=written, page=page)
    row = _Row(source_id, claim_id, seen_at, missed_runs > 0, matched_by, model_name)
    return (model_id, benchmark_id), version, subset, row, claim


def _stated(claim: ReadingClaim, row: _Row, setup: Setup | None) -> Stated:
    remarks = [
        Finding(Reason(remark.fault.value), remark.field, remark.value, remark.expected)
        for remark in claim.remarks
    ]
    if setup is None:
        remarks.append(
            Finding(
                Reason.CONFLICTING_FIGURES,
                "setup",
                claim.setup.key,
                f"a setup of {claim.benchmark}",
            )
        )
    return Stated(
        claim_id=row.claim_id,
        quote=claim.quote,
        seen_at=row.seen_at,
        by_name=row.matched_by != Rule.OTHER_NAME,
        snapshot=row.model_name[len(undated(row.model_name)) :].strip("-@").replace("-", ""),
        remarks=tuple(remarks),
    )


def _word(source: Source, group: list[_Word], at: datetime) -> SourceWord:
    in_time = source.fresh_until is not None and at <= source.fresh_until
    return SourceWord(
        source=source.slug,
        group=(source.derives_from or source).slug,
        trust=source.trust,
        own=False,
        fresh=in_time and not all(word.missing for word in group),
        stated=tuple(word.stated for word in group),
    )


def _measure(benchmark: Benchmark, setup: Setup) -> Measure:
    declared = declared_benchmarks().by_slug[benchmark.slug]
    return Measure(SCALES[benchmark.scale], declared.items_for(setup))


def _standing(subjects: Collection[Subject], at: datetime) -> dict[SeriesName, Standing]:
    standing = {}
    benchmarks = {benchmark for _, benchmark in subjects}
    for batch in batched({model for model, _ in subjects}):
        series = ScoreSeries.objects.filter(model_id__in=batch, benchmark_id__in=benchmarks)
        points = standing_points(ScorePoint, series, at=at, revision=None)
        for point in points.select_related("series"):
            of = point.series
            if (of.model_id, of.benchmark_id) in subjects:
                name = SeriesName(of.model_id, of.benchmark_id, Setup.parse(of.setup))
                stated = point.starts_basis == ScorePoint.Basis.STATED
                standing[name] = Standing(_score(point, stated), point.starts_at, stated)
    return standing


def _score(point: ScorePoint, stated: bool) -> Score | None:
    if point.value is None:
        return None
    return Score(
        value=plain(point.value),
        qualifier=Qualifier(point.qualifier),
        evaluator=Evaluator(point.evaluator),
        low=_plain(point.low),
        high=_plain(point.high),
        items=point.items,
        dated=point.starts_at,
        stated=stated,
        seen_at=point.starts_at,
        claim_id=point.claim_id or 0,
    )


def _plain(figure: Decimal | None) -> Decimal | None:
    return None if figure is None else plain(figure)

"""What persons decided of scores, as the policy hears it; and what they state, as a word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from registry.curation.models import Ruling
from registry.curation.policy.rulings import Told
from registry.curation.policy.scores.rulings import RefusedScore, ScoreRulings
from registry.curation.policy.scores.saying import SourceWord, Stated
from registry.curation.rulings import STAFF, STAFF_TRUST
from registry.curation.scores.series import SeriesName
from registry.ingest.batches import batched
from registry.ingest.naming import Subject
from registry.ingest.reading_content import reading_in
from registry.scoring.setups import Setup

_VALUE = "value"


def score_rulings_in_force(subjects: Collection[Subject]) -> list[Ruling]:
    """The rulings on scores of some models on some benchmarks that nobody has lifted, by age."""
    benchmarks = {benchmark for _, benchmark in subjects}
    return [
        ruling
        for batch in batched({model for model, _ in subjects})
        for ruling in Ruling.objects.filter(
            model_id__in=batch, benchmark_id__in=benchmarks, lifted_at=None
        )
        .select_related("source", "claim")
        .order_by("made_at", "pk")
        if (ruling.model_id, ruling.benchmark_id) in subjects
    ]


def series_of_ruling(ruling: Ruling) -> SeriesName:
    """The series that a ruling on a score is of."""
    return SeriesName(ruling.model_id or 0, ruling.benchmark_id or 0, Setup.parse(ruling.setup))


def rows_of_score(value: Decimal) -> list[list[str]]:
    """A score as a ruling keeps it."""
    return [[_VALUE, f"{value:f}"]]


def by_series(rulings: Iterable[Ruling]) -> dict[SeriesName, list[Ruling]]:
    """Rulings on scores, by what they are of."""
    grouped: dict[SeriesName, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        grouped[series_of_ruling(ruling)].append(ruling)
    return dict(grouped)


def read_rulings(rulings: Iterable[Ruling], *, at: datetime) -> ScoreRulings:
    """What the policy has to heed of the rulings on one series."""
    accepted: set[Told] = set()
    refused: list[RefusedScore] = []
    pinned = False
    for ruling in rulings:
        if ruling.kind == Ruling.Kind.ACCEPT:
            accepted |= {(reason, field, value) for reason, field, value in ruling.findings}
        elif ruling.kind == Ruling.Kind.REFUSE:
            source = ruling.source.slug if ruling.source else None
            refused += (RefusedScore(source, Decimal(value)) for _, value in ruling.rows)
        elif ruling.kind == Ruling.Kind.PIN:
            pinned = pinned or ruling.until is None or at < ruling.until
    return ScoreRulings(frozenset(accepted), tuple(refused), pinned)


def staff_word(rulings: Iterable[Ruling]) -> SourceWord | None:
    """What persons state of a series: the last correction; it is outvoted by nobody."""
    stated = [one.claim for one in rulings if one.kind == Ruling.Kind.STATE]
    claim = stated[-1] if stated else None
    if claim is None:
        return None
    said = reading_in(
        claim.content, organisation=claim.provider_name, written=claim.model_id, page=claim.page
    )
    return SourceWord(
        source=STAFF,
        group=STAFF,
        trust=STAFF_TRUST,
        own=True,
        fresh=True,
        stated=(Stated(claim.pk, said.quote, claim.first_seen_at),),
    )


def expired_score_pins(at: datetime) -> set[Subject]:
    """What pins of scores that have run out are of, and nobody has decided since."""
    return {(pin.model_id or 0, pin.benchmark_id or 0) for pin in _expired(at)}


def lift_expired_score_pins(series: Mapping[SeriesName, object], *, at: datetime) -> None:
    """Marks the pins of decided series that have run out."""
    done = [pin.pk for pin in _expired(at) if series_of_ruling(pin) in series]
    Ruling.objects.filter(pk__in=done).update(lifted_at=at)


def _expired(at: datetime) -> list[Ruling]:
    pins = Ruling.objects.filter(kind=Ruling.Kind.PIN, lifted_at=None, until__lte=at)
    return list(pins.exclude(benchmark=None))

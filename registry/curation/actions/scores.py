"""What a person says a model scores: another figure, that a start never was, or that it stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from registry.benchmarks.models import Benchmark
from registry.curation.actions.answers import Answered, close_items, open_items, series_of_items
from registry.curation.actions.audit import CORRECT, DECIDE, Hand, Person, take_hand, write_event
from registry.curation.actions.by_hand import lift_by, publish_by, publish_decided_by
from registry.curation.actions.deciding import decide_offers
from registry.curation.actions.in_turn import model_in_turn, refuse_outdated
from registry.curation.actions.refusals import ActionRefused, refuse_past
from registry.curation.actions.score_statements import ScoreFigures, state_score
from registry.curation.actions.telling import told_starts
from registry.curation.models import AuditEvent, Review, Ruling
from registry.curation.policy.scores.saying import Kept
from registry.curation.scores.points import score_retraction, scores_of_model
from registry.curation.scores.rulings import rows_of_score
from registry.curation.scores.series import SeriesName, named
from registry.ingest.models import Claim
from registry.ledger.models import Revision, ScorePoint
from registry.scoring.figures import plain
from registry.scoring.setups import Setup


@transaction.atomic
def correct_score(
    series: SeriesName,
    figures: ScoreFigures,
    *,
    address: str,
    by: Person,
    note: str,
    page: str,
    at: datetime,
    read_at: int | None = None,
) -> Answered:
    """States what a model scores, as a claim of its own that is trusted most.

    Measured later than what stands it is a new start, else it corrects the start that stands.
    ``address``: where a person can check it. ``read_at``: the revision that the page showed. Raises
    `ActionRefused`, `Outdated`, `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    _series_in_turn(series, read_at)
    return _correct(series, figures, address, hand)


@transaction.atomic
def approve_edited_score(
    review_id: int,
    figures: ScoreFigures,
    *,
    address: str,
    by: Person,
    note: str,
    page: str,
    at: datetime,
) -> Answered:
    """Answers an item of a score with another figure: a correction that closes it.

    Raises `AnsweredAlready`, `ActionRefused`, `NotAllowed`.
    """
    hand = take_hand(by, DECIDE, note=note, page=page, at=at)
    take_hand(by, CORRECT, note=note, page=page, at=at)
    [item] = items = open_items([review_id])
    series = series_of_items(items).get(item.pk)
    if series is None:
        raise ActionRefused("item", item, "one of a score whose names are known")
    close_items(items, Review.State.CORRECTED, hand)
    return _correct(series, figures, address, hand, item)


@transaction.atomic
def retract_score(
    point_id: int, *, by: Person, note: str, page: str, at: datetime, read_at: int | None = None
) -> Answered:
    """Takes a published score back: it never was, and what stood before stands again.

    The value is not heard in that series any more, whoever says it. Raises `ActionRefused`,
    `Outdated`, `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    found = ScorePoint.objects.select_related("series").filter(pk=point_id).first()
    if found is None:
        raise ActionRefused("point", point_id, "a published score")
    series = series_of_point(found)
    _series_in_turn(series, read_at)
    point = _start_of(found)
    if point is None:
        raise ActionRefused("point", found, "a start that is not taken back already")
    refusals = [] if point.value is None else [_refusal(series, point, hand)]
    lifted = _lift_statements(series, hand)
    takes_back = score_retraction(point)
    first = publish_by(hand, [takes_back])
    decided = decide_offers((), at=at, subjects={series.subject})
    published = publish_decided_by(hand, decided)
    event = write_event(
        AuditEvent.Action.RETRACT,
        named([series])[series],
        hand,
        changed=told_starts((takes_back, *decided.starts)),
        revisions=[first, published.revision],
        rulings=[ruling.pk for ruling in refusals],
        lifted=lifted,
    )
    return Answered(event, published.revision or first, 0)


@transaction.atomic
def pin_score(
    series: SeriesName, *, until: datetime, by: Person, note: str, page: str, at: datetime
) -> Answered:
    """Keeps a score as it is until a moment, whatever boards say meanwhile.

    Raises `ActionRefused` for a moment that is past, `NotAllowed`.
    """
    hand = take_hand(by, CORRECT, note=note, page=page, at=at)
    _series_in_turn(series, None)
    refuse_past("until", until, at=at)
    ruling = _ruling(series, Ruling.Kind.PIN, hand)
    ruling.until = until
    ruling.save()
    event = write_event(
        AuditEvent.Action.PIN,
        named([series])[series],
        hand,
        changed=[f"nothing is published before {until:%Y-%m-%d %H:%M}"],
        rulings=[ruling.pk],
        subjects=[series.subject],
    )
    return Answered(event, None, 0)


def series_of_point(point: ScorePoint) -> SeriesName:
    """The series that a published score is a start of."""
    of = point.series
    return SeriesName(of.model_id, of.benchmark_id, Setup.parse(of.setup))


def _correct(
    series: SeriesName,
    figures: ScoreFigures,
    address: str,
    hand: Hand,
    item: Review | None = None,
) -> Answered:
    claim, reading = state_score(series, figures, address=address, hand=hand)
    lifted = _lift_statements(series, hand)
    ruling = _ruling(series, Ruling.Kind.STATE, hand)
    ruling.claim, ruling.rows = claim, rows_of_score(reading.value)
    ruling.save()
    decided = decide_offers((), at=hand.at, subjects={series.subject})
    _refuse_what_is_kept(decided.scores[series].kept, claim)
    published = publish_decided_by(hand, decided)
    event = write_event(
        AuditEvent.Action.CORRECT if item is None else AuditEvent.Action.EDIT,
        named([series])[series],
        hand,
        changed=told_starts(decided.starts) or [f"{plain(reading.value):f} stays"],
        revisions=[published.revision],
        rulings=[ruling.pk],
        lifted=lifted,
        reviews=[] if item is None else [item.pk],
    )
    return Answered(event, published.revision, 0 if item is None else 1)


def _refuse_what_is_kept(kept: tuple[Kept, ...], claim: Claim) -> None:
    """A person's own figure is not held for another person: it is refused with what was found."""
    for one in kept:
        if one.claim_id == claim.pk:
            found = one.findings[0]
            raise ActionRefused(found.field, found.value, found.expected)


def _series_in_turn(series: SeriesName, read_at: int | None) -> None:
    """Nobody else writes; raises `Outdated` where the series moved since a revision."""
    model_in_turn(series.model_id)
    if not Benchmark.objects.filter(pk=series.benchmark_id, declared=True).exists():
        raise ActionRefused("benchmark", series.benchmark_id, "a declared benchmark")
    published = Revision.objects.filter(
        scorepoints__series__model_id=series.model_id,
        scorepoints__series__benchmark_id=series.benchmark_id,
        scorepoints__series__setup=series.setup.key,
    )
    refuse_outdated(named([series])[series], published, read_at)


def _start_of(point: ScorePoint) -> ScorePoint | None:
    """The point that counts at a start now; None where it was taken back."""
    of = (point.series_id, point.starts_at)
    counting = scores_of_model(point.series.model_id)
    return next((one for one in counting if (one.series_id, one.starts_at) == of), None)


def _ruling(series: SeriesName, kind: Ruling.Kind, hand: Hand) -> Ruling:
    return Ruling.objects.create(
        kind=kind,
        model_id=series.model_id,
        benchmark_id=series.benchmark_id,
        setup=series.setup.key,
        made_at=hand.at,
        by=hand.by,
        note=hand.note,
    )


def _refusal(series: SeriesName, point: ScorePoint, hand: Hand) -> Ruling:
    """Whoever says this of the series is not heard."""
    ruling = _ruling(series, Ruling.Kind.REFUSE, hand)
    ruling.rows = rows_of_score(plain(point.value)) if point.value is not None else []
    ruling.save()
    return ruling


def _lift_statements(series: SeriesName, hand: Hand) -> list[int]:
    """A correction that is replaced or taken back is in force no more; the ids of those lifted."""
    stated = Ruling.objects.filter(
        kind=Ruling.Kind.STATE,
        model_id=series.model_id,
        benchmark_id=series.benchmark_id,
        setup=series.setup.key,
        lifted_at=None,
    )
    return lift_by(hand, stated)

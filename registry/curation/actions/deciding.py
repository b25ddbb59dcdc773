"""What is decided on all that is known, as points for the ledger; shared by runs and persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from registry.catalog.models import Offer
from registry.catalog.showing import write_rows
from registry.curation.evidence import gather
from registry.curation.facts.resolving import ResolvedFacts, resolve_facts
from registry.curation.facts.reviews import write_fact_reviews
from registry.curation.facts.shown import ShownRow, changes_of
from registry.curation.models import Ruling
from registry.curation.policy.decisions import Case, Decision, decide
from registry.curation.policy.points import Point
from registry.curation.policy.rulings import Told
from registry.curation.policy.scores.deciding import Decision as ScoreDecision
from registry.curation.policy.voices import Slot
from registry.curation.reviews import write_reviews
from registry.curation.rulings import homes, in_force, lift_expired_pins
from registry.curation.scores.publication import decide_scores, new_scores
from registry.curation.scores.reviews import write_score_reviews
from registry.curation.scores.rulings import lift_expired_score_pins
from registry.curation.scores.series import SeriesName
from registry.ingest.models import Run, Source
from registry.ingest.naming import Subject as ScoreSubject
from registry.ledger.asof import starts_after
from registry.ledger.facts import Subject
from registry.ledger.models import PricePoint, Revision
from registry.ledger.points import NewPoint, NewStart
from registry.ledger.record import publish
from registry.ledger.standings import Standing


@dataclass(frozen=True, slots=True)
class Decided:
    """What deciding some offers, facts and scores came to; nothing of it is written yet."""

    cases: Mapping[int, Case]
    decisions: Mapping[int, Decision]
    points: tuple[NewPoint, ...]
    facts: ResolvedFacts
    scores: Mapping[SeriesName, ScoreDecision] = field(default_factory=dict)

    @property
    def starts(self) -> tuple[NewStart, ...]:
        """All that is to be published."""
        return (*self.points, *self.facts.points, *new_scores(self.scores))

    @property
    def kept(self) -> int:
        """How many words were kept back."""
        cards = sum(len(decision.kept) for decision in self.decisions.values())
        scores = sum(len(decision.kept) for decision in self.scores.values())
        return cards + scores + len(self.facts.kept)


@dataclass(frozen=True, slots=True)
class Published:
    """What writing a decision came to.

    ``rows``: per offer or model whose columns changed, its kind, its id, and by fact what they
    said before and say now.
    """

    revision: Revision | None
    new_reviews: int
    rows: tuple[ShownRow, ...]


def decide_offers(
    offer_ids: Collection[int],
    *,
    at: datetime,
    subjects: Collection[ScoreSubject] = (),
    beside: Collection[Ruling] = (),
    late: bool = False,
) -> Decided:
    """The decision on each offer, or on the one that it was merged into, and on scores.

    ``subjects``: of which models on which benchmarks. ``beside``: rulings that are not made yet,
    for whoever wants to see what they would change. ``late``: more was published since, at later
    moments.
    """
    of_prices = [one for one in beside if one.benchmark_id is None and not one.fact]
    of_scores = [one for one in beside if one.benchmark_id is not None]
    home = homes()
    cases = gather({home.get(pk, pk) for pk in offer_ids}, at=at, beside=of_prices, late=late)
    decisions = {offer_id: decide(case) for offer_id, case in cases.items()}
    points = (*_new_points(decisions), *_passed_over(decisions, cases))
    accepted = {pk: case.rulings.accepted for pk, case in cases.items()}
    facts = resolve_facts(cases.keys(), at=at, merged=home, accepted=accepted)
    scores = decide_scores(subjects, at=at, beside=of_scores, late=late)
    return Decided(cases, decisions, points, facts, scores)


def decide_facts_of(
    subjects: Collection[Subject], *, at: datetime, beside: Collection[Ruling] = ()
) -> Decided:
    """The decision on the facts of some models and offers alone: no price is touched by it."""
    offers = [subject.pk for subject in subjects if subject.kind == "offer"]
    models = [subject.pk for subject in subjects if subject.kind == "model"]
    accepted: dict[int, set[Told]] = defaultdict(set)
    for ruling in in_force(offers):
        if ruling.kind == Ruling.Kind.ACCEPT and ruling.offer_id is not None:
            accepted[ruling.offer_id] |= {(r, f, v) for r, f, v in ruling.findings}
    facts = resolve_facts(
        offers,
        at=at,
        merged=homes(),
        accepted={pk: frozenset(told) for pk, told in accepted.items()},
        model_ids=models,
        beside=beside,
    )
    return Decided({}, {}, (), facts)


def publish_decided(
    decided: Decided,
    *,
    kind: Revision.Kind,
    at: datetime,
    author: str,
    note: str = "",
    run: Run | None = None,
    beside: Iterable[NewStart] = (),
) -> Published:
    """Publishes what was decided as one revision, the rest as reviews.

    ``beside``: points of the same revision that no source's word led to.
    """
    revision = publish(
        (*decided.starts, *beside),
        kind=kind,
        published_at=at,
        author=author,
        note=note,
    )
    sources = dict(Source.objects.values_list("slug", "pk"))
    seen_at = run.at if run else at
    new_reviews = write_reviews(decided.decisions, sources, at=seen_at, run=run)
    new_reviews += write_fact_reviews(
        decided.facts, decided.cases.keys(), sources, at=seen_at, run=run
    )
    new_reviews += write_score_reviews(decided.scores, at=seen_at, run=run)
    rows = changes_of(decided.facts.offers, decided.facts.models) if run is None else ()
    write_rows(decided.facts.offers, decided.facts.models)
    lift_expired_pins(decided.cases, at=at)
    lift_expired_score_pins(decided.scores, at=at)
    present = {pk: case for pk, case in decided.cases.items() if not case.late}
    ended = {pk for pk, case in present.items() if case.ended}
    priced = {pk for pk, case in present.items() if case.standing or decided.decisions[pk].points}
    _mark_status(ended, Offer.Status.WITHDRAWN)
    _mark_status(priced - ended, Offer.Status.LIVE)
    return Published(revision, new_reviews, rows)


def _new_points(decisions: Mapping[int, Decision]) -> Iterator[NewPoint]:
    for offer_id, decision in decisions.items():
        for point in decision.points:
            yield NewPoint(
                offer_id=offer_id,
                key=point.key,
                starts_at=point.starts_at,
                starts_basis=(
                    PricePoint.Basis.STATED if point.stated else PricePoint.Basis.OBSERVED
                ),
                state=_state(point),
                amount=point.price.amount if point.price else None,
                status=PricePoint.Status(point.status.value),
                cause=PricePoint.Cause(point.cause.value),
                claim_id=point.claim_id,
            )


def _passed_over(
    decisions: Mapping[int, Decision], cases: Mapping[int, Case]
) -> Iterator[NewPoint]:
    """Takes back the starts between now and an earlier moment from which a price now holds."""
    for offer_id, decision in decisions.items():
        case = cases[offer_id]
        claims, after = {}, {}
        for point in decision.points:
            stand = case.standing.get(Slot.of(point.key))
            if stand is not None and point.starts_at < stand.starts_at:
                after[point.key], claims[point.key] = point.starts_at, point.claim_id
        for standing in starts_after(offer_id, after, until=case.at):
            yield retraction(standing, claim_id=claims[standing.key])


def retraction(standing: Standing, *, claim_id: int | None = None) -> NewPoint:
    """Takes back one start: it never happened, and the one before it stands again."""
    return NewPoint(
        standing.offer_id,
        standing.key,
        standing.starts_at,
        standing.starts_basis,
        PricePoint.State.RETRACTED,
        None,
        PricePoint.Status.SINGLE,
        PricePoint.Cause.CORRECTED,
        claim_id,
    )


def ending(standing: Standing, since: datetime) -> NewPoint:
    """Ends what stands from a moment on, by a person's word."""
    return NewPoint(
        standing.offer_id,
        standing.key,
        since,
        PricePoint.Basis.STATED,
        PricePoint.State.WITHDRAWN,
        None,
        PricePoint.Status.SINGLE,
        PricePoint.Cause.WITHDRAWN,
    )


def _state(point: Point) -> PricePoint.State:
    if point.price is not None:
        return PricePoint.State(point.price.state.value)
    return PricePoint.State.RETRACTED if point.cancels else PricePoint.State.WITHDRAWN


def _mark_status(offer_ids: Iterable[int], status: Offer.Status) -> None:
    Offer.objects.filter(pk__in=list(offer_ids)).exclude(status=status).update(status=status)

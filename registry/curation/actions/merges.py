"""Two models that are one: all that is held of the one is from then on held of the other.

The model that goes keeps its row and its series, under which older revisions read it. Its starts
are taken back and published again under the other model, so that nothing is lost by the merge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from registry.catalog.models import Model, ModelAlias, Offer
from registry.curation.actions.answers import Answered
from registry.curation.actions.audit import NAME, Hand, Person, take_hand, write_event
from registry.curation.actions.by_hand import publish_by, publish_decided_by
from registry.curation.actions.deciding import Decided, decide_facts_of, decide_offers
from registry.curation.actions.in_turn import model_in_turn
from registry.curation.actions.refusals import ActionRefused
from registry.curation.actions.telling import told_starts
from registry.curation.facts.shown import show_facts
from registry.curation.facts.starts import fact_retraction
from registry.curation.models import AuditEvent, Ruling
from registry.curation.scores.points import score_again, score_retraction, scores_of_model
from registry.ingest.models import Claim, ModelName
from registry.ingest.naming import Subject as ScoreSubject
from registry.ingest.naming import subjects_of
from registry.ledger.facts import NewFact, Subject
from registry.ledger.facts_asof import FactStanding, fact_history, facts_at
from registry.ledger.models import FactPoint, ScorePoint
from registry.ledger.points import NewStart


@transaction.atomic
def merge_models(
    model_id: int, into_id: int, *, by: Person, note: str, page: str, at: datetime
) -> Answered:
    """Makes a model another name of a second one.

    Its offers, names, scores and facts go over, with their history; where both tell of one moment,
    or of one fact, the second one's word stays. What is said now is then decided anew. Raises
    `ActionRefused`, `NotAllowed`.
    """
    hand = take_hand(by, NAME, note=note, page=page, at=at)
    model, into = model_in_turn(model_id), model_in_turn(into_id)
    if model.pk == into.pk:
        raise ActionRefused("into", into.ref, "another model")
    moves = [*_moved_scores(model, into), *_moved_facts(model, into)]
    first = publish_by(hand, moves)
    handles = _move_names(model, into, hand)
    known = facts_at([Subject.model(into.pk)], at=at).get(Subject.model(into.pk), {})
    shown = show_facts(into, {name: fact.value for name, fact in known.items()})
    subjects = _subjects(into)
    decided = _decide(into, handles["moved_offers"], subjects, at)
    published = publish_decided_by(hand, decided)
    event = write_event(
        AuditEvent.Action.MERGE_MODELS,
        model.ref,
        hand,
        changed=[
            f"{model.ref} is {into.ref}",
            f"{len(handles['moved_offers'])} offers moved",
            f"{len(handles['moved_aliases'])} names moved",
            *told_starts((*moves, *decided.starts)),
        ],
        revisions=[first, published.revision],
        rows=[*shown, *published.rows],
        subjects=sorted(subjects | _subjects(model)),
        **handles,
    )
    return Answered(event, published.revision or first, 0)


def restore_names(handles: Mapping[str, Any]) -> None:
    """Takes back the aliases of an event, and gives a merged model back what was its own."""
    ModelAlias.objects.filter(pk__in=handles.get("aliases", ())).delete()
    Offer.objects.filter(pk__in=handles.get("linked", ())).update(model=None, matched_by="")
    if "merged" in handles:
        model = Model.objects.get(pk=handles["merged"])
        Model.objects.filter(pk=model.pk).update(merged_into=None)
        _give(model, handles)


def _move_names(model: Model, into: Model, hand: Hand) -> dict[str, Any]:
    """What the one is called, sells and was decided of goes over; the ids that undoing needs."""
    handles: dict[str, Any] = {
        "merged": model.pk,
        "moved_offers": list(model.offers.values_list("pk", flat=True)),
        "moved_aliases": list(model.aliases.values_list("pk", flat=True)),
        "moved_names": list(model.names_on_boards.values_list("pk", flat=True)),
        "moved_rulings": list(model.rulings.values_list("pk", flat=True)),
        "moved_models": list(model.absorbed.values_list("pk", flat=True)),
    }
    _give(into, handles)
    Model.objects.filter(pk=model.pk).update(merged_into=into)
    name, made = ModelAlias.objects.get_or_create(
        text=model.ref, defaults={"model": into, "origin": hand.by[:60]}
    )
    return handles | {"aliases": [name.pk] if made else []}


def _give(to: Model, handles: Mapping[str, Any]) -> None:
    Offer.objects.filter(pk__in=handles["moved_offers"]).update(model=to)
    ModelAlias.objects.filter(pk__in=handles["moved_aliases"]).update(model=to)
    ModelName.objects.filter(pk__in=handles["moved_names"]).update(model=to)
    Ruling.objects.filter(pk__in=handles["moved_rulings"]).update(model=to)
    Model.objects.filter(pk__in=handles["moved_models"]).update(merged_into=to)


def _moved_scores(model: Model, into: Model) -> Iterator[NewStart]:
    """Each start under the other model, unless it has one of its own there; none under the one."""
    own = scores_of_model(into.pk)
    taken = {(p.series.benchmark_id, p.series.setup, p.starts_at) for p in own}
    held = {(p.series.benchmark_id, p.series.setup) for p in own}
    for point in scores_of_model(model.pk):
        series = (point.series.benchmark_id, point.series.setup)
        ends = point.state == ScorePoint.State.WITHDRAWN
        yield score_retraction(point)
        if (*series, point.starts_at) not in taken and not (ends and series in held):
            yield score_again(point, point, model_id=into.pk)


def _moved_facts(model: Model, into: Model) -> Iterator[NewStart]:
    """Each fact under the other model up to where its own word begins; none under the one."""
    own = fact_history(Subject.model(into.pk))
    for name, starts in fact_history(Subject.model(model.pk)).items():
        until = own[name][0].starts_at if name in own else None
        for start in starts:
            yield fact_retraction(start)
            if until is None or start.starts_at < until:
                yield _fact_of(into, start)


def _fact_of(into: Model, start: FactStanding) -> NewFact:
    return NewFact(
        of=Subject.model(into.pk),
        name=start.name,
        value=start.value,
        starts_at=start.starts_at,
        starts_basis=start.starts_basis,
        state=FactPoint.State.STATED,
        status=start.status,
        cause=FactPoint.Cause.CORRECTED,
        claim_id=start.claim_id,
    )


def _decide(
    into: Model, offers: Collection[int], subjects: set[ScoreSubject], at: datetime
) -> Decided:
    """What is said now of the one model: its facts and its scores; no price is touched."""
    facts = decide_facts_of([Subject.model(into.pk), *map(Subject.offer, offers)], at=at).facts
    scores = decide_offers((), at=at, subjects=subjects).scores
    return Decided({}, {}, (), facts, scores)


def _subjects(model: Model) -> set[ScoreSubject]:
    """Every benchmark that a board's claim or a published score names the model on."""
    series = model.score_series.values_list("model_id", "benchmark_id").distinct()
    return subjects_of(Claim.objects.filter(model_name__model=model)) | set(series)

"""Facts decided: what to publish, what to show on the catalogue's rows, what waits.

A model's facts are published with the model. An offer's are where they differ: a fact in which an
offer agrees with its model has the model's history and receipt, until the two part. From then on
the offer's fact has a history of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from registry.catalog.declarations import declarations
from registry.catalog.facts import KINDS, LABELS, OF_MODEL, OF_OFFER, SHARED, FactValue, Kind
from registry.catalog.models import Model, Offer
from registry.catalog.names import stamped_month
from registry.catalog.showing import show, told_of
from registry.curation.facts.evidence import FactEvidence, gather_facts
from registry.curation.facts.starts import fact_retraction, start_of, taken_back
from registry.curation.models import Ruling
from registry.curation.policy.elections import Status
from registry.curation.policy.facts.deciding import (
    FactCase,
    FactStep,
    FactVoice,
    KeptFact,
    StandingFact,
    decide_facts,
    status_of,
)
from registry.curation.policy.facts.names import Label, called
from registry.curation.policy.rulings import Told
from registry.ledger.facts import NewFact, Subject
from registry.ledger.facts_asof import fact_history
from registry.ledger.models import FactPoint

_Values = dict[str, FactValue]


@dataclass(slots=True)
class ResolvedFacts:
    """What deciding facts came to.

    ``points``: to publish. ``kept``: what waits. ``offers``, ``models``: rows whose columns now say
    what stands, to be written.
    """

    points: list[NewFact] = field(default_factory=list)
    kept: list[KeptFact] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    models: list[Model] = field(default_factory=list)


def resolve_facts(
    offer_ids: Collection[int],
    *,
    at: datetime,
    merged: Mapping[int, int],
    accepted: Mapping[int, frozenset[Told]],
    model_ids: Collection[int] = (),
    beside: Collection[Ruling] = (),
) -> ResolvedFacts:
    """Decides the facts of offers and of their models on all that is said at a moment.

    ``merged``: offers that are another one, with that one. ``accepted``: by offer, the findings
    that a person has looked at. ``model_ids``: further models. ``beside``: rulings not made yet.
    """
    evidence = gather_facts(offer_ids, at=at, merged=merged, model_ids=model_ids, beside=beside)
    resolved = ResolvedFacts()
    valid: dict[int, _Values] = {}
    moved: dict[int, set[str]] = {}
    offers = evidence.offers_by_model()
    for model_id, model in evidence.models.items():
        case = _model_case(model, offers[model_id], evidence, accepted)
        decision = decide_facts(case)
        subject = Subject.model(model_id)
        known = evidence.known.get(subject, {})
        steps = _timely(subject, decision.steps, evidence)
        valid[model_id] = {name: fact.value for name, fact in known.items()}
        valid[model_id] |= {name: step.value for name, step in steps.items()}
        moved[model_id] = steps.keys() & set(SHARED)
        resolved.points += _points(subject, steps.values(), evidence)
        resolved.kept += decision.kept
        if show(model, _current(subject, steps, evidence) | _name(model, case.voices)):
            resolved.models.append(model)
    for offer_id in evidence.decided:
        offer = evidence.offers[offer_id]
        _resolve_offer(offer, valid.get(offer.model_id or 0, {}), evidence, accepted, resolved)
    for model_id, names in moved.items():
        for offer in offers[model_id]:
            if names and offer.pk not in evidence.decided:
                told = told_of(offer)
                resolved.points += _parted(offer, names, told, valid[model_id], evidence)
    return resolved


def _model_case(
    model: Model,
    offers: Iterable[Offer],
    evidence: FactEvidence,
    accepted: Mapping[int, frozenset[Told]],
) -> FactCase:
    known = evidence.known.get(Subject.model(model.pk), {})
    standing = {
        name: StandingFact(fact.value, evidence.trust.get(fact.claim_id or 0, 0))
        for name, fact in known.items()
    }
    ids = [offer.pk for offer in offers]
    voices = (voice.of_model() for pk in ids for voice in evidence.voices.get(pk, ()))
    return FactCase(
        at=evidence.at,
        fields=OF_MODEL,
        voices=evidence.rulings_on(Subject.model(model.pk)).heard(voices),
        standing=standing,
        accepted=frozenset().union(*(accepted.get(pk, frozenset()) for pk in ids)),
        on_sale_since=evidence.on_sale_since.get(model.pk),
        stamped=stamped_month(model.slug),
    )


def _name(model: Model, voices: Iterable[FactVoice]) -> _Values:
    """What a model is called: as declared, else out of what its offers are called."""
    declared = declarations().names.get(model.ref)
    if declared:
        return {"name": declared}
    labels = [
        Label(str(voice.values["name"]), voice.trust, voice.group)
        for voice in voices
        if "name" in voice.values
    ]
    standing = told_of(model).get("name")
    name = called(model.slug, model.lab.name, labels, None if standing is None else str(standing))
    return {} if name is None else {"name": name}


def _resolve_offer(
    offer: Offer,
    of_model: _Values,
    evidence: FactEvidence,
    accepted: Mapping[int, frozenset[Told]],
    resolved: ResolvedFacts,
) -> None:
    told = told_of(offer)
    beside = {name: of_model[name] for name in ("released_on",) if name in of_model}
    decision = decide_facts(
        FactCase(
            at=evidence.at,
            fields=(*OF_OFFER, *LABELS),
            voices=evidence.rulings_on(Subject.offer(offer.pk)).heard(
                evidence.voices.get(offer.pk, ())
            ),
            standing={name: StandingFact(value, 0) for name, value in told.items()},
            beside=beside,
            accepted=accepted.get(offer.pk, frozenset()),
        )
    )
    steps = _timely(Subject.offer(offer.pk), decision.steps, evidence)
    own = evidence.known.get(Subject.offer(offer.pk), {})
    differing = (
        step
        for name, step in steps.items()
        if name in own or name not in SHARED or step.value != of_model.get(name)
    )
    resolved.points += _points(Subject.offer(offer.pk), differing, evidence)
    unmoved = [name for name in OF_OFFER if name not in steps]
    resolved.points += _parted(offer, unmoved, told, of_model, evidence)
    resolved.kept += decision.kept
    if show(offer, _current(Subject.offer(offer.pk), steps, evidence)):
        resolved.offers.append(offer)


def _parted(
    offer: Offer, names: Iterable[str], told: _Values, of_model: _Values, evidence: FactEvidence
) -> Iterator[NewFact]:
    """Facts that stood with the model's until it moved, and now stand on their own."""
    subject = Subject.offer(offer.pk)
    own = evidence.known.get(subject, {})
    for name in names:
        value = told.get(name)
        if value is None or name in own or value == of_model.get(name):
            continue
        voices = evidence.voices.get(offer.pk, [])
        status, voice = status_of(name, value, voices)
        if voice is not None:
            yield _point(subject, name, value, True, status, voice.claim_id, evidence.at)


def _points(
    subject: Subject, steps: Iterable[FactStep], evidence: FactEvidence
) -> Iterator[NewFact]:
    known = evidence.known.get(subject, {})
    for step in steps:
        if step.name in LABELS:
            continue
        stands = known.get(step.name)
        point = _point(
            subject, step.name, step.value, stands is None, step.status, step.claim_id, evidence.at
        )
        if step.winner.staff and KINDS[step.name] is not Kind.DAY:
            yield from _corrected(point, step.winner.said_since(step.name), evidence.at)
            continue
        yield point
        if stands is not None:
            yield from taken_back(
                subject, step.name, point.starts_at, stands, claim_id=step.claim_id
            )


def _corrected(point: NewFact, since: datetime, at: datetime) -> Iterator[NewFact]:
    """A person's fact holds from the moment that it names; what began since then never was."""
    cause = point.cause
    for past in fact_history(point.of, point.name).get(point.name, ()):
        if since < past.starts_at <= at:
            yield fact_retraction(past, claim_id=point.claim_id)
        elif past.starts_at <= since:
            cause = FactPoint.Cause.CORRECTED
    yield replace(point, starts_at=since, starts_basis=FactPoint.Basis.STATED, cause=cause)


def _point(
    subject: Subject,
    name: str,
    value: FactValue,
    first: bool,
    status: Status,
    claim_id: int,
    at: datetime,
) -> NewFact:
    starts_at, basis = start_of(name, value, at=at)
    return NewFact(
        of=subject,
        name=name,
        value=value,
        starts_at=starts_at,
        starts_basis=basis,
        state=FactPoint.State.STATED,
        status=FactPoint.Status(status.value),
        cause=FactPoint.Cause.FIRST_SEEN if first else FactPoint.Cause.CHANGED,
        claim_id=claim_id,
    )


def _timely(
    subject: Subject, steps: Iterable[FactStep], evidence: FactEvidence
) -> dict[str, FactStep]:
    """The steps by name, but none where what stands at the moment became known later than it."""
    known = evidence.known.get(subject, {})
    return {
        step.name: step
        for step in steps
        if step.name not in known or known[step.name].revision <= evidence.head
    }


def _current(
    subject: Subject, steps: Mapping[str, FactStep], evidence: FactEvidence
) -> dict[str, FactValue]:
    """What the row says now: the steps, but none that a later moment has overtaken already."""
    return {
        name: step.value for name, step in steps.items() if (subject, name) not in evidence.later
    }

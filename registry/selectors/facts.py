"""What is known of models and offers beside their prices, with every source's word on it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.catalog.facts import OF_MODEL, OF_OFFER, FactValue
from registry.catalog.models import Offer
from registry.curation.facts.voices import OfferNames, voices_now, voices_then
from registry.curation.policy.facts.deciding import FactVoice, status_of
from registry.curation.policy.facts.meaning import same_as
from registry.curation.rulings import homes
from registry.ingest.models import Claim
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import FactStanding, facts_at
from registry.ledger.models import FactPoint, Revision
from registry.selectors.clocks import AsOf

FACT_NAMES: tuple[str, ...] = tuple(dict.fromkeys((*OF_MODEL, *OF_OFFER)))
FACT_STATUSES: tuple[str, ...] = tuple(FactPoint.Status.values)
FACT_CAUSES: tuple[str, ...] = tuple(FactPoint.Cause.values)
FACT_STATES: tuple[str, ...] = tuple(FactPoint.State.values)


@dataclass(frozen=True, slots=True)
class FactSide:
    """One claim's word on a fact; ``trust`` is that of its source on this subject.

    ``since``: since when the source has said so. ``claim``: the claim's digest, ``claim_id`` the
    number of its receipt. ``agrees``: whether it means what is published.
    """

    source: str
    trust: int
    value: FactValue
    since: datetime
    claim: str
    claim_id: int
    page: str
    agrees: bool


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that stands since ``starts_at``; ``point_id`` leads to its receipt.

    ``of``: whose history it is. An offer that says nothing else than its model has the model's.
    ``status``: today's when the read is about now, otherwise the stored one. ``source``: whose word
    it is; None is a curator's.
    """

    name: str
    value: FactValue
    of: str
    starts_at: datetime
    starts_basis: str
    status: str
    source: str | None
    revision: int
    point_id: int
    sides: tuple[FactSide, ...]


def facts_of_model(model_id: int, as_of: AsOf) -> tuple[KnownFact, ...]:
    """What is known of a model, in the order of `FACT_NAMES`, as known at both clocks."""
    offers = Offer.objects.filter(model_id=model_id).select_related("provider", "model")
    voices = _voices({offer.pk: _names(offer) for offer in offers}, as_of)
    return _known([Subject.model(model_id)], [voice.of_model() for voice in voices], as_of)


def facts_of_offer(offer_id: int, as_of: AsOf) -> tuple[KnownFact, ...]:
    """What is known of an offer: its own facts, and its model's where it has none of its own."""
    offer = Offer.objects.select_related("provider", "model").get(pk=offer_id)
    subjects = [] if offer.model_id is None else [Subject.model(offer.model_id)]
    voices = _voices({offer_id: _names(offer)}, as_of)
    return _known([*subjects, Subject.offer(offer_id)], voices, as_of)


def _names(offer: Offer) -> OfferNames:
    of_lab = offer.model is not None and offer.provider.lab_id == offer.model.lab_id
    return OfferNames(offer.provider.slug, of_lab)


def _voices(names: Mapping[int, OfferNames], as_of: AsOf) -> list[FactVoice]:
    if as_of.is_about_now:
        by_offer = voices_now(names, at=as_of.at, merged=homes())
    else:
        by_offer = voices_then(names, at=_known_by(as_of))
    return [voice for group in by_offer.values() for voice in group]


def _known_by(as_of: AsOf) -> datetime:
    """The moment up to which words count: the asked one, or that of an earlier publication."""
    if as_of.pinned_revision is None:
        return as_of.at
    published = Revision.objects.filter(number=as_of.pinned_revision)
    return min([as_of.at, *published.values_list("published_at", flat=True)])


def _known(
    subjects: Collection[Subject], voices: Collection[FactVoice], as_of: AsOf
) -> tuple[KnownFact, ...]:
    """The facts of the subjects, a later subject's own before an earlier one's."""
    found = facts_at(subjects, at=as_of.at, revision=as_of.pinned_revision)
    standing: dict[str, FactStanding] = {}
    for subject in subjects:
        standing |= found.get(subject, {})
    claims = (
        Claim.objects.select_related("source")
        .defer("content")
        .in_bulk(
            {v.claim_id for v in voices} | {f.claim_id for f in standing.values() if f.claim_id}
        )
    )
    return tuple(
        _told(standing[name], voices, claims, as_of) for name in FACT_NAMES if name in standing
    )


def _told(
    fact: FactStanding,
    voices: Collection[FactVoice],
    claims: Mapping[int, Claim],
    as_of: AsOf,
) -> KnownFact:
    claim = None if fact.claim_id is None else claims[fact.claim_id]
    said = [voice for voice in voices if fact.name in voice.values]
    status = fact.status.value
    if as_of.is_about_now and said:
        status = status_of(fact.name, fact.value, said)[0].value
    fresh_until = None if claim is None else claim.source.fresh_until
    if as_of.is_about_now and fresh_until is not None and fresh_until < as_of.at:
        status = FactPoint.Status.STALE.value
    same = same_as(fact.name)
    ranked = sorted(said, key=lambda v: (-v.trust, v.source, v.said_since(fact.name), v.claim_id))
    return KnownFact(
        name=fact.name,
        value=fact.value,
        of=fact.subject.kind,
        starts_at=fact.starts_at,
        starts_basis=fact.starts_basis.value,
        status=status,
        source=None if claim is None else claim.source.slug,
        revision=fact.revision,
        point_id=fact.point_id,
        sides=tuple(
            FactSide(
                source=voice.source,
                trust=voice.trust,
                value=voice.values[fact.name],
                since=voice.said_since(fact.name),
                claim=claims[voice.claim_id].digest,
                claim_id=voice.claim_id,
                page=claims[voice.claim_id].page,
                agrees=same(voice.values[fact.name], fact.value),
            )
            for voice in ranked
        ),
    )

"""What is known of models and offers beside their prices, with every source's word on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from registry.catalog.facts import OF_MODEL, OF_OFFER, FactValue
from registry.catalog.models import Offer
from registry.curation.facts.rulings import fact_rulings, fact_rulings_and_homes
from registry.curation.facts.voices import OfferNames, voices_now, voices_then
from registry.curation.policy.facts.deciding import FactVoice, status_of
from registry.curation.policy.facts.meaning import same_as
from registry.curation.policy.facts.releases import speaks_of_another
from registry.ingest.models import Claim
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import FactStanding, facts_at
from registry.ledger.models import FactPoint
from registry.selectors.clocks import AsOf

FACT_NAMES: tuple[str, ...] = tuple(dict.fromkeys((*OF_MODEL, *OF_OFFER)))
FACT_STATUSES: tuple[str, ...] = tuple(FactPoint.Status.values)
FACT_CAUSES: tuple[str, ...] = tuple(FactPoint.Cause.values)
FACT_STATES: tuple[str, ...] = tuple(FactPoint.State.values)


@dataclass(frozen=True, slots=True)
class FactSide:
    """One claim's word on a fact; ``trust`` is that of its source on this subject.

    A curator's correction is a claim of the source ``staff``, a side of what it was made of.

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


# What is known of each of several models or offers, by their rows' ids.
Facts = Mapping[int, tuple[KnownFact, ...]]


def facts_of_model(model_id: int, as_of: AsOf) -> tuple[KnownFact, ...]:
    """What is known of a model, in the order of `FACT_NAMES`, as known at both clocks."""
    return facts_of_models([model_id], as_of)[model_id]


def facts_of_offer(offer_id: int, as_of: AsOf) -> tuple[KnownFact, ...]:
    """What is known of an offer: its own facts, and its model's where it has none of its own."""
    return facts_of_offers([offer_id], as_of)[offer_id]


def facts_of_models(model_ids: Collection[int], as_of: AsOf) -> Facts:
    """The same of several models.

    Six statements, as long as they have no more than 10,000 offers; none for no models.
    """
    if not model_ids:
        return {}
    offers = _sold(model_id__in=model_ids)
    decided = _decided({Subject.model(pk) for pk in model_ids}, as_of)
    models = {offer.offer_id: offer.model_id for offer in offers}
    of_model: dict[int, list[FactVoice]] = {model_id: [] for model_id in model_ids}
    for offer_id, said in _voices(offers, decided.merged, as_of).items():
        of_model[models[offer_id] or 0] += (voice.of_model() for voice in said)
    asked = {pk: ((Subject.model(pk),), said) for pk, said in of_model.items()}
    return _known(asked, decided, as_of)


def facts_of_offers(offer_ids: Collection[int], as_of: AsOf) -> Facts:
    """The same of several offers; six statements as well."""
    if not offer_ids:
        return {}
    offers = _sold(pk__in=offer_ids)
    decided = _decided({subject for one in offers for subject in one.subjects}, as_of)
    voices = _voices(offers, decided.merged, as_of)
    asked = {one.offer_id: (one.subjects, voices.get(one.offer_id, [])) for one in offers}
    return _known(asked, decided, as_of)


class _Decided(NamedTuple):
    """What persons have corrected of each model or offer, and which offers are another one."""

    staff: Mapping[Subject, tuple[FactVoice, ...]]
    merged: Mapping[int, int]


def _decided(subjects: Collection[Subject], as_of: AsOf) -> _Decided:
    """As far as it stood. Of the past a merged offer's words were its own."""
    if as_of.is_about_now:
        ruled, merged = fact_rulings_and_homes(subjects)
    else:
        ruled, merged = fact_rulings(subjects, at=as_of.known_by), {}
    return _Decided({subject: rulings.voices for subject, rulings in ruled.items()}, merged)


class _Sold(NamedTuple):
    offer_id: int
    model_id: int | None
    names: OfferNames

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """The offer itself last, whose own facts come before its model's."""
        own = Subject.offer(self.offer_id)
        return (own,) if self.model_id is None else (Subject.model(self.model_id), own)


def _sold(**asked: Collection[int]) -> list[_Sold]:
    rows = Offer.objects.filter(**asked).values_list(
        "pk", "model_id", "provider__slug", "provider__lab_id", "model__lab_id"
    )
    return [
        _Sold(pk, model_id, OfferNames(slug, lab_id is not None and lab_id == of_lab))
        for pk, model_id, slug, of_lab, lab_id in rows
    ]


def _voices(
    offers: Iterable[_Sold], merged: Mapping[int, int], as_of: AsOf
) -> dict[int, list[FactVoice]]:
    names = {offer.offer_id: offer.names for offer in offers}
    if as_of.is_about_now:
        return voices_now(names, at=as_of.at, merged=merged)
    return voices_then(names, at=as_of.known_by)


def _known(
    asked: Mapping[int, tuple[tuple[Subject, ...], Collection[FactVoice]]],
    decided: _Decided,
    as_of: AsOf,
) -> Facts:
    """The facts of each, a later subject's own before an earlier one's, with what is said of it."""
    subjects = {subject for of_one, _ in asked.values() for subject in of_one}
    found = facts_at(subjects, at=as_of.at, revision=as_of.pinned_revision)
    standing: dict[int, dict[str, FactStanding]] = {pk: {} for pk in asked}
    for pk, (of_one, _) in asked.items():
        for subject in of_one:
            standing[pk] |= found.get(subject, {})
    staff = decided.staff
    spoken = [*staff.values(), *(voices for _, voices in asked.values())]
    claims = _claims(
        {voice.claim_id for voices in spoken for voice in voices}
        | {f.claim_id for facts in standing.values() for f in facts.values() if f.claim_id}
    )
    return {
        pk: tuple(
            _told(fact, [*staff.get(fact.subject, ()), *voices], claims, as_of)
            for name in FACT_NAMES
            if (fact := standing[pk].get(name)) is not None
        )
        for pk, (_, voices) in asked.items()
    }


class _Claimed(NamedTuple):
    digest: str
    page: str
    source: str
    fresh_until: datetime | None


def _claims(ids: Collection[int]) -> dict[int, _Claimed]:
    rows = Claim.objects.filter(pk__in=ids).values_list(
        "pk", "digest", "page", "source__slug", "source__fresh_until"
    )
    return {
        pk: _Claimed(digest, page, source, fresh_until)
        for pk, digest, page, source, fresh_until in rows
    }


def _heard(
    fact: FactStanding, said: Collection[FactVoice], voices: Collection[FactVoice]
) -> Collection[FactVoice]:
    """The voices that may dispute a fact: no other day for a release that was spoken of before it.

    Since when it was is told by the oldest word that a source still has on the subject.
    """
    if fact.name != "released_on" or not said:
        return said
    since = [v.said_since(name) for v in voices if not v.staff for name in v.values]
    first = min(since, default=fact.starts_at).date()
    same = same_as(fact.name)
    days = {voice.values[fact.name] for voice in said}
    others = {
        day
        for day in days
        if not same(day, fact.value)
        and speaks_of_another(date.fromisoformat(str(day)), on_sale_since=first)
    }
    return [voice for voice in said if voice.values[fact.name] not in others]


def _told(
    fact: FactStanding,
    voices: Collection[FactVoice],
    claims: Mapping[int, _Claimed],
    as_of: AsOf,
) -> KnownFact:
    claim = None if fact.claim_id is None else claims[fact.claim_id]
    said = [voice for voice in voices if fact.name in voice.values]
    status = fact.status.value
    heard = _heard(fact, said, voices)
    if as_of.is_about_now and heard:
        status = status_of(fact.name, fact.value, heard)[0].value
    fresh_until = None if claim is None else claim.fresh_until
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
        source=None if claim is None else claim.source,
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

"""What persons decided of facts: their own words as voices, and what they refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Q

from registry.catalog.facts import FactValue, text_of, value_of
from registry.curation.models import Ruling
from registry.curation.policy.facts.deciding import FactVoice
from registry.curation.policy.facts.meaning import same_as
from registry.curation.rulings import MERGED, STAFF, STAFF_TRUST, homes_in, standing
from registry.ingest.batches import batched
from registry.ledger.facts import Subject

_VALUE = "value"


@dataclass(frozen=True, slots=True)
class FactRulings:
    """What is in force for one model or offer: staff's words, and values that are not heard."""

    voices: tuple[FactVoice, ...] = ()
    refused: Mapping[str, tuple[FactValue, ...]] = field(default_factory=dict)

    def heard(self, voices: Iterable[FactVoice]) -> tuple[FactVoice, ...]:
        """The sources' voices without what was refused, and those of persons."""
        return (*(self._without_refused(voice) for voice in voices), *self.voices)

    def _without_refused(self, voice: FactVoice) -> FactVoice:
        refused = {
            name
            for name, values in self.refused.items()
            if name in voice.values and any(same_as(name)(voice.values[name], v) for v in values)
        }
        if not refused:
            return voice
        values = {name: value for name, value in voice.values.items() if name not in refused}
        return replace(voice, values=values)


NO_RULINGS = FactRulings()


def fact_rulings(
    subjects: Collection[Subject],
    *,
    beside: Collection[Ruling] = (),
    at: datetime | None = None,
) -> dict[Subject, FactRulings]:
    """By model or offer, what is in force; of a fact the last correction counts.

    ``beside``: rulings that are not made yet. ``at``: what was in force at a moment that is past.
    """
    return _by_subject([*_read_rows(subjects, at=at), *beside])


def fact_rulings_and_homes(
    subjects: Collection[Subject],
) -> tuple[dict[Subject, FactRulings], dict[int, int]]:
    """What is in force of facts, and the offers that are another one (`homes`): one statement."""
    rulings = list(_read_rows(subjects, beside=MERGED))
    return _by_subject(rulings), homes_in(rulings)


def _read_rows(
    subjects: Collection[Subject], *, at: datetime | None = None, beside: Q | None = None
) -> Iterator[Ruling]:
    """Rulings on facts of some models and offers, the oldest first; ``beside``: others as well."""
    for batch in batched(subjects):
        models = [subject.pk for subject in batch if subject.kind == "model"]
        offers = [subject.pk for subject in batch if subject.kind == "offer"]
        asked = Q(model_id__in=models) | Q(offer_id__in=offers)
        wanted = standing(at) & asked & ~Q(fact="")
        yield from Ruling.objects.filter(wanted | beside if beside else wanted).order_by(
            "made_at", "pk"
        )


def _by_subject(rulings: Iterable[Ruling]) -> dict[Subject, FactRulings]:
    found: dict[Subject, list[Ruling]] = defaultdict(list)
    for ruling in rulings:
        if ruling.fact:
            found[subject_of(ruling)].append(ruling)
    return {subject: _read(of_one) for subject, of_one in found.items()}


def subject_of(ruling: Ruling) -> Subject:
    """Whose fact a ruling is of."""
    if ruling.offer_id is not None:
        return Subject.offer(ruling.offer_id)
    return Subject.model(ruling.model_id or 0)


def rows_of_fact(value: FactValue) -> list[list[str]]:
    """A value as a ruling keeps it."""
    return [[_VALUE, text_of(value)]]


def value_in(ruling: Ruling) -> FactValue:
    """The value that a ruling is about."""
    [[_, text]] = ruling.rows
    return value_of(ruling.fact, text)


def _read(rulings: Iterable[Ruling]) -> FactRulings:
    stated: dict[str, Ruling] = {}
    refused: dict[str, list[FactValue]] = defaultdict(list)
    for ruling in rulings:
        if ruling.kind == Ruling.Kind.STATE:
            stated[ruling.fact] = ruling
        elif ruling.kind == Ruling.Kind.REFUSE:
            refused[ruling.fact].append(value_in(ruling))
    return FactRulings(
        tuple(map(_voice, stated.values())),
        {name: tuple(values) for name, values in refused.items()},
    )


def _voice(ruling: Ruling) -> FactVoice:
    """A correction as a voice that nobody outvotes."""
    since = ruling.since or ruling.made_at
    return FactVoice(
        source=STAFF,
        group=STAFF,
        trust=STAFF_TRUST,
        own=True,
        fresh=True,
        of_lab=True,
        offer_id=ruling.offer_id or 0,
        claim_id=ruling.claim_id or 0,
        values={ruling.fact: value_in(ruling)},
        seen_at=since,
        staff=True,
    )

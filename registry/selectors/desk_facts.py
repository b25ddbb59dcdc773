"""Facts as the desk shows them: what is published beside what every source says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from registry.catalog.facts import (
    KINDS,
    LABELS,
    OF_MODEL,
    OF_OFFER,
    FactError,
    FactValue,
    Kind,
    shown,
    text_of,
    value_of,
)
from registry.catalog.models import Model, Offer
from registry.curation.facts.evidence import FactEvidence, gather_facts
from registry.curation.policy.facts.deciding import FactVoice
from registry.curation.policy.facts.meaning import same_as
from registry.curation.rulings import homes
from registry.ledger.chain import head
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import FactStanding


@dataclass(frozen=True, slots=True)
class FactSource:
    """One source's word on the facts of a subject; ``claim_id`` is of its newest claim."""

    source: str
    trust: int
    fresh: bool
    since: datetime
    claim_id: int


@dataclass(frozen=True, slots=True)
class FactWord:
    """What one source says of one fact; ``differs`` from what is published."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact: what is published, what is proposed, what each source says (None: nothing).

    ``of_model``: an offer's fact that is its model's. ``written``: as a form is filled with it.
    """

    name: str
    standing: FactStanding | None
    of_model: bool
    old: str
    written: str
    new: str
    said: tuple[FactWord | None, ...]


@dataclass(frozen=True, slots=True)
class FactTable:
    """The facts of an offer or model beside every source's word, as of a revision."""

    subject: Subject
    head: int
    sides: tuple[FactSource, ...]
    lines: tuple[FactLine, ...]


def facts_of(
    row: Offer | Model, *, at: datetime, proposed: Mapping[str, str] | None = None
) -> FactTable:
    """The facts of an offer or model; ``proposed``: by fact, what an item would make of it."""
    names: tuple[str, ...] = OF_OFFER if isinstance(row, Offer) else OF_MODEL
    if isinstance(row, Offer):
        evidence = gather_facts([row.pk], at=at, merged=homes())
        subject = Subject.offer(row.pk)
        voices = list(evidence.voices.get(row.pk, ()))
    else:
        evidence = gather_facts([], at=at, merged=homes(), model_ids=[row.pk])
        subject = Subject.model(row.pk)
        voices = [voice.of_model() for group in evidence.voices.values() for voice in group]
    voices = list(evidence.rulings_on(subject).heard(voices))
    speaking = [voice for voice in voices if voice.values.keys() - set(LABELS)]
    sides = _sides(speaking)
    new = proposed or {}
    lines = [_line(name, row, evidence, speaking, sides, new.get(name, "")) for name in names]
    told = [line for line in lines if line.old or line.new or any(line.said)]
    return FactTable(subject, head().number, sides, tuple(told))


def written(value: FactValue | None, name: str) -> str:
    """A value as a person writes it in a form."""
    if value is None:
        return ""
    match KINDS[name]:
        case Kind.FLAG:
            return "true" if value else "false"
        case Kind.WORDS if isinstance(value, tuple):
            return ", ".join(value)
        case _:
            return str(value)


def proposed_by(findings: Iterable[list[str]]) -> dict[str, str]:
    """By fact, what the findings of an item say it would become."""
    return {name: _read(name, found) for _, name, found, _ in findings if name in KINDS}


def _read(name: str, found: str) -> str:
    """What stands after the arrow, as a table shows it where it can be read as the fact."""
    text = found.rpartition("-> ")[2]
    try:
        return shown(value_of(name, text))
    except FactError:
        return text


def _sides(voices: Iterable[FactVoice]) -> tuple[FactSource, ...]:
    by_source: dict[str, FactVoice] = {}
    for voice in voices:
        held = by_source.get(voice.source)
        if held is None or (voice.trust, voice.seen_at) > (held.trust, held.seen_at):
            by_source[voice.source] = voice
    ordered = sorted(by_source.values(), key=lambda voice: (-voice.trust, voice.source))
    return tuple(
        FactSource(voice.source, voice.trust, voice.fresh, voice.seen_at, voice.claim_id)
        for voice in ordered
    )


def _line(
    name: str,
    row: Offer | Model,
    evidence: FactEvidence,
    voices: Iterable[FactVoice],
    sides: Iterable[FactSource],
    new: str,
) -> FactLine:
    own = Subject.offer(row.pk) if isinstance(row, Offer) else Subject.model(row.pk)
    standing = evidence.known.get(own, {}).get(name)
    of_model = False
    if standing is None and isinstance(row, Offer) and row.model_id is not None:
        standing = evidence.known.get(Subject.model(row.model_id), {}).get(name)
        of_model = standing is not None
    value = None if standing is None else standing.value
    said: dict[str, list[FactValue]] = {}
    for voice in voices:
        if name in voice.values and voice.values[name] not in said.setdefault(voice.source, []):
            said[voice.source].append(voice.values[name])
    return FactLine(
        name,
        standing,
        of_model,
        "" if value is None else shown(value),
        written(value, name),
        new,
        tuple(_word(name, said.get(side.source, []), value) for side in sides),
    )


def _word(name: str, values: list[FactValue], published: FactValue | None) -> FactWord | None:
    if not values:
        return None
    differs = published is not None and not all(same_as(name)(one, published) for one in values)
    return FactWord(" or ".join(map(shown, sorted(values, key=text_of))), differs)

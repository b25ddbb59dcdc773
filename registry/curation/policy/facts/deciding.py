"""Facts of one subject decided: which to publish, and which are kept back with which reasons."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from registry.catalog.facts import LABELS, FactValue
from registry.curation.policy.elections import (
    Saying,
    Status,
    corroborated,
    elect,
    heard,
    independent,
    support,
)
from registry.curation.policy.facts.doubts import contradictions, doubtful_step, implausible
from registry.curation.policy.facts.meaning import same_as
from registry.curation.policy.facts.releases import speaks_of_another
from registry.curation.policy.reasons import Finding
from registry.curation.policy.rulings import Told, told
from registry.curation.policy.thresholds import HEARSAY_TRUST, VOICES_TO_OUTVOTE


@dataclass(frozen=True, slots=True)
class FactVoice:
    """What one claim says of an offer beside its price.

    ``group``, ``trust``, ``own``, ``fresh``: as of the source (see `Speaker`). ``of_lab``: the
    offer is of the provider that belongs to the model's lab. ``values``: the facts, as
    `registry.catalog.facts` reads them. ``seen_at``: since when the claim is made; ``since``: the
    facts in it that are older. ``staff``: it is a person's correction, which is not doubted.
    """

    source: str
    group: str
    trust: int
    own: bool
    fresh: bool
    of_lab: bool
    offer_id: int
    claim_id: int
    values: Mapping[str, FactValue]
    seen_at: datetime
    since: Mapping[str, datetime] = field(default_factory=dict)
    staff: bool = False

    def said_since(self, name: str) -> datetime:
        """Since when its source has stated this value."""
        return self.since.get(name, self.seen_at)

    def of_model(self) -> FactVoice:
        """The same claim as a word on the model: hearsay, where it is about a host's own offer."""
        if self.of_lab:
            return self
        return replace(self, trust=min(self.trust, HEARSAY_TRUST), own=False)


class StandingFact(NamedTuple):
    """What is published of a fact, and how far the source was trusted on whose word it is."""

    value: FactValue
    trust: int


@dataclass(frozen=True, slots=True)
class FactCase:
    """All that is said of one model or offer at one moment.

    ``fields``: the facts and labels that are decided. ``beside``: facts that stand elsewhere and
    must not be contradicted (an offer's model's release). ``accepted``: findings that a person has
    looked at. ``on_sale_since``, ``stamped``: what is known of the release beside what is said of
    it (see `registry.curation.policy.facts.releases`).
    """

    at: datetime
    fields: tuple[str, ...]
    voices: tuple[FactVoice, ...]
    standing: Mapping[str, StandingFact]
    beside: Mapping[str, FactValue] = field(default_factory=dict)
    accepted: frozenset[Told] = frozenset()
    on_sale_since: date | None = None
    stamped: date | None = None

    def concerns(self, name: str, value: FactValue) -> bool:
        """Whether a word is about this subject, and not about another one of its name."""
        return name != "released_on" or not speaks_of_another(
            date.fromisoformat(str(value)), on_sale_since=self.on_sale_since, stamped=self.stamped
        )


@dataclass(frozen=True, slots=True)
class FactStep:
    """A fact that changes from the case's moment on: whose word is taken, who else says so."""

    name: str
    value: FactValue
    winner: FactVoice
    agreeing: tuple[FactVoice, ...]
    differing: tuple[FactVoice, ...]

    @property
    def claim_id(self) -> int:
        """The claim that says so."""
        return self.winner.claim_id

    @property
    def status(self) -> Status:
        """How well it is supported."""
        return support(self.agreeing, self.differing)


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A word that is not published as it stands, with the reason."""

    voice: FactVoice
    finding: Finding
    value: FactValue


@dataclass(frozen=True, slots=True)
class FactDecision:
    """What becomes of a subject's facts."""

    steps: tuple[FactStep, ...] = ()
    kept: tuple[KeptFact, ...] = ()


_Said = Saying[FactVoice, FactValue]


def decide_facts(case: FactCase) -> FactDecision:
    """Publishes or holds each fact on its own."""
    kept: list[KeptFact] = []
    said = _spoken(case, kept)
    steps = {name: step for name, words in said.items() if (step := _step(name, words, case))}
    for name, step in list(steps.items()):
        stands = case.standing.get(name)
        doubt = doubtful_step(name, stands.value, step.value) if stands else None
        if step.winner.staff:
            continue
        if doubt and not corroborated(step.agreeing) and told(doubt) not in case.accepted:
            kept.append(KeptFact(step.winner, doubt, step.value))
            del steps[name]
    for names, doubt in _contradicted(steps, case):
        held = [steps.pop(name) for name in names if name in steps and not steps[name].winner.staff]
        kept += (KeptFact(step.winner, doubt, step.value) for step in held)
    return FactDecision(tuple(steps.values()), tuple(kept))


def status_of(
    name: str, value: FactValue, voices: Iterable[FactVoice]
) -> tuple[Status, FactVoice | None]:
    """How well a value is supported by what is said, and the best voice that says it."""
    same = same_as(name)
    said = sorted(
        (Saying(v, v.values[name], v.said_since(name)) for v in voices if name in v.values),
        key=_rank,
    )
    agreeing = [one.speaker for one in said if same(one.word, value)]
    differing = [one.speaker for one in said if one.speaker.fresh and not same(one.word, value)]
    exact = (one.speaker for one in said if one.word == value)
    return support(agreeing, differing), next(exact, None)


def _spoken(case: FactCase, kept: list[KeptFact]) -> dict[str, list[_Said]]:
    """One word a source on each fact; a word that cannot be is kept back."""
    said: dict[str, dict[str, list[_Said]]] = defaultdict(lambda: defaultdict(list))
    for voice in case.voices:
        for name in case.fields:
            value = voice.values.get(name)
            if value is None or not (voice.staff or case.concerns(name, value)):
                continue
            certain = voice.staff or name in LABELS
            doubt = None if certain else implausible(name, value, at=case.at)
            if doubt is None or told(doubt) in case.accepted:
                word = Saying(voice, value, voice.said_since(name))
                said[name][voice.source].append(word)
            else:
                kept.append(KeptFact(voice, doubt, value))
    return {
        name: [_one_word(name, words) for words in by_source.values()]
        for name, by_source in said.items()
    }


def _one_word(name: str, words: list[_Said]) -> _Said:
    """What a source says in several claims, as one word: of the most trusted what it says most.

    Where those differ, its lesser claims tell which of them is the slip.
    """
    if len(words) == 1:
        return words[0]
    top = max(word.speaker.trust for word in words)
    leading = [word for word in words if word.speaker.trust == top]
    same = same_as(name)
    for among in (list(leading), words):
        times = Counter(word.word for word in among)
        votes = {
            word: sum(count for other, count in times.items() if same(word, other))
            for word in {word.word for word in leading}
        }
        most = max(votes.values())
        leading = [word for word in leading if votes[word.word] == most]
    return min(
        leading, key=lambda w: (not w.speaker.fresh, w.since, repr(w.word), w.speaker.claim_id)
    )


def _step(name: str, said: list[_Said], case: FactCase) -> FactStep | None:
    """The step from what stands to what is said; None where it stays."""
    stands = case.standing.get(name)
    same = same_as(name)
    standing = stands.value if stands else None
    words = heard(said, same)
    taken = elect(words, standing, same)
    if taken is None:
        return None
    meant = sorted((w for w in words if same(w.word, taken)), key=_rank)
    if not meant:
        return None
    top = [word for word in meant if word.speaker.trust == meant[0].speaker.trust]
    if any(word.word == standing for word in top):
        return None
    best = _most_said(top)
    if stands and _is_lesser(best, meant, stands):
        return None
    agreeing = tuple(word.speaker for word in said if same(word.word, best.word))
    differing = tuple(w.speaker for w in said if w.speaker.fresh and not same(w.word, best.word))
    return FactStep(name, best.word, best.speaker, agreeing, differing)


def _is_lesser(word: _Said, meant: Collection[_Said], stands: StandingFact) -> bool:
    """Whether a better source had said what stands, and only lesser ones are left to say otherwise.

    A feed that drops a lab's row has not taken its facts back: what hosts write of their own offers
    is no news of the model then.
    """
    return (
        word.speaker.trust < stands.trust
        and independent(one.speaker for one in meant) < VOICES_TO_OUTVOTE
    )


def _most_said(words: list[_Said]) -> _Said:
    """The spelling that most of equally trusted voices use, else the one that is used longest."""
    counts = [sum(other.word == word.word for other in words) for word in words]
    return next(word for word, count in zip(words, counts, strict=True) if count == max(counts))


def _rank(said: _Said) -> tuple[int, datetime, str]:
    return (-said.speaker.trust, said.since, said.speaker.source)


def _contradicted(
    steps: Mapping[str, FactStep], case: FactCase
) -> Iterator[tuple[tuple[str, str], Finding]]:
    values: dict[str, FactValue] = {name: one.value for name, one in case.standing.items()}
    values |= case.beside
    values |= {name: step.value for name, step in steps.items()}
    for low, high, doubt in contradictions(values):
        if (low in steps or high in steps) and told(doubt) not in case.accepted:
            yield (low, high), doubt

"""Faults, and what became of them: judged by what the policy would have published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from registry.curation.policy.case import Case
from registry.curation.policy.decisions import Decision
from registry.curation.policy.points import Point
from registry.curation.policy.reasons import Outcome as Keeping
from registry.curation.policy.voices import close
from registry.pipeline.faults.kinds import Spoil
from registry.pricing.rates import RateKey


class Outcome(StrEnum):
    """What became of a fault.

    ``unheeded``: nothing was held, and what is published is what was published before, or what the
    source says where it is not spoilt: others outvote it. ``said_elsewhere``: published, and an
    independent source states the very figure. ``served``: a wrong price, published.
    """

    HELD = "held"
    REJECTED = "rejected"
    RUN_REFUSED = "run refused"
    UNHEEDED = "unheeded"
    SAID_ELSEWHERE = "said elsewhere"
    SERVED = "served"


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault to put into a recording: which kind, where, and by which seed."""

    kind: str
    spoil: Spoil
    entries: tuple[str, ...]
    rows: tuple[str, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one fault; ``served``: the wrong steps, and the largest of their factors."""

    fault: Fault
    outcome: Outcome
    served: tuple[str, ...] = ()
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Judged:
    """An offer decided on a spoilt word, beside its case as it was without the fault."""

    offer: str
    source: str
    case: Case
    decision: Decision


@dataclass(frozen=True, slots=True)
class _Wrong:
    told: str
    factor: Decimal
    elsewhere: bool


def verdict(fault: Fault, judged: Iterable[Judged]) -> Verdict:
    """What became of a fault in the offers that it spoils."""
    judged = list(judged)
    served = [wrong for one in judged for wrong in _wrong(one)]
    lies = [one for one in served if not one.elsewhere]
    if served:
        outcome = Outcome.SERVED if lies else Outcome.SAID_ELSEWHERE
        factor = max(one.factor for one in served)
        return Verdict(fault, outcome, tuple(one.told for one in lies or served), factor)
    keepings = {
        finding.outcome
        for one in judged
        for kept in one.decision.kept
        if kept.voice.source == one.source
        for finding in kept.findings
    }
    if Keeping.REJECT in keepings:
        return Verdict(fault, Outcome.REJECTED)
    return Verdict(fault, Outcome.HELD if keepings else Outcome.UNHEEDED)


def _wrong(judged: Judged) -> Iterator[_Wrong]:
    """What would be published that the source itself does not say where it is unspoilt."""
    own: dict[RateKey, set[Decimal | None]] = defaultdict(set)
    others: dict[RateKey, set[Decimal | None]] = defaultdict(set)
    for voice in judged.case.voices:
        said = own if voice.source == judged.source else others
        for rate in voice.card.rates:
            said[rate.key].add(rate.amount)
    for point in judged.decision.points:
        new = point.price.amount if point.price else None
        if new is None or new not in own.get(point.key, ()):
            old = _stood(point, judged.case)
            elsewhere = any(_same(new, other) for other in others.get(point.key, ()))
            factor = max(old / new, new / old) if old and new else Decimal(1)
            terms = f" [{point.key.terms.key}]" if point.key.terms.key else ""
            told = f"{judged.offer} {point.key.meter}{terms}: {old} -> {new}"
            yield _Wrong(told, factor, elsewhere)


def _stood(point: Point, case: Case) -> Decimal | None:
    return next(
        (
            price.amount
            for slot, stand in case.standing.items()
            for window, price in stand.week.items()
            if slot.at(window) == point.key
        ),
        None,
    )


def _same(one: Decimal | None, other: Decimal | None) -> bool:
    return one is other if one is None or other is None else close(one, other)

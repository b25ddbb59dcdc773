"""A fact that somebody wants to publish, checked before it comes near the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from registry.catalog.facts import OF_MODEL, OF_OFFER, FactValue, refusal, text_of
from registry.ledger.models import FactPoint
from registry.ledger.points import PointError, refuse_unknown_words

_CHOICES: dict[str, tuple[str, ...]] = {
    "starts_basis": tuple(FactPoint.Basis.values),
    "state": tuple(FactPoint.State.values),
    "status": tuple(FactPoint.Status.values),
    "cause": tuple(FactPoint.Cause.values),
}
_NAMES = {"model": OF_MODEL, "offer": OF_OFFER}


class Subject(NamedTuple):
    """Whose fact it is: a model or an offer, by its row's id."""

    kind: Literal["model", "offer"]
    pk: int

    @classmethod
    def model(cls, pk: int) -> Subject:
        """A model."""
        return cls("model", pk)

    @classmethod
    def offer(cls, pk: int) -> Subject:
        """An offer."""
        return cls("offer", pk)


@dataclass(frozen=True, slots=True)
class NewFact:
    """One start of a fact: from ``starts_at`` on, the subject's fact has this value.

    ``value`` stands exactly when the state is stated. Raises `PointError` for a name that the
    subject has no such fact of, and for a value that is none of its fact.
    """

    of: Subject
    name: str
    value: FactValue | None
    starts_at: datetime
    starts_basis: FactPoint.Basis
    state: FactPoint.State
    status: FactPoint.Status
    cause: FactPoint.Cause
    claim_id: int | None = None

    def __post_init__(self) -> None:
        refuse_unknown_words(self, _CHOICES)
        names = _NAMES[self.of.kind]
        if self.name not in names:
            raise PointError(self, "name", self.name, f"one of {', '.join(names)}")
        stated = self.state == FactPoint.State.STATED
        if (self.value is not None) is not stated:
            expected = "a value" if stated else "none, as it is retracted"
            raise PointError(self, "value", self.value, expected)
        if self.value is not None and (problem := refusal(self.name, self.value)):
            raise PointError(self, "value", self.value, problem)

    @property
    def series_key(self) -> tuple[str, int, str]:
        return (*self.of, self.name)

    @property
    def text(self) -> str:
        """The value as its column keeps it."""
        return "" if self.value is None else text_of(self.value)

    @property
    def subject(self) -> str:
        return f"{self.of.kind} {self.of.pk}: {self.name}"

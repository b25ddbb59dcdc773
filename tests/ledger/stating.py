"""Facts in few words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from registry.catalog.facts import FactValue
from registry.catalog.models import Model, Offer
from registry.ledger.facts import NewFact, Subject
from registry.ledger.models import FactPoint
from tests.ledger.saying import day

State = FactPoint.State


def fact(
    of: Model | Offer,
    value: FactValue | None = 128_000,
    *,
    name: str = "context_tokens",
    starts: datetime | None = None,
    **fields: Any,
) -> NewFact:
    """A fact from the 24th on; without a value it is retracted."""
    said = {
        "starts_basis": FactPoint.Basis.OBSERVED,
        "state": State.RETRACTED if value is None else State.STATED,
        "status": FactPoint.Status.SINGLE,
        "cause": FactPoint.Cause.FIRST_SEEN,
    } | fields
    subject = Subject.model(of.pk) if isinstance(of, Model) else Subject.offer(of.pk)
    return NewFact(of=subject, name=name, value=value, starts_at=starts or day(24), **said)

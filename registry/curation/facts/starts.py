"""Since when a fact is so: a day that has passed states its own start, all else is observed.

A release or a deprecation told on 30 April for the 24th began on the 24th, as a price with a date
does. One that lies ahead is known from when it was announced. Where a stated day turns out to be
another, the start that was published never was, and is taken back in the same revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from registry.catalog.facts import KINDS, FactValue, Kind
from registry.ledger.facts import NewFact, Subject
from registry.ledger.facts_asof import FactStanding, fact_history
from registry.ledger.models import FactPoint


def start_of(name: str, value: FactValue, *, at: datetime) -> tuple[datetime, FactPoint.Basis]:
    """From when on the fact has this value, as said at a moment."""
    if KINDS[name] is Kind.DAY:
        day = datetime.combine(date.fromisoformat(str(value)), time(), UTC)
        if day < at:
            return day, FactPoint.Basis.STATED
    return at, FactPoint.Basis.OBSERVED


def taken_back(
    subject: Subject, name: str, starts_at: datetime, stands: FactStanding, *, claim_id: int
) -> Iterator[NewFact]:
    """The starts that a new one shows never to have been, up to the one that stands."""
    wrong = [stands] if stands.starts_basis is FactPoint.Basis.STATED else []
    if stands.starts_at > starts_at:
        known = fact_history(subject, name).get(name, ())
        wrong = [one for one in known if starts_at < one.starts_at <= stands.starts_at]
    for one in wrong:
        if one.starts_at != starts_at:
            yield fact_retraction(one, claim_id=claim_id)


def fact_retraction(standing: FactStanding, *, claim_id: int | None = None) -> NewFact:
    """Takes back one start: it never happened, and the one before it stands again."""
    return NewFact(
        of=standing.subject,
        name=standing.name,
        value=None,
        starts_at=standing.starts_at,
        starts_basis=standing.starts_basis,
        state=FactPoint.State.RETRACTED,
        status=FactPoint.Status.SINGLE,
        cause=FactPoint.Cause.CORRECTED,
        claim_id=claim_id,
    )

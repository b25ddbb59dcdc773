"""What a person's hand publishes, under its name and note, and lifts."""

from __future__ import annotations

from collections.abc import Iterable

from registry.curation.actions.audit import Hand
from registry.curation.actions.deciding import Decided, Published, publish_decided
from registry.curation.models import Ruling
from registry.ledger.models import Revision
from registry.ledger.points import NewStart
from registry.ledger.record import publish


def publish_by(hand: Hand, points: Iterable[NewStart]) -> Revision | None:
    """Publishes what a person says, whatever any source does; None where that is nothing."""
    return publish(
        points,
        kind=Revision.Kind.CURATION,
        published_at=hand.at,
        author=hand.by,
        note=hand.note,
    )


def publish_decided_by(
    hand: Hand, decided: Decided, *, beside: Iterable[NewStart] = ()
) -> Published:
    """Publishes what was decided after a person acted; ``beside``: points of the same revision."""
    return publish_decided(
        decided,
        kind=Revision.Kind.CURATION,
        at=hand.at,
        author=hand.by,
        note=hand.note,
        beside=beside,
    )


def lift_by(hand: Hand, rulings: Iterable[Ruling]) -> list[int]:
    """Rulings that are in force no more from now on; their ids, by which it can be undone."""
    lifted = [ruling.pk for ruling in rulings]
    Ruling.objects.filter(pk__in=lifted).update(lifted_at=hand.at)
    return lifted

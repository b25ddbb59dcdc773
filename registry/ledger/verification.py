"""Recomputes the chain from the rows as they are now, and names what does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from registry.ledger import guards
from registry.ledger.chain import GENESIS, Head, Header, SignedPoint, head, revision_hash
from registry.ledger.kinds import KINDS
from registry.ledger.models import Revision


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in the ledger that nobody published; ``revision`` is None outside of any."""

    revision: int | None
    problem: str

    def __str__(self) -> str:
        where = "ledger" if self.revision is None else f"revision {self.revision}"
        return f"{where}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was recomputed, up to which head, and every fault in the order of revisions."""

    head: Head
    revisions: int
    points: int
    faults: tuple[Fault, ...]

    @property
    def ok(self) -> bool:
        """Whether history is what was published."""
        return not self.faults


def verify(on_revision: Callable[[int], None] | None = None) -> Verification:
    """Recomputes every revision up to the head; ``on_revision`` is told each number when done.

    Each revision is judged against the stored hash of the one before it, so one altered figure
    faults the one revision that it stands in. Holds one revision's points in memory at a time.
    """
    newest = head()
    faults: list[Fault] = []
    revisions = points = 0
    previous_number, previous_hash = 0, GENESIS
    for revision in _revisions_up_to(newest):
        signed, unreadable = _signed_points(revision.number)
        problems = [*unreadable, *_problems(revision, signed, previous_number, previous_hash)]
        faults += (Fault(revision.number, problem) for problem in problems)
        revisions, points = revisions + 1, points + len(signed)
        previous_number, previous_hash = revision.number, revision.hash
        if on_revision is not None:
            on_revision(revision.number)
    faults += (Fault(None, problem) for kind in KINDS for problem in kind.dangling())
    faults += (Fault(None, f"trigger {n} is missing") for n in guards.missing(connection))
    return Verification(newest, revisions, points, tuple(faults))


def _revisions_up_to(newest: Head) -> Iterator[Revision]:
    return Revision.objects.filter(number__lte=newest.number).order_by("number").iterator()


def _problems(
    revision: Revision, points: list[SignedPoint], previous_number: int, previous_hash: str
) -> Iterator[str]:
    if revision.number != previous_number + 1:
        yield f"follows revision {previous_number}: the numbers have a gap"
    if revision.previous_hash != previous_hash:
        yield f"continues {revision.previous_hash[:12]}, not {previous_hash[:12]} before it"
    if revision.point_count != len(points):
        yield f"published {revision.point_count} points and has {len(points)}"
    recomputed = revision_hash(revision.previous_hash, Header.of(revision), points)
    if recomputed != revision.hash:
        yield f"its content gives {recomputed[:12]}, not its hash {revision.hash[:12]}"


def _signed_points(revision: int) -> tuple[list[SignedPoint], list[str]]:
    """The points of a revision; a figure that the engine cannot even read is told as a problem."""
    try:
        return [signed for kind in KINDS for signed in kind.signed_rows(revision)], []
    except (ArithmeticError, TypeError, ValueError) as error:
        return [], [f"a point cannot be read: {error}"]

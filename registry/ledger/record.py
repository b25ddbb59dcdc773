"""The sole writer of history: one call, one revision, one transaction.

Revisions are numbered without gaps because writers take turns (`registry.ledger.turns`). Whoever
decided on the ground of a certain head passes it as ``expected_head`` and is refused when another
revision came between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from registry.ingest.batches import batched
from registry.ingest.models import Claim
from registry.ledger.chain import Header, SignedPoint, head, revision_hash
from registry.ledger.facts import NewFact
from registry.ledger.kinds import KINDS, PointKind
from registry.ledger.models import Revision
from registry.ledger.points import NewPoint, NewStart, PointError, SeriesKey
from registry.ledger.scores import NewScore
from registry.ledger.turns import take_turn

__all__ = ["HeadMoved", "NewFact", "NewPoint", "NewScore", "PointError", "RevisionError", "publish"]


class RevisionError(ValueError):
    """A revision that cannot be published as a whole."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!r} cannot be published; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


class HeadMoved(RuntimeError):
    """Another revision was published since the caller looked: decide again."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"expected_head: {expected} is no longer the head, which is {found}")
        self.expected = expected
        self.found = found


_Group = tuple[PointKind[Any], Sequence[NewStart]]


def publish(
    entries: Iterable[NewStart],
    *,
    kind: Revision.Kind,
    published_at: datetime,
    author: str,
    note: str = "",
    expected_head: int | None = None,
) -> Revision | None:
    """Publishes all entries as one revision, or nothing at all; None when there are no entries.

    What is worth saying is the caller's decision: an entry that repeats what stands is recorded.
    Entries may be of several kinds (`registry.ledger.kinds`): prices, scores, facts. Raises
    `PointError` for two entries with one series and start or for an owner or claim that does not
    exist, `RevisionError` for a header that does not fit, `HeadMoved` when ``expected_head`` is no
    longer the newest revision.
    """
    points = tuple(entries)
    if not points:
        return None
    groups = _by_kind(points)
    _refuse_two_at_one_start(points)
    revision = Revision(
        kind=kind, published_at=published_at, author=author, note=note, point_count=len(points)
    )
    _refuse_header(revision)
    with transaction.atomic():
        take_turn()
        before = head()
        if expected_head is not None and before.number != expected_head:
            raise HeadMoved(expected_head, before.number)
        revision.number, revision.previous_hash = before.number + 1, before.hash
        signed = _signed(groups, _claim_digests(points))
        revision.hash = revision_hash(before.hash, Header.of(revision), signed)
        revision.save(force_insert=True)
        for of_kind, group in groups:
            of_kind.save(revision, group)
    return revision


def _refuse_two_at_one_start(points: Sequence[NewStart]) -> None:
    seen: set[tuple[type, SeriesKey, datetime]] = set()
    for point in points:
        start = (type(point), point.series_key, point.starts_at)
        if start in seen:
            raise PointError(point, "starts_at", point.starts_at, "one point a series and start")
        seen.add(start)


def _refuse_header(revision: Revision) -> None:
    if revision.published_at.tzinfo is None:
        expected = "a moment with its time zone"
        raise RevisionError("published_at", revision.published_at, expected)
    if revision.kind not in Revision.Kind.values:
        raise RevisionError("kind", revision.kind, f"one of {', '.join(Revision.Kind.values)}")
    _refuse_text("author", revision.author, range(1, 151))
    _refuse_text("note", revision.note, range(501))


def _refuse_text(field: str, text: str, lengths: range) -> None:
    if len(text) not in lengths or "\0" in text:
        expected = f"{lengths.start} to {lengths.stop - 1} characters, none of them NUL"
        raise RevisionError(field, text, expected)


def _signed(groups: Iterable[_Group], claims: Mapping[int, str]) -> Iterator[SignedPoint]:
    for kind, points in groups:
        for point in points:
            if point.claim_id is not None and point.claim_id not in claims:
                raise PointError(point, "claim", point.claim_id, "a claim that was taken down")
        yield from kind.sign(points, claims)


def _by_kind(points: Iterable[NewStart]) -> list[_Group]:
    """The points of each kind; one of none is a `TypeError`."""
    grouped: dict[type, list[NewStart]] = {kind.new: [] for kind in KINDS}
    for point in points:
        if type(point) not in grouped:
            raise TypeError(f"{point!r} is no point that a revision can carry")
        grouped[type(point)].append(point)
    return [(kind, grouped[kind.new]) for kind in KINDS if grouped[kind.new]]


def _claim_digests(points: Iterable[NewStart]) -> dict[int, str]:
    ids = {point.claim_id for point in points if point.claim_id is not None}
    return {
        pk: digest
        for batch in batched(ids)
        for pk, digest in Claim.objects.filter(pk__in=batch).values_list("pk", "digest")
    }

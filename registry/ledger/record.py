"""The sole writer of history: one call, one revision, one transaction.

Revisions are numbered without gaps because writers take turns (`registry.ledger.turns`). Whoever
decided on the ground of a certain head passes it as ``expected_head`` and is refused when another
revision came between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import transaction

from registry.catalog.models import Offer
from registry.ingest.models import Claim
from registry.ingest.statistics import MANY, count_anew
from registry.ledger.chain import (
    Header,
    SignedPoint,
    head,
    revision_hash,
    signed_amount,
    signed_moment,
)
from registry.ledger.models import PricePoint, Revision, Series
from registry.ledger.points import NewPoint, PointError
from registry.ledger.turns import take_turn

__all__ = ["HeadMoved", "NewPoint", "PointError", "RevisionError", "publish"]

_BATCH = 2_000


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


_SeriesKey = tuple[int, str, str, str]


def publish(
    entries: Iterable[NewPoint],
    *,
    kind: Revision.Kind,
    published_at: datetime,
    author: str,
    note: str = "",
    expected_head: int | None = None,
) -> Revision | None:
    """Publishes all entries as one revision, or nothing at all; None when there are no entries.

    What is worth saying is the caller's decision: an entry that repeats what stands is recorded.
    Raises `PointError` for two entries with one series and start or for an offer or claim that
    does not exist, `RevisionError` for a header that does not fit, `HeadMoved` when
    ``expected_head`` is no longer the newest revision.
    """
    points = tuple(entries)
    if not points:
        return None
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
        revision.hash = revision_hash(before.hash, Header.of(revision), _signed(points))
        revision.save(force_insert=True)
        _save_points(revision, points)
    return revision


def _refuse_two_at_one_start(points: Sequence[NewPoint]) -> None:
    seen: set[tuple[_SeriesKey, datetime]] = set()
    for point in points:
        start = (_series_key(point), point.starts_at)
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


def _signed(points: Sequence[NewPoint]) -> Iterator[SignedPoint]:
    offers = _offer_names({point.offer_id for point in points})
    claims = _claim_digests({point.claim_id for point in points if point.claim_id is not None})
    for point in points:
        if point.offer_id not in offers:
            raise PointError(point, "offer", point.offer_id, "an offer of the catalogue")
        if point.claim_id is not None and point.claim_id not in claims:
            raise PointError(point, "claim", point.claim_id, "a claim that was taken down")
        yield SignedPoint(
            offer=offers[point.offer_id],
            meter=point.key.meter,
            terms=point.key.terms.key,
            currency=point.key.currency,
            starts_at=signed_moment(point.starts_at),
            starts_basis=str(point.starts_basis),
            state=str(point.state),
            amount=signed_amount(point.amount),
            status=str(point.status),
            cause=str(point.cause),
            claim=None if point.claim_id is None else claims[point.claim_id],
        )


def _offer_names(ids: Collection[int]) -> dict[int, str]:
    rows = (
        row
        for batch in _batches(ids)
        for row in Offer.objects.filter(pk__in=batch).values_list(
            "pk", "provider__slug", "provider_model_id"
        )
    )
    return {pk: f"{slug}/{model_id}" for pk, slug, model_id in rows}


def _claim_digests(ids: Collection[int]) -> dict[int, str]:
    return {
        pk: digest
        for batch in _batches(ids)
        for pk, digest in Claim.objects.filter(pk__in=batch).values_list("pk", "digest")
    }


def _save_points(revision: Revision, points: Sequence[NewPoint]) -> None:
    series = _series_ids(points)
    PricePoint.objects.bulk_create(
        (
            PricePoint(
                series_id=series[_series_key(point)],
                revision=revision,
                starts_at=point.starts_at,
                starts_basis=point.starts_basis,
                state=point.state,
                amount=point.amount,
                status=point.status,
                cause=point.cause,
                claim_id=point.claim_id,
            )
            for point in points
        ),
        batch_size=_BATCH,
    )
    if len(points) >= MANY:
        count_anew("ledger_series", "ledger_pricepoint")


def _series_ids(points: Sequence[NewPoint]) -> dict[_SeriesKey, int]:
    """The series of every point, made where there was none."""
    offers = {point.offer_id for point in points}
    known = _known_series(offers)
    absent = {key for point in points if (key := _series_key(point)) not in known}
    if absent:
        made = Series.objects.bulk_create(
            (Series(offer_id=o, meter=m, terms=t, currency=c) for o, m, t, c in sorted(absent)),
            batch_size=_BATCH,
        )
        known |= {(row.offer_id, row.meter, row.terms, row.currency): row.pk for row in made}
    return known


def _known_series(offers: Collection[int]) -> dict[_SeriesKey, int]:
    return {
        (offer, meter, terms, currency): pk
        for batch in _batches(offers)
        for pk, offer, meter, terms, currency in Series.objects.filter(
            offer_id__in=batch
        ).values_list("pk", "offer_id", "meter", "terms", "currency")
    }


def _series_key(point: NewPoint) -> _SeriesKey:
    return (point.offer_id, point.key.meter, point.key.terms.key, point.key.currency)


def _batches(ids: Collection[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while batch := list(islice(remaining, _BATCH)):
        yield batch

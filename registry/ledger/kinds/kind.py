"""How points of one kind are signed, saved and read again to be verified."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef

from registry.ingest.batches import batched
from registry.ingest.models import Claim
from registry.ingest.statistics import MANY, count_anew
from registry.ledger.chain import SignedPoint
from registry.ledger.models import Point, Revision
from registry.ledger.points import NewStart, SeriesKey

BATCH = 2_000

New = TypeVar("New", bound=NewStart)


class PointKind(ABC, Generic[New]):
    """One kind of point; ``noun`` is what a fault calls it.

    ``new``: what somebody hands in to be published. ``series_columns``: what names a series, its
    owner first, in the order of `NewStart.series_key`. ``signed_columns``: what `signed_row` makes
    the signed text of.
    """

    noun: ClassVar[str]
    new: type[New]
    points: type[Point]
    series: type[models.Model]
    series_columns: tuple[str, ...]
    signed_columns: tuple[str, ...]

    @abstractmethod
    def sign(self, points: Sequence[New], claims: Mapping[int, str]) -> Iterator[SignedPoint]:
        """The signed text of new points, ``claims`` being the digests of theirs.

        Raises `PointError` for an owner that does not exist.
        """

    @abstractmethod
    def signed_row(self, *columns: Any) -> SignedPoint:
        """The signed text of a point as its row stands."""

    @abstractmethod
    def figures(self, point: New) -> dict[str, Any]:
        """The columns of a new point that its kind alone has."""

    def signed_rows(self, revision: int) -> Iterator[SignedPoint]:
        """The signed text of every point of a revision, from the rows as they are now."""
        rows = self.points._default_manager.filter(revision_id=revision)
        for row in rows.values_list(*self.signed_columns):
            yield self.signed_row(*row)

    def save(self, revision: Revision, points: Sequence[New]) -> None:
        """Writes the points of a saved revision, and the series that there were none of."""
        series = self._series_ids({point.series_key for point in points})
        self.points._default_manager.bulk_create(
            (
                self.points(**self._columns(point, series[point.series_key]), revision=revision)
                for point in points
            ),
            batch_size=BATCH,
        )
        if len(points) >= MANY:
            count_anew(self.series._meta.db_table, self.points._meta.db_table)

    def dangling(self) -> Iterator[str]:
        """Points whose revision, series or claim was removed behind the engine's back."""
        owners: dict[str, type[models.Model]] = {
            "revision": Revision,
            "series": self.series,
            "claim": Claim,
        }
        points = self.points._default_manager
        for name, owner in owners.items():
            held = Exists(owner._default_manager.filter(pk=OuterRef(f"{name}_id")))
            lost = points.filter(**{f"{name}__isnull": False}).exclude(held)
            for point_id in lost.values_list("pk", flat=True)[:10]:
                yield f"{self.noun} {point_id} refers to a {name} that does not exist"

    def _columns(self, point: New, series_id: int) -> dict[str, Any]:
        shared = {"starts_at": point.starts_at, "claim_id": point.claim_id}
        return {"series_id": series_id, **shared, **self.figures(point)}

    def _series_ids(self, keys: Collection[SeriesKey]) -> dict[SeriesKey, int]:
        known = self._known_series({int(key[0]) for key in keys})
        absent = sorted(key for key in keys if key not in known)
        if absent:
            rows = (
                self.series(**dict(zip(self.series_columns, key, strict=True))) for key in absent
            )
            made = self.series._default_manager.bulk_create(rows, batch_size=BATCH)
            known |= {key: row.pk for key, row in zip(absent, made, strict=True)}
        return known

    def _known_series(self, owners: Collection[int]) -> dict[SeriesKey, int]:
        return {
            key: pk
            for batch in batched(owners)
            for pk, *columns in self.series._default_manager.filter(
                **{f"{self.series_columns[0]}__in": batch}
            ).values_list("pk", *self.series_columns)
            if (key := tuple(columns))
        }

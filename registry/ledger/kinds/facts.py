"""Facts of models and offers; each is signed with the word ``fact`` before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from registry.catalog.models import Model, Offer
from registry.ingest.batches import batched
from registry.ledger.chain import SignedPoint, signed_moment
from registry.ledger.facts import NewFact, Subject
from registry.ledger.kinds.kind import BATCH, PointKind
from registry.ledger.models import FactPoint, FactSeries
from registry.ledger.points import PointError, SeriesKey

_FIGURES = ("starts_basis", "state", "value", "status", "cause")


class SignedFact(NamedTuple):
    """A fact in readable fields; ``subject`` is ``lab/slug`` or ``provider/id``, as ``of`` says."""

    kind: str
    of: str
    subject: str
    name: str
    starts_at: str
    starts_basis: str
    state: str
    value: str
    status: str
    cause: str
    claim: str | None


class Facts(PointKind[NewFact]):
    """What is known of a model or offer beside its price."""

    noun = "fact point"
    new = NewFact
    points = FactPoint
    series = FactSeries
    series_columns = ("model_id", "offer_id", "name")
    signed_columns = (
        "series__model__lab__slug", "series__model__slug", "series__offer__provider__slug",
        "series__offer__provider_model_id", "series__name", "starts_at", *_FIGURES,
        "claim__digest",
    )  # fmt: skip

    def sign(self, points: Sequence[NewFact], claims: Mapping[int, str]) -> Iterator[SignedPoint]:
        subjects = _subject_names({point.of for point in points})
        for point in points:
            if point.of not in subjects:
                raise PointError(point, "of", point.of, "a model or offer that is there")
            yield self.signed_row(
                *subjects[point.of],
                point.name,
                point.starts_at,
                point.starts_basis,
                point.state,
                point.text,
                point.status,
                point.cause,
                None if point.claim_id is None else claims[point.claim_id],
            )

    def signed_row(self, *columns: Any) -> SignedPoint:
        return _signed(*columns)

    def figures(self, point: NewFact) -> dict[str, Any]:
        figures = {name: getattr(point, name) for name in _FIGURES}
        return figures | {"value": point.text}

    def _series_ids(self, keys: Collection[SeriesKey]) -> dict[SeriesKey, int]:
        known: dict[SeriesKey, int] = {}
        for kind in ("model", "offer"):
            owners = {int(pk) for of, pk, _ in keys if of == kind}
            for batch in batched(owners):
                rows = FactSeries.objects.filter(**{f"{kind}_id__in": batch})
                known |= {
                    (kind, owner, name): pk
                    for pk, owner, name in rows.values_list("pk", f"{kind}_id", "name")
                }
        absent = sorted(key for key in keys if key not in known)
        made = FactSeries.objects.bulk_create(
            (FactSeries(**{f"{kind}_id": owner, "name": name}) for kind, owner, name in absent),
            batch_size=BATCH,
        )
        return known | {key: row.pk for key, row in zip(absent, made, strict=True)}


def _signed(
    lab: str | None,
    slug: str | None,
    provider: str | None,
    model_id: str | None,
    name: str,
    starts_at: datetime,
    starts_basis: str,
    state: str,
    value: str,
    status: str,
    cause: str,
    claim: str | None,
) -> SignedFact:
    return SignedFact(
        kind="fact",
        of="offer" if lab is None else "model",
        subject=f"{provider}/{model_id}" if lab is None else f"{lab}/{slug}",
        name=name,
        starts_at=signed_moment(starts_at),
        starts_basis=str(starts_basis),
        state=str(state),
        value=value,
        status=str(status),
        cause=str(cause),
        claim=claim,
    )


def _subject_names(subjects: Collection[Subject]) -> dict[Subject, tuple[str | None, ...]]:
    """The first columns of the signed rows: lab and slug, or provider and its id."""
    names: dict[Subject, tuple[str | None, ...]] = {}
    for batch in batched([pk for kind, pk in subjects if kind == "model"]):
        for pk, *of_model in Model.objects.filter(pk__in=batch).values_list(
            "pk", "lab__slug", "slug"
        ):
            names[Subject.model(pk)] = (*of_model, None, None)
    for batch in batched([pk for kind, pk in subjects if kind == "offer"]):
        for pk, *of_offer in Offer.objects.filter(pk__in=batch).values_list(
            "pk", "provider__slug", "provider_model_id"
        ):
            names[Subject.offer(pk)] = (None, None, *of_offer)
    return names

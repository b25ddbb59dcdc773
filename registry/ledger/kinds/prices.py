"""Prices of offers. Signed without a word before them: they were there first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from registry.catalog.models import Offer
from registry.ingest.batches import batched
from registry.ledger.chain import SignedPoint, signed_figure, signed_moment
from registry.ledger.kinds.kind import PointKind
from registry.ledger.models import PricePoint, Series
from registry.ledger.points import NewPoint, PointError


class SignedPrice(NamedTuple):
    """A price in readable fields; ``offer`` is ``provider/id``."""

    offer: str
    meter: str
    terms: str
    currency: str
    starts_at: str
    starts_basis: str
    state: str
    amount: str | None
    status: str
    cause: str
    claim: str | None


class Prices(PointKind[NewPoint]):
    """What an offer's meter costs."""

    noun = "point"
    new = NewPoint
    points = PricePoint
    series = Series
    series_columns = ("offer_id", "meter", "terms", "currency")
    signed_columns = (
        "series__offer__provider__slug", "series__offer__provider_model_id", "series__meter",
        "series__terms", "series__currency", "starts_at", "starts_basis", "state", "amount",
        "status", "cause", "claim__digest",
    )  # fmt: skip

    def sign(self, points: Sequence[NewPoint], claims: Mapping[int, str]) -> Iterator[SignedPoint]:
        offers = _offer_names({point.offer_id for point in points})
        for point in points:
            if point.offer_id not in offers:
                raise PointError(point, "offer", point.offer_id, "an offer of the catalogue")
            yield self.signed_row(
                *offers[point.offer_id],
                *point.series_key[1:],
                point.starts_at,
                point.starts_basis,
                point.state,
                point.amount,
                point.status,
                point.cause,
                None if point.claim_id is None else claims[point.claim_id],
            )

    def signed_row(self, *columns: Any) -> SignedPoint:
        return _signed(*columns)

    def figures(self, point: NewPoint) -> dict[str, Any]:
        names = ("starts_basis", "state", "amount", "status", "cause")
        return {name: getattr(point, name) for name in names}


def _signed(
    provider: str,
    model_id: str,
    meter: str,
    terms: str,
    currency: str,
    starts_at: datetime,
    starts_basis: str,
    state: str,
    amount: Decimal | None,
    status: str,
    cause: str,
    claim: str | None,
) -> SignedPrice:
    return SignedPrice(
        offer=f"{provider}/{model_id}",
        meter=meter,
        terms=terms,
        currency=currency,
        starts_at=signed_moment(starts_at),
        starts_basis=str(starts_basis),
        state=str(state),
        amount=signed_figure(amount),
        status=str(status),
        cause=str(cause),
        claim=claim,
    )


def _offer_names(ids: Collection[int]) -> dict[int, tuple[str, str]]:
    columns = ("pk", "provider__slug", "provider_model_id")
    rows = (
        row
        for batch in batched(ids)
        for row in Offer.objects.filter(pk__in=batch).values_list(*columns)
    )
    return {pk: (slug, model_id) for pk, slug, model_id in rows}

"""Every price that stands at a moment, as one flat list over all offers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Max, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import Contains

from registry.ingest.models import SourceEntry
from registry.ledger.effective import standing_points
from registry.ledger.models import PricePoint, Series
from registry.ledger.standings import STANDING_COLUMNS, Standing
from registry.pricing.exchange import Converted
from registry.pricing.rate_card import STANDARD_TIER
from registry.pricing.rates import VIRTUAL_CURRENCIES
from registry.selectors.clocks import AsOf
from registry.selectors.exchange import in_currency
from registry.selectors.freshness import told_status
from registry.selectors.ordering import Key, Sorts, by, perhaps, readable
from registry.selectors.paging import Page, page_of
from registry.selectors.rate_cards import StandingRate, told_rates

_OFFER = "series__offer__"
_PROVIDER, _ID = f"{_OFFER}provider__slug", f"{_OFFER}provider_model_id"
_BY_AMOUNT = perhaps("amount", Decimal)
_BY_START = by("starts_at", kind=datetime)
PRICE_SORTS = Sorts(
    ids={"pk": int},
    by={
        "offer": by(_PROVIDER, _ID),
        "provider": by(_PROVIDER),
        "model": perhaps(readable(f"{_OFFER}model__lab__slug", f"{_OFFER}model__slug")),
        "context_tokens": perhaps("context", int),
        "amount": _BY_AMOUNT,
        "starts_at": _BY_START,
        "rate.meter": by("series__meter"),
        "rate.state": by("state"),
        "rate.amount": _BY_AMOUNT,
        "rate.currency": by("series__currency"),
        "rate.starts_at": _BY_START,
        "rate.starts_basis": by("starts_basis"),
        "rate.status": by("told_status"),
        "rate.source": perhaps("claim__source__slug"),
        "rate.revision": by("revision_id", kind=int),
    },
    default="offer",
)


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One price with what it is the price of.

    ``last_seen_at``: when its source was last read stating it; None where it says otherwise since,
    and for a curator's word.
    ``converted``: the amount in another currency, where that is asked and it is money.
    """

    provider: str
    provider_model_id: str
    model: str | None
    context_tokens: int | None
    rate: StandingRate
    last_seen_at: datetime | None
    converted: Converted | None

    @property
    def offer(self) -> str:
        """The readable id of the offer."""
        return f"{self.provider}/{self.provider_model_id}"


@dataclass(frozen=True, slots=True)
class PriceFilter:
    """Which prices are meant; None is any.

    ``tier``: `STANDARD_TIER` keeps those without a tier. ``q``: a part of the model's or the
    provider's own id. ``context_at_least``, ``open_weights``, ``licence``: of the offer or model.
    ``modality``: one that goes in. ``status``: as the row tells it. ``changed_since``: starts
    at that moment or later.
    """

    meter: str | None = None
    tier: str | None = None
    region: str | None = None
    provider: str | None = None
    lab: str | None = None
    model: tuple[str, str] | None = None
    q: str | None = None
    amount_from: Decimal | None = None
    amount_to: Decimal | None = None
    currency: str | None = None
    context_at_least: int | None = None
    modality: str | None = None
    open_weights: bool | None = None
    licence: str | None = None
    status: str | None = None
    changed_since: datetime | None = None


def prices(
    wanted: PriceFilter,
    as_of: AsOf,
    *,
    sort: str = PRICE_SORTS.default,
    convert_to: str | None = None,
    after: Key | None = None,
    limit: int,
) -> Page[PriceRow]:
    """Prices in one of the orders of `PRICE_SORTS`, else by offer. Three statements."""
    points = _matching(wanted, as_of).annotate(
        context=Coalesce(f"{_OFFER}context_tokens", f"{_OFFER}model__context_tokens")
    )
    if sort.endswith("status"):
        points = points.annotate(told_status=told_status(as_of))
    page = page_of(
        points.values_list(*_COLUMNS), PRICE_SORTS, sort, read=_Row.of, after=after, limit=limit
    )
    told = told_rates([row.standing for row in page.rows], as_of)
    seen = _last_seen([row.standing.claim_id for row in page.rows])
    rows = (_told(row, told, seen, convert_to, as_of.at.date()) for row in page.rows)
    return Page(tuple(rows), page.next)


_COLUMNS = (
    f"{_OFFER}provider__slug",
    f"{_OFFER}provider_model_id",
    f"{_OFFER}model__lab__slug",
    f"{_OFFER}model__slug",
    "context",
    *STANDING_COLUMNS,
)


@dataclass(frozen=True, slots=True)
class _Row:
    provider: str
    provider_model_id: str
    model: str | None
    context: int | None
    standing: Standing

    @classmethod
    def of(
        cls,
        provider: str,
        provider_model_id: str,
        lab: str | None,
        slug: str | None,
        context: int | None,
        *point: Any,
    ) -> _Row:
        model = None if slug is None else f"{lab}/{slug}"
        return cls(provider, provider_model_id, model, context, Standing.of_row(*point))


def _matching(wanted: PriceFilter, as_of: AsOf) -> QuerySet[PricePoint]:
    points = standing_points(
        PricePoint, _series(wanted), at=as_of.at, revision=as_of.pinned_revision
    )
    asked = {
        "amount__gte": wanted.amount_from,
        "amount__lte": wanted.amount_to,
        "starts_at__gte": wanted.changed_since,
    }
    given = {name: value for name, value in asked.items() if value is not None}
    points = points.exclude(state=PricePoint.State.WITHDRAWN).filter(**given)
    return points if wanted.status is None else _in_status(points, wanted.status, as_of)


def _in_status(points: QuerySet[PricePoint], status: str, as_of: AsOf) -> QuerySet[PricePoint]:
    if not as_of.is_about_now:
        return points.filter(status=status)
    return points.annotate(_told=told_status(as_of)).filter(_told=status)


def _series(wanted: PriceFilter) -> QuerySet[Series]:
    lab, slug = wanted.model or (None, None)
    asked = {
        "meter": wanted.meter,
        "currency": wanted.currency,
        "offer__provider__slug": wanted.provider,
        "offer__model__slug": slug,
        "offer__model__open_weights": wanted.open_weights,
        "offer__model__licence__iexact": wanted.licence,
    }
    found = Series.objects.filter(**{k: v for k, v in asked.items() if v is not None})
    for of_lab in filter(None, (lab, wanted.lab)):
        found = found.filter(offer__model__lab__slug=of_lab)
    if wanted.q is not None:
        found = found.filter(
            Q(offer__provider_model_id__icontains=wanted.q)
            | Q(offer__model__slug__icontains=wanted.q)
        )
    if wanted.context_at_least is not None:
        context = Coalesce("offer__context_tokens", "offer__model__context_tokens")
        found = found.annotate(_context=context).filter(_context__gte=wanted.context_at_least)
    if wanted.modality is not None:
        said = Concat(
            Cast("offer__input_modalities", TextField()),
            Coalesce(
                Cast("offer__model__input_modalities", TextField()),
                Value("", output_field=TextField()),
            ),
            output_field=TextField(),
        )
        found = found.filter(Contains(said, f'"{wanted.modality}"'))
    return _under(found, tier=wanted.tier, region=wanted.region)


def _under(found: QuerySet[Series], **terms: str | None) -> QuerySet[Series]:
    # No word of the terms holds ; or = so the wrapped text finds exactly one of them.
    wrapped = Concat(Value(";"), F("terms"), Value(";"))
    for name, value in terms.items():
        if value == STANDARD_TIER:
            found = found.exclude(Contains(wrapped, f";{name}="))
        elif value is not None:
            found = found.filter(Contains(wrapped, f";{name}={value};"))
    return found


def _last_seen(claims: Collection[int | None]) -> dict[int, datetime]:
    ids = {claim_id for claim_id in claims if claim_id is not None}
    links = SourceEntry.claims.through.objects.filter(claim_id__in=ids)
    rows = links.values("claim_id").annotate(seen=Max("sourceentry__last_run__at"))
    return {row["claim_id"]: row["seen"] for row in rows}


def _told(
    row: _Row,
    told: dict[int, StandingRate],
    seen: dict[int, datetime],
    convert_to: str | None,
    on: date,
) -> PriceRow:
    standing = row.standing
    is_money = standing.amount is not None and standing.currency not in VIRTUAL_CURRENCIES
    return PriceRow(
        provider=row.provider,
        provider_model_id=row.provider_model_id,
        model=row.model,
        context_tokens=row.context,
        rate=told[standing.point_id],
        last_seen_at=seen.get(standing.claim_id or 0),
        converted=(
            in_currency(standing.amount or Decimal(0), standing.currency, convert_to, on)
            if is_money
            else None
        ),
    )

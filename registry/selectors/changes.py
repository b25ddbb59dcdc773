"""What was published, in the order in which it came out: from what, to what, and why.

The feed that others follow: a change is a point of a revision, so its place never moves and nothing
is lost or told twice to whoever asks for what came after the last one that they saw.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Subquery

from registry.ledger.effective import stood_before
from registry.ledger.models import PricePoint
from registry.pricing.quotes import plain
from registry.pricing.terms import Terms
from registry.selectors.paging import Key, Page, beyond, page_of

_PLACE = ("revision_id", "pk")
# Beyond every point of a revision.
_LAST_POINT = 2**63 - 1
CHANGE_STATES: tuple[str, ...] = tuple(PricePoint.State.values)


@dataclass(frozen=True, slots=True)
class Said:
    """What a series said: its state, and the amount where that is priced."""

    point_id: int
    state: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class PriceChange:
    """One start of a price as it was published.

    ``before``: what the registry had said to hold at ``starts_at`` until then; None where nothing.
    A state of ``retracted`` takes an earlier start back, so that what was before it stands again.
    ``source`` is None where a curator's word was published.
    """

    now: Said
    before: Said | None
    revision: int
    published_at: datetime
    author: str
    provider: str
    provider_model_id: str
    model_lab: str | None
    model_slug: str | None
    meter: str
    terms: Terms
    currency: str
    starts_at: datetime
    starts_basis: str
    cause: str
    status: str
    source: str | None

    @property
    def offer(self) -> str:
        """The offer's readable id, ``provider/provider_model_id``."""
        return f"{self.provider}/{self.provider_model_id}"

    @property
    def model(self) -> str | None:
        """The model's readable id, or None where it is an open question."""
        return None if self.model_slug is None else f"{self.model_lab}/{self.model_slug}"

    @property
    def key(self) -> Key:
        """The change's place in the feed: its revision, then its point."""
        return (self.revision, self.now.point_id)


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Which changes are meant; None is any.

    ``model``: a model's lab and slug. ``everyday``: only of standard terms. ``after``: only beyond
    this place of the feed, whatever the order. ``to_revision``: up to it and with it.
    ``first_seen``: False leaves out what was merely new. ``status``: as it was published.
    """

    provider: str | None = None
    provider_model_id: str | None = None
    model: tuple[str, str] | None = None
    lab: str | None = None
    meter: str | None = None
    cause: str | None = None
    currency: str | None = None
    everyday: bool = False
    first_seen: bool | None = None
    status: str | None = None
    after: Key | None = None
    to_revision: int | None = None


def after_revision(number: int) -> Key:
    """The place of the feed behind everything that a revision published."""
    return (number, _LAST_POINT)


def changes(
    wanted: ChangeFilter | None = None,
    *,
    after: Key | None = None,
    newest_first: bool = False,
    limit: int,
) -> Page[PriceChange]:
    """Changes in the order of their publication, or backwards. Three statements.

    ``after`` is the key of the last change that was seen, in the direction of the order.
    """
    sign = "-" if newest_first else ""
    page = page_of(
        _matching(wanted or ChangeFilter()).values_list("revision_id", "pk"),
        tuple(f"{sign}{column}" for column in _PLACE),
        read=lambda revision, pk: (revision, pk),
        key=lambda key: key,
        after=after,
        limit=limit,
    )
    told = {change.now.point_id: change for change in _told([pk for _, pk in page.rows])}
    return Page(tuple(told[pk] for _, pk in page.rows), page.next)


def changed_revisions(
    wanted: ChangeFilter, *, after: int, until: int
) -> tuple[tuple[int, int], ...]:
    """Revisions beyond ``after`` up to ``until`` that hold such changes, and how many each.

    Oldest first. One statement.
    """
    found = _matching(wanted).filter(revision_id__gt=after, revision_id__lte=until)
    counted = found.values("revision_id").annotate(changes=Count("pk")).order_by("revision_id")
    return tuple(counted.values_list("revision_id", "changes"))


def _matching(wanted: ChangeFilter) -> QuerySet[PricePoint]:
    lab, slug = wanted.model or (None, None)
    asked = {
        "series__offer__provider__slug": wanted.provider,
        "series__offer__provider_model_id": wanted.provider_model_id,
        "series__offer__model__slug": slug,
        "series__meter": wanted.meter,
        "series__currency": wanted.currency,
        "series__terms": "" if wanted.everyday else None,
        "cause": wanted.cause,
        "status": wanted.status,
        "revision_id__lte": wanted.to_revision,
    }
    found = PricePoint.objects.filter(**{k: v for k, v in asked.items() if v is not None})
    for of_lab in filter(None, (lab, wanted.lab)):
        found = found.filter(series__offer__model__lab__slug=of_lab)
    if wanted.after is not None:
        found = found.filter(beyond(_PLACE, wanted.after))
    if wanted.first_seen is not None:
        first = {"cause": PricePoint.Cause.FIRST_SEEN}
        found = found.filter(**first) if wanted.first_seen else found.exclude(**first)
    return found


def _told(point_ids: list[int]) -> list[PriceChange]:
    if not point_ids:
        return []
    rows = list(
        PricePoint.objects.filter(pk__in=point_ids)
        .annotate(before=Subquery(stood_before(PricePoint).values("pk")[:1]))
        .values_list(
            "pk",
            "state",
            "amount",
            "before",
            "revision_id",
            "revision__published_at",
            "revision__author",
            "series__offer__provider__slug",
            "series__offer__provider_model_id",
            "series__offer__model__lab__slug",
            "series__offer__model__slug",
            "series__meter",
            "series__terms",
            "series__currency",
            "starts_at",
            "starts_basis",
            "cause",
            "status",
            "claim__source__slug",
        )
    )
    earlier = _said({before for _, _, _, before, *_ in rows if before is not None})
    return [_change(earlier, *row) for row in rows]


def _change(
    earlier: dict[int, Said],
    pk: int,
    state: str,
    amount: Decimal | None,
    before: int | None,
    revision: int,
    published_at: datetime,
    author: str,
    provider: str,
    provider_model_id: str,
    lab: str | None,
    slug: str | None,
    meter: str,
    terms: str,
    currency: str,
    *rest: Any,
) -> PriceChange:
    return PriceChange(
        Said(pk, state, None if amount is None else plain(amount)),
        None if before is None else earlier[before],
        revision,
        published_at,
        author,
        provider,
        provider_model_id,
        lab,
        slug,
        meter,
        Terms.parse(terms),
        currency,
        *rest,
    )


def _said(point_ids: set[int]) -> dict[int, Said]:
    rows = PricePoint.objects.filter(pk__in=point_ids).values_list("pk", "state", "amount")
    return {
        pk: Said(pk, state, None if amount is None else plain(amount)) for pk, state, amount in rows
    }

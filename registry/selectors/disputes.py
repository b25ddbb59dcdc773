"""Where sources differ on a price that stands: by how much, and who says what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet

from registry.curation.models import Ruling
from registry.curation.policy.thresholds import RUNS_UNTIL_WITHDRAWN
from registry.curation.rulings import standing as in_force
from registry.ingest.models import Claim
from registry.ledger.effective import standing_points
from registry.ledger.models import PricePoint, Series
from registry.ledger.standings import STANDING_COLUMNS, Standing
from registry.pricing.exact import EXACT, proportion
from registry.pricing.rates import PriceState
from registry.selectors.clocks import AsOf
from registry.selectors.in_memory import SortsInMemory
from registry.selectors.ordering import Key
from registry.selectors.paging import Page
from registry.selectors.rate_cards import StandingRate, told_rates
from registry.selectors.states import Kept, state_of_words
from registry.selectors.words import Side, sides_on, words_on

_COLUMNS = (
    "series__offer__provider__slug",
    "series__offer__provider_model_id",
    "series__offer__model__lab__slug",
    "series__offer__model__slug",
    *STANDING_COLUMNS,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """The offer whose price is disputed."""

    offer: str
    provider: str
    lab: str | None
    model: str | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """A price that stands and what every source says of it.

    ``difference``: the largest one of a side to what stands, as a share of the greater of the two;
    1 where one of them is free; None where a side that differs names no amount.
    """

    subject: Subject
    rate: StandingRate
    difference: Decimal | None
    sides: tuple[Side, ...]

    @property
    def own_name(self) -> str:
        """The provider's own id of the offer."""
        return self.subject.offer.partition("/")[2]


DISPUTE_SORTS: SortsInMemory[Dispute] = SortsInMemory(
    number=lambda one: one.rate.standing.point_id,
    by={
        "difference": (Decimal, lambda one: one.difference),
        "offer": (str, lambda one: one.subject.offer),
        "provider": (str, lambda one: one.subject.provider),
        "model": (str, lambda one: one.subject.model),
        "rate.meter": (str, lambda one: one.rate.standing.meter),
        "rate.state": (str, lambda one: one.rate.standing.state.value),
        "rate.amount": (Decimal, lambda one: one.rate.standing.amount),
        "rate.currency": (str, lambda one: one.rate.standing.currency),
        "rate.starts_at": (datetime, lambda one: one.rate.standing.starts_at),
        "rate.starts_basis": (str, lambda one: one.rate.standing.starts_basis.value),
        "rate.status": (str, lambda one: one.rate.status),
        "rate.source": (str, lambda one: one.rate.source),
        "rate.revision": (int, lambda one: one.rate.standing.revision),
    },
    default="-difference",
)


@dataclass(frozen=True, slots=True)
class DisputeFilter:
    """Which disputes are meant; None is any. ``source``: one of the sides is its word."""

    provider: str | None = None
    lab: str | None = None
    model: tuple[str, str] | None = None
    meter: str | None = None
    source: str | None = None


def disputes(
    wanted: DisputeFilter,
    as_of: AsOf,
    *,
    sort: str = DISPUTE_SORTS.default,
    after: Key | None = None,
    limit: int,
) -> Page[Dispute]:
    """Disputes in one of the orders of `DISPUTE_SORTS`, else the largest difference first.

    About the present: every rate of which a source says otherwise now. About the past: the rates
    that were published as disputed, with what had been said by then. Eight statements, one while
    nothing has changed. Raises `BadPlace` for a place of another order.
    """
    rows = [one for one in _known(as_of) if _is_meant(one, wanted)]
    return DISPUTE_SORTS.page(rows, sort, after=after, limit=limit)


# The present is asked for most, and the same for everybody until somebody says something new.
_PRESENT: Kept[tuple[Dispute, ...]] = Kept()


def _known(as_of: AsOf) -> tuple[Dispute, ...]:
    if not as_of.is_about_now:
        return _found(as_of)
    return _PRESENT.get_soon(state_of_words(as_of), lambda: _found(as_of))


def _found(as_of: AsOf) -> tuple[Dispute, ...]:
    stands = [_standing(*row) for row in _points(as_of).values_list(*_COLUMNS)]
    words = words_on({standing.offer_id for _, standing in stands}, as_of)
    told = [
        (subject, one, tuple(side for side in sides_on(one, words) if side.word.usable))
        for subject, one in stands
    ]
    differing = [row for row in told if any(not side.agrees for side in row[2])]
    rates = told_rates([standing for _, standing, _ in differing], as_of)
    found = (
        Dispute(subject, _today(rates[one.point_id], sides), _largest(one, sides), sides)
        for subject, one, sides in differing
    )
    return tuple(found)


def _points(as_of: AsOf) -> QuerySet[PricePoint]:
    """What may be disputed: where two sources, or a source and a curator, speak of an offer now.

    About the past: what was published so.
    """
    series = Series.objects.all()
    if as_of.is_about_now:
        corrected = Ruling.objects.filter(in_force(), kind=Ruling.Kind.STATE, offer__isnull=False)
        series = series.filter(
            Q(offer_id__in=_of_two_sources()) | Q(offer_id__in=corrected.values("offer_id"))
        )
    points = standing_points(PricePoint, series, at=as_of.at, revision=as_of.pinned_revision)
    points = points.exclude(state=PricePoint.State.WITHDRAWN)
    if not as_of.is_about_now:
        points = points.filter(status=PricePoint.Status.DISPUTED)
    return points


def _of_two_sources() -> QuerySet[Any, Any]:
    live = Claim.objects.filter(
        entries__missed_runs__lt=RUNS_UNTIL_WITHDRAWN, offer__isnull=False
    ).order_by()
    spoken = live.values("offer_id").annotate(speakers=Count("source_id", distinct=True))
    return spoken.filter(speakers__gt=1).values("offer_id")


def _standing(
    provider: str, model_id: str, lab: str | None, slug: str | None, *point: Any
) -> tuple[Subject, Standing]:
    model = None if slug is None else f"{lab}/{slug}"
    return Subject(f"{provider}/{model_id}", provider, lab, model), Standing.of_row(*point)


def _today(rate: StandingRate, sides: Iterable[Side]) -> StandingRate:
    """The rate with the status that a source gives it that is heard and says otherwise."""
    disputed = any(side.word.fresh and not side.agrees for side in sides)
    if disputed and rate.status != PricePoint.Status.STALE:
        return replace(rate, status=PricePoint.Status.DISPUTED.value)
    return rate


def _largest(standing: Standing, sides: Iterable[Side]) -> Decimal | None:
    stands = _worth(PriceState(standing.state), standing.amount)
    differences = []
    for side in sides:
        said = _worth(side.word.rate.state, side.word.rate.amount)
        if not side.agrees and said is not None and stands is not None:
            apart = abs(EXACT.subtract(said, stands))
            differences.append(proportion(apart, max(said, stands)))
    return max(differences, default=None)


def _worth(state: PriceState, amount: Decimal | None) -> Decimal | None:
    return Decimal(0) if state is PriceState.FREE else amount


def _is_meant(one: Dispute, wanted: DisputeFilter) -> bool:
    model = None if wanted.model is None else "/".join(wanted.model)
    return (
        wanted.provider in (None, one.subject.provider)
        and wanted.lab in (None, one.subject.lab)
        and model in (None, one.subject.model)
        and wanted.meter in (None, one.rate.standing.meter)
        and wanted.source in (None, *(side.word.source for side in one.sides))
    )

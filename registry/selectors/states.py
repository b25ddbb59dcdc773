"""What a process may keep between two questions, and how it sees that it is true no longer.

A state is read in one statement with every question. It is made of counts, sums and the newest ids,
so that what any process has published, linked, merged or decided shows in it at once.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread
from typing import Any, ClassVar, Generic, TypeVar

from django.db import connections
from django.db.models import BigIntegerField, Count, F, Max, Model, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Coalesce, Length

from registry.catalog.models import Lab, ModelAlias, Offer, OfferAlias, Provider
from registry.catalog.models import Model as AiModel
from registry.curation.models import Ruling
from registry.ingest.models import Claim, Source, SourceEntry
from registry.ledger.models import PricePoint
from registry.selectors.clocks import AsOf

T = TypeVar("T")
State = tuple[object, ...]


class Kept(Generic[T]):
    """The values of the states that were seen last, ``most`` of them; one of another is made.

    ``makes_aside``: set in a process that serves, where nobody need wait for what takes seconds.
    """

    makes_aside: ClassVar[bool] = False
    _all: ClassVar[list[Kept[Any]]] = []

    def __init__(self, most: int = 1) -> None:
        self._lock = Lock()
        self._aside = Lock()
        self._most = most
        self._held: tuple[tuple[State, T], ...] = ()
        self._all.append(self)

    def get(self, state: State, make: Callable[[], T]) -> T:
        """The value of a state."""
        for held, value in self._held:
            if held == state:
                return value
        with self._lock:
            for held, value in self._held:
                if held == state:
                    return value
            value = make()
            self._held = ((state, value), *self._held[: self._most - 1])
            return value

    def get_soon(self, state: State, make: Callable[[], T]) -> T:
        """The same; where values are made aside, the last one until that of another state is made.

        Who asks meanwhile is answered as if the question had come a moment before.
        """
        held = self._held
        if not self.makes_aside or not held or any(state == one for one, _ in held):
            return self.get(state, make)
        if self._aside.acquire(blocking=False):
            Thread(target=self._make_aside, args=(state, make), daemon=True).start()
        return held[0][1]

    def _make_aside(self, state: State, make: Callable[[], T]) -> None:
        try:
            self.get(state, make)
        finally:
            self._aside.release()
            connections.close_all()

    @classmethod
    def forget(cls) -> None:
        """Drops everything, for a process whose database was exchanged under it."""
        for one in cls._all:
            one._held = ()


def state_of_names() -> State:
    """What ids mean by: offers and their models, aliases, sellers, models. One statement."""
    return _read(
        _figures(Offer, "model_id", Count("pk")),
        _figures(OfferAlias, "offer_id", _letters("text")),
        _figures(ModelAlias, "model_id", _letters("text")),
        _figures(AiModel, "lab_id", _letters("slug")),
        _figures(Provider, "lab_id", _letters("slug") + _letters("kind")),
        _figures(Lab, "pk", _letters("slug")),
    )


def state_of_words(as_of: AsOf) -> State:
    """What the sources' words on the prices of a moment depend on. One statement."""
    at = as_of.at
    ahead = PricePoint.objects.filter(starts_at__gt=at)
    fresh = Source.objects.filter(fresh_until__gte=at)
    ruled = Q(lifted_at__isnull=True)
    return (
        as_of.hash,
        *_read(
            _figures(Claim, "offer_id", Count("pk")),
            _figures(SourceEntry, "last_run_id", Sum("missed_runs")),
            _figures(Ruling, "offer_id", Count("pk", filter=ruled)),
            _figures(Ruling, "source_id", Count("pk", filter=ruled & Q(since__lte=at))),
            _counted(ahead),
            _counted(fresh, Sum("trust")),
        ),
    )


def _figures(model: type[Model], link: str, figure: Any) -> QuerySet[Any, Any]:
    """Rows, the newest, and a sum in which every link of a row to another one shows."""
    linked = Coalesce(Cast(F(link), BigIntegerField()), Value(0)) * F("pk")
    return _row(model._default_manager.all(), Max("pk"), Sum(linked), figure)


def _letters(column: str) -> Any:
    return Sum(Length(column))


def _counted(rows: QuerySet[Any], figure: Any = None) -> QuerySet[Any, Any]:
    return _row(rows, Count("pk"), figure or Max("pk"), Value(0))


def _row(rows: QuerySet[Any], *figures: Any) -> QuerySet[Any, Any]:
    names = {f"figure_{place}": figure for place, figure in enumerate(figures)}
    row: QuerySet[Any, Any] = rows.order_by().values(one=Value(1)).annotate(**names)
    return row.values_list(*names)


def _read(*rows: QuerySet[Any, Any]) -> State:
    # The rows of a union have no order of their own, so each tells which it is.
    first, *rest = (
        row.annotate(place=Value(place)).values_list("place", "figure_0", "figure_1", "figure_2")
        for place, row in enumerate(rows)
    )
    return tuple(sorted(first.union(*rest, all=True)))

"""Whoever follows a feed is told every change once, however publications and questions mix."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Lab, Model, Offer, Provider
from registry.ledger.models import FactPoint, PricePoint, ScorePoint
from registry.ledger.points import NewStart
from tests.ledger.saying import day, point, say
from tests.ledger.scoring import score
from tests.ledger.stating import fact

FEEDS: dict[str, type[Any]] = {
    "changes": PricePoint,
    "changes/scores": ScorePoint,
    "changes/facts": FactPoint,
}
# What a revision says: of which kind, of which of two subjects, from which hour on, how much.
SAYING = st.dictionaries(
    st.tuples(st.sampled_from(list(FEEDS)), st.integers(0, 1), st.integers(0, 4)),
    st.one_of(st.none(), st.integers(1, 100)),
    min_size=1,
    max_size=6,
)
# A publication, or a question for so many.
STEPS = st.lists(st.one_of(SAYING, st.integers(1, 4)), max_size=12)


class Registry:
    """Two models with an offer each, and what is said of them."""

    def __init__(self) -> None:
        lab = Lab.objects.create(slug="lab", name="Lab")
        host = Provider.objects.create(slug="host", name="Host")
        self.models = [Model.objects.create(lab=lab, slug=s, name=s) for s in ("a", "b")]
        self.offers = [
            Offer.objects.create(provider=host, provider_model_id=model.slug, model=model)
            for model in self.models
        ]
        self.benchmark = sync_benchmarks()["swe-bench-verified"]
        self._say: dict[str, Callable[..., NewStart]] = {
            "changes": self._price,
            "changes/scores": self._score,
            "changes/facts": self._fact,
        }

    def publish(self, saying: dict[tuple[str, int, int], int | None]) -> None:
        """One revision; what says nothing is taken back."""
        starts = [self._say[feed](which, hour, n) for (feed, which, hour), n in saying.items()]
        say(*starts)

    def _price(self, which: int, hour: int, n: int | None) -> NewStart:
        state = "retracted" if n is None else "priced"
        return point(
            self.offers[which],
            None if n is None else str(n),
            starts=day(24) + timedelta(hours=hour),
            state=PricePoint.State(state),
        )

    def _score(self, which: int, hour: int, n: int | None) -> NewStart:
        state = ScorePoint.State("retracted" if n is None else "scored")
        value = None if n is None else str(Decimal(n))
        starts = day(24) + timedelta(hours=hour)
        return score(self.models[which], self.benchmark, value, starts=starts, state=state)

    def _fact(self, which: int, hour: int, n: int | None) -> NewStart:
        of = self.models[which] if hour % 2 else self.offers[which]
        return fact(of, n, starts=day(24) + timedelta(hours=hour))


class Follower:
    """Asks a feed again and again where the last answer said."""

    def __init__(self, feed: str) -> None:
        self._client = Client()
        self._address = f"/api/v1/{feed}?since=0"
        self.seen: list[int] = []

    def ask(self, limit: int) -> bool:
        """Whether anything came."""
        answer: Any = self._client.get(f"{self._address}&limit={limit}").json()
        self._address = answer["follow"].replace(f"&limit={limit}", "")
        self.seen += [int(one["now"]["receipt"].rpartition("/")[2]) for one in answer["items"]]
        return bool(answer["items"])


@pytest.mark.django_db
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_change_is_told_once_and_in_order(steps: list[Any]) -> None:
    with transaction.atomic():
        registry, followers = Registry(), {feed: Follower(feed) for feed in FEEDS}
        for step in steps:
            if isinstance(step, dict):
                registry.publish(step)
            else:
                for follower in followers.values():
                    follower.ask(step)
        for feed, follower in followers.items():
            while follower.ask(3):
                pass
            points = FEEDS[feed].objects.order_by("revision_id", "pk")
            assert follower.seen == list(points.values_list("pk", flat=True))
        transaction.set_rollback(True)

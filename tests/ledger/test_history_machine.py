"""The ledger against a plain list: whatever is published, both answer (at, revision) alike."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from registry.catalog.models import Offer, Provider
from registry.ledger.asof import history, outlook, rates_at
from registry.ledger.chain import head
from registry.ledger.models import PricePoint
from registry.ledger.record import NewPoint
from registry.ledger.standings import Period, Standing
from registry.ledger.verification import verify
from tests.ledger.saying import State, day, point, say

OFFERS = 2
HOURS = st.integers(min_value=0, max_value=6)
SERIES = st.tuples(
    st.integers(min_value=0, max_value=OFFERS - 1), st.sampled_from(["", "tier=batch"])
)
AMOUNTS = st.integers(min_value=1, max_value=10**15 - 1).map(lambda n: Decimal(n).scaleb(-9))
STATES = st.sampled_from(list(State))
SAYING = st.dictionaries(
    st.tuples(SERIES, HOURS), st.tuples(STATES, AMOUNTS), min_size=1, max_size=5
)

Series = tuple[int, str]
Price = tuple[str, Decimal | None]


def moment(hour: int) -> datetime:
    return day(24) + timedelta(hours=hour)


class HistoryMachine(RuleBasedStateMachine):
    """Publishes at random; the model is a list of all that was ever said."""

    def __init__(self) -> None:
        super().__init__()
        self.example = transaction.atomic()
        self.example.__enter__()
        provider = Provider.objects.create(slug="p", name="P")
        self.offers = [
            Offer.objects.create(provider=provider, provider_model_id=str(n)) for n in range(OFFERS)
        ]
        self.said: list[tuple[int, Series, int, Price]] = []
        self.answers: dict[tuple[int, int], object] = {}
        self.revision = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @rule(saying=SAYING)
    def publish(self, saying: dict[tuple[Series, int], tuple[State, Decimal]]) -> None:
        """Firsts, corrections, retractions, withdrawals and announcements, as chance has it."""
        self.revision += 1
        points = []
        for (series, hour), (state, drawn) in saying.items():
            amount = drawn if state == State.PRICED else None
            self.said.append((self.revision, series, hour, (state.value, amount)))
            points.append(self.point(series, hour, state, amount))
        assert say(*points).number == self.revision

    @rule(hour=HOURS, share=st.integers(min_value=0, max_value=10))
    def ask(self, hour: int, share: int) -> None:
        """Any moment as of any revision reads as the model has it, and is remembered."""
        revision = self.revision * share // 10
        answer = self.read(hour, revision)
        assert answer == self.expected(hour, revision)
        self.answers[hour, revision] = answer

    @rule(hour=HOURS)
    def ask_for_now(self, hour: int) -> None:
        assert self.read(hour, None) == self.expected(hour, self.revision)

    @rule(hour=HOURS)
    def look_ahead(self, hour: int) -> None:
        """The outlook is what stands, withdrawals too, and every later start that counts."""
        effective = self.effective(self.revision)
        seen = {}
        for offer, outlooks in outlook([o.pk for o in self.offers], at=moment(hour)).items():
            for one in outlooks:
                series = (self.index(offer), one.key.terms.key)
                seen[series] = (one.standing and price(one.standing), list(map(price, one.coming)))
        wanted = {}
        for series, starts in effective.items():
            past = [p for h, p in sorted(starts.items()) if h <= hour]
            wanted[series] = (
                past[-1] if past else None,
                [p for h, p in sorted(starts.items()) if h > hour],
            )
        assert seen == {s: w for s, w in wanted.items() if w != (None, [])}

    @rule(share=st.integers(min_value=0, max_value=10))
    def read_periods(self, share: int) -> None:
        """Periods say at every moment what a reading of that moment says."""
        revision = self.revision * share // 10
        periods = [
            ((index, series.key.terms.key), period)
            for index, offer in enumerate(self.offers)
            for series in history(offer.pk, revision=revision)
            for period in series.periods
        ]
        for hour in range(7):
            holding = [(key, p) for key, p in periods if holds(p, moment(hour))]
            found = {key: price(period.standing) for key, period in holding}
            assert len(holding) == len(found), "one price at a moment"
            assert found == self.expected(hour, revision)

    @invariant()
    def earlier_answers_never_change(self) -> None:
        for (hour, revision), answer in self.answers.items():
            assert self.read(hour, revision) == answer

    @invariant()
    def the_chain_holds(self) -> None:
        assert verify().faults == ()
        assert head().number == self.revision

    def point(self, series: Series, hour: int, state: State, amount: Decimal | None) -> NewPoint:
        offer, terms = series
        text = None if amount is None else str(amount)
        return point(self.offers[offer], text, terms=terms, starts=moment(hour), state=state)

    def read(self, hour: int, revision: int | None) -> dict[Series, Price]:
        asked = [offer.pk for offer in self.offers]
        return {
            (self.index(offer), standing.terms.key): price(standing)
            for offer, standings in rates_at(asked, at=moment(hour), revision=revision).items()
            for standing in standings
        }

    def expected(self, hour: int, revision: int) -> dict[Series, Price]:
        newest = {}
        for series, starts in self.effective(revision).items():
            past = [h for h in starts if h <= hour]
            if past and starts[max(past)][0] != State.WITHDRAWN:
                newest[series] = starts[max(past)]
        return newest

    def effective(self, revision: int) -> dict[Series, dict[int, Price]]:
        starts: dict[Series, dict[int, Price]] = defaultdict(dict)
        for published, series, hour, said in self.said:
            if published <= revision:
                starts[series][hour] = said
        return {
            series: {h: p for h, p in known.items() if p[0] != State.RETRACTED}
            for series, known in starts.items()
        }

    def index(self, offer_id: int) -> int:
        return [offer.pk for offer in self.offers].index(offer_id)


def holds(period: Period, at: datetime) -> bool:
    return period.starts_at <= at and (period.ends_at is None or at < period.ends_at)


def price(standing: Standing) -> Price:
    return (PricePoint.State(standing.state).value, standing.amount)


@pytest.mark.django_db
def test_the_ledger_answers_as_a_plain_list_would() -> None:
    run_state_machine_as_test(
        HistoryMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

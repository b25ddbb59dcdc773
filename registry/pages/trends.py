"""An offer's history as charts and as the list of its changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from registry.ledger.standings import Period, SeriesHistory, Standing
from registry.pages import wording
from registry.pages.charts.step import StepChart, Stretch, step_chart
from registry.pages.sheets import TELLING
from registry.pricing.rates import RateKey
from registry.pricing.terms import STANDARD

_CHARTS = 3
_LEAST = timedelta(days=90)
_EDGE = timedelta(days=14)
CHANGES_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Change:
    """A start of a price; ``before`` is what stood until then, ``part`` how much that moved.

    ``is_to_come``: it is announced for a moment after the one that is looked at.
    """

    key: RateKey
    standing: Standing
    before: Standing | None
    part: Decimal | None
    is_to_come: bool


def charts(history: Sequence[SeriesHistory], at: datetime, name: str) -> tuple[StepChart, ...]:
    """Small charts of what is priced under standard terms, in one currency, on one axis of time.

    Input, output and cache hits where there are any, dollars where there are any.
    """
    priced = [(one, stretches) for one in history if (stretches := _stretches(one))]
    if not priced:
        return ()
    currency = priced[0][0].key.currency
    drawn = sorted(
        (pair for pair in priced if pair[0].key.currency == currency),
        key=lambda pair: (
            TELLING.index(pair[0].key.meter) if pair[0].key.meter in TELLING else len(TELLING)
        ),
    )[:_CHARTS]
    last = max(stretches[-1].starts_at for _, stretches in drawn)
    until = max(at, last) + _EDGE
    since = min(stretches[0].starts_at for _, stretches in drawn)
    since = min(since, until - _LEAST)
    return tuple(
        step_chart(
            f"{name}-{number}",
            f"{wording.meter(one.key.meter).capitalize()}, {one.key.currency} "
            f"{wording.unit(one.key.meter)}",
            stretches,
            currency=one.key.currency,
            since=since,
            until=until,
            now=at,
        )
        for number, (one, stretches) in enumerate(drawn, 1)
    )


def changes(history: Sequence[SeriesHistory], at: datetime) -> tuple[Change, ...]:
    """Every start of every series, the newest first."""
    found = [change for one in history for change in _changes(one, at)]
    return tuple(sorted(found, key=lambda change: change.standing.starts_at, reverse=True))


def _changes(history: SeriesHistory, at: datetime) -> Iterator[Change]:
    before: Period | None = None
    for period in history.periods:
        stood = before.standing if before and before.ends_at == period.starts_at else None
        yield Change(
            history.key,
            period.standing,
            stood,
            _moved(stood, period.standing),
            period.starts_at > at,
        )
        before = period


def _moved(before: Standing | None, now: Standing) -> Decimal | None:
    if before is None or before.amount is None or now.amount is None:
        return None
    return now.amount / before.amount - 1


def _stretches(history: SeriesHistory) -> list[Stretch]:
    if history.key.terms != STANDARD:
        return []
    return [
        Stretch(period.starts_at, period.ends_at, period.standing.amount)
        for period in history.periods
        if period.standing.amount is not None
    ]

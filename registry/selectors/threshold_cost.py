"""What a score cost, month by month: the cheapest model that reached it by then.

A score counts from the day that its point starts on, a price while it stands. Each model is priced
at the offer that stands for it at the asked moment, so that one line is one seller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby

from registry.ledger.effective import effective
from registry.ledger.models import ScorePoint
from registry.pricing.cost import blended
from registry.pricing.quotes import plain
from registry.scoring.scales import Direction
from registry.scoring.setups import Setup
from registry.selectors.clocks import AsOf
from registry.selectors.everyday import Prices, everyday_prices
from registry.selectors.price_and_score import BLENDED, PRICES, PlotQuestion
from registry.selectors.standard_offers import StandardOffer, standard_offers

MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Reached:
    """The cheapest at a moment; None where nobody priced reached it. ``price`` per 1M tokens.

    ``score_point`` and ``price_points``: what both are read from, which lead to their receipts.
    """

    at: datetime
    model: str | None = None
    price: Decimal | None = None
    score: Decimal | None = None
    score_point: int | None = None
    price_points: tuple[int, ...] = ()

    @property
    def lab(self) -> str:
        """The lab of the model."""
        return (self.model or "").partition("/")[0]

    @property
    def slug(self) -> str:
        """The model's slug at its lab."""
        return (self.model or "").partition("/")[2]


@dataclass(frozen=True, slots=True)
class _Scores:
    """One model's scores under any of the setups that count: starts, and what they told."""

    model: str
    starts: tuple[tuple[datetime, int, Decimal | None], ...]

    def at(self, moment: datetime) -> tuple[Decimal, int] | None:
        """The score that stands at a moment, and its point."""
        told = [(value, point) for at, point, value in self.starts if at <= moment]
        value, point = told[-1] if told else (None, 0)
        return None if value is None else (value, point)


def threshold_cost(
    question: PlotQuestion,
    setup: Setup | None,
    least: Decimal,
    direction: Direction,
    as_of: AsOf,
    known: Mapping[str, StandardOffer] | None = None,
) -> tuple[Reached, ...]:
    """At each month's beginning since somebody had a score, and at the moment itself.

    ``setup`` None: under whatever conditions. ``known``: standard offers at the same moment that
    were read already. At most four statements.
    """
    scores = _scores(question.benchmark, setup, as_of)
    first = min((one.starts[0][0] for one in scores), default=as_of.at)
    known = known or {}
    unread = {one.model for one in scores} - known.keys()
    offers = {**known, **standard_offers(unread, as_of)}
    prices = everyday_prices(as_of)
    ids = {model: offer.offer_id for model, offer in offers.items()}
    return tuple(
        _cheapest(moment, scores, ids, prices, question, least, direction)
        for moment in (*_months(first, as_of.at), as_of.at)
    )


def _scores(benchmark: str, setup: Setup | None, as_of: AsOf) -> list[_Scores]:
    points = effective(ScorePoint, revision=as_of.pinned_revision).filter(
        series__benchmark__slug=benchmark, starts_at__lte=as_of.at
    )
    if setup is not None:
        points = points.filter(series__setup=setup.key)
    rows = points.order_by("series_id", "starts_at").values_list(
        "series_id", "series__model__lab__slug", "series__model__slug", "starts_at", "pk", "value"
    )
    return [
        _Scores(
            f"{lab}/{slug}",
            tuple((at, pk, None if value is None else plain(value)) for *_, at, pk, value in group),
        )
        for (_, lab, slug), group in groupby(rows, key=lambda row: row[:3])
    ]


def _cheapest(
    moment: datetime,
    scores: Iterable[_Scores],
    offers: Mapping[str, int],
    prices: Prices,
    question: PlotQuestion,
    least: Decimal,
    direction: Direction,
) -> Reached:
    found = [
        (*price, one.model, *told)
        for one in scores
        if one.model in offers
        and (told := one.at(moment)) is not None
        and _reaches(told[0], least, direction)
        and (price := _price(prices, offers[one.model], moment, question)) is not None
    ]
    if not found:
        return Reached(moment)
    amount, points, model, score, point = min(found, key=lambda one: (one[0], one[2], one[3]))
    return Reached(moment, model, amount, score, point, points)


def _reaches(score: Decimal, least: Decimal, direction: Direction) -> bool:
    return score >= least if direction is Direction.HIGHER else score <= least


def _price(
    prices: Prices, offer_id: int, moment: datetime, question: PlotQuestion
) -> tuple[Decimal, tuple[int, ...]] | None:
    """The price at a moment, and the points that it is made of."""
    lines = prices.timelines.get(offer_id, {})
    meters: Sequence[str] = PRICES[1:] if question.price == BLENDED else (question.price,)
    standing = [lines[meter].at(moment) if meter in lines else None for meter in meters]
    told = [(one.amount, one.point_id) for one in standing if one and one.amount is not None]
    if len(told) < len(meters):
        return None
    amounts, points = zip(*told, strict=True)
    if question.price != BLENDED:
        return amounts[0], points
    sent, written = amounts
    return blended(sent, written, question.ratio), points


def _months(first: datetime, last: datetime) -> Iterator[datetime]:
    """The beginnings of months after ``first`` and before ``last``, the last of them only."""
    end = last.year * 12 + last.month - 1
    begin = max(first.year * 12 + first.month, end - MOST_MONTHS + 1)
    for month in range(begin, end + 1):
        moment = datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)
        if moment < last:
            yield moment

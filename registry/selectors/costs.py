"""What usages cost: bills, each line with its receipt."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from registry.catalog.resolving import Resolution
from registry.ledger.asof import histories
from registry.ledger.standings import SeriesHistory, Standing
from registry.pricing.cost import Bill, BillLine, NotBillable, cost
from registry.pricing.exchange import Converted, ConvertedBill, ExchangeError, converted
from registry.pricing.rate_card import Fallback, NotOnCard, RateCard
from registry.pricing.usage import Usage
from registry.selectors.clocks import AsOf
from registry.selectors.exchange import exchange_rates
from registry.selectors.rate_cards import StandingRate, told_rates
from registry.selectors.refusals import NotBilled, Refusal, not_certain, refusal_of
from registry.selectors.resolving import Written, resolve


@dataclass(frozen=True, slots=True)
class UsageAsked:
    """One usage to be billed.

    ``offer``: any spelling that means just one offer. ``at``: None is the moment of the whole
    question. A region or tier that the spelling names counts where none is given; such a region
    only if the card tells regions apart by that name. ``request_input_tokens``: the input of one
    request, for a usage that adds up many. ``convert_to``: a currency to tell beside.
    """

    offer: Written
    usage: Usage
    at: datetime | None = None
    tier: str | None = None
    region: str | None = None
    variant: str | None = None
    currency: str = "USD"
    fallback: Fallback | None = None
    request_input_tokens: int | None = None
    convert_to: str | None = None


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line and the rate that stands behind it, which leads to the receipt."""

    line: BillLine
    rate: StandingRate


@dataclass(frozen=True, slots=True)
class Billed:
    """A bill with its receipts; ``converted`` is the same in another currency, where asked."""

    offer: Resolution
    at: datetime
    tier: str | None
    region: str | None
    bill: Bill
    lines: tuple[BilledLine, ...]
    converted: ConvertedBill | None

    @property
    def converted_total(self) -> Converted | None:
        """The total in the other currency, with the rate, its day and its source."""
        return None if self.converted is None else self.converted.total


def bills(asked: Sequence[UsageAsked], as_of: AsOf) -> tuple[Billed, ...]:
    """A bill for each usage, in order; raises `NotBilled` with everything that cannot be.

    A fixed number of statements, however many usages and moments.
    """
    offers = resolve([one.offer for one in asked])
    cards = _Cards([found.offer.offer_id for found in offers if found.offer], as_of)
    drafts: list[_Draft] = []
    refusals: list[Refusal] = []
    for position, (one, found) in enumerate(zip(asked, offers, strict=True)):
        try:
            drafts.append(_draft(one, found, cards, one.at or as_of.at))
        except NotBilled as error:
            refusals += [one.within(f"usages[{position}]") for one in error.refusals]
    if refusals:
        raise NotBilled(refusals)
    told = told_rates([one for draft in drafts for one in draft.standings], as_of)
    return tuple(draft.told(told) for draft in drafts)


def receipted(
    bill: Bill, standings: Iterable[Standing], told: Mapping[int, StandingRate]
) -> tuple[BilledLine, ...]:
    """The lines of a bill, each with the rate of the card that it was billed at."""
    by_key = {standing.key: standing for standing in standings}
    return tuple(BilledLine(line, told[by_key[line.rate.key].point_id]) for line in bill.lines)


def card_of(standings: Iterable[Standing]) -> RateCard:
    """The rates that stand, as the price model's card."""
    return RateCard(tuple(standing.rate for standing in standings))


class _Cards:
    """The cards of some offers at any moment, out of one read of their history."""

    def __init__(self, offer_ids: Collection[int], as_of: AsOf) -> None:
        revision = as_of.pinned_revision
        ids = sorted(set(offer_ids))
        self._histories: dict[int, tuple[SeriesHistory, ...]] = (
            histories(ids, revision=revision) if ids else {}
        )
        self._cards: dict[tuple[int, ...], RateCard] = {}

    def at(self, offer_id: int, moment: datetime) -> tuple[RateCard, tuple[Standing, ...]]:
        """The card at a moment, and the points that its rates are read from."""
        standings = tuple(
            period.standing
            for series in self._histories[offer_id]
            for period in series.periods
            if period.starts_at <= moment and (period.ends_at is None or moment < period.ends_at)
        )
        points = tuple(standing.point_id for standing in standings)
        if points not in self._cards:
            self._cards[points] = card_of(standings)
        return self._cards[points], standings


@dataclass(frozen=True, slots=True)
class _Draft:
    """A bill whose points are known and not yet told."""

    offer: Resolution
    at: datetime
    tier: str | None
    region: str | None
    bill: Bill
    standings: tuple[Standing, ...]
    converted: ConvertedBill | None

    def told(self, rates: Mapping[int, StandingRate]) -> Billed:
        return Billed(
            offer=self.offer,
            at=self.at,
            tier=self.tier,
            region=self.region,
            bill=self.bill,
            lines=receipted(self.bill, self.standings, rates),
            converted=self.converted,
        )


def _draft(asked: UsageAsked, found: Resolution, cards: _Cards, at: datetime) -> _Draft:
    if found.offer is None:
        raise NotBilled([not_certain("offer", asked.offer, found)])
    card, standings = cards.at(found.offer.offer_id, at)
    if not standings:
        raise NotBilled([Refusal("offer", asked.offer.id, f"what is priced at {at:%Y-%m-%d}")])
    tier = asked.tier or found.tier
    region = asked.region or _on_card(found.region, card)
    try:
        bill = cost(
            card,
            asked.usage,
            at=at,
            tier=tier,
            region=region,
            variant=asked.variant,
            currency=asked.currency,
            fallback=asked.fallback,
            context_tokens=asked.request_input_tokens,
        )
        beside = _converted(bill, asked.convert_to, at)
    except (NotOnCard, NotBillable, ExchangeError) as error:
        raise NotBilled([refusal_of(error)]) from error
    keys = {line.rate.key for line in bill.lines}
    used = tuple(standing for standing in standings if standing.key in keys)
    return _Draft(found, at, tier, region, bill, used, beside)


def _on_card(region: str | None, card: RateCard) -> str | None:
    return region if any(rate.terms.region == region for rate in card.rates) else None


def _converted(bill: Bill, currency: str | None, at: datetime) -> ConvertedBill | None:
    if currency is None:
        return None
    return converted(bill, exchange_rates(), currency, at.date())

"""What offers cost at a moment, as known at a revision."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from registry.ingest.models import Claim
from registry.ledger.asof import rates_at
from registry.ledger.models import PricePoint
from registry.ledger.standings import Standing
from registry.pricing.rate_card import STANDARD_TIER
from registry.selectors.card_order import place
from registry.selectors.clocks import AsOf

POINT_STATES: tuple[str, ...] = tuple(PricePoint.State.values)
RATE_STATUSES: tuple[str, ...] = tuple(PricePoint.Status.values)
CAUSES: tuple[str, ...] = tuple(PricePoint.Cause.values)
STARTS_BASES: tuple[str, ...] = tuple(PricePoint.Basis.values)


@dataclass(frozen=True, slots=True)
class StandingRate:
    """A rate that stands, whose word it is (None: a curator's), and its status.

    ``status`` is today's when the read is about now: ``stale`` where its source has not been heard
    within its time. Otherwise it is what was stored when the point was published.
    """

    standing: Standing
    source: str | None
    status: str


@dataclass(frozen=True, slots=True)
class RateFilter:
    """Which rates of a card are meant; None is any.

    ``tier``: `STANDARD_TIER` keeps rates without a tier. ``context_over``: 0 keeps rates without a
    context limit. ``everyday``: only rates that name no tier, region, variant or context limit.
    """

    tier: str | None = None
    region: str | None = None
    variant: str | None = None
    currency: str | None = None
    context_over: int | None = None
    everyday: bool = False

    def keeps(self, standing: Standing) -> bool:
        """Whether the rate is one of those meant."""
        terms = standing.terms
        named = (terms.tier, terms.region, terms.variant, terms.context_over)
        return not (
            (self.everyday and any(named))
            or self.currency not in (None, standing.currency)
            or self.region not in (None, terms.region)
            or self.variant not in (None, terms.variant)
            or self.tier not in (None, terms.tier or STANDARD_TIER)
            or self.context_over not in (None, terms.context_over or 0)
        )


@dataclass(frozen=True, slots=True)
class Available:
    """What a whole card distinguishes, whichever of its rates were asked for."""

    currencies: tuple[str, ...]
    tiers: tuple[str, ...]
    regions: tuple[str, ...]
    variants: tuple[str, ...]
    context_over: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CardAt:
    """An offer's rates at a moment, in the card's order; none where nothing is known."""

    rates: tuple[StandingRate, ...]
    available: Available


def rate_cards(
    offer_ids: Collection[int], as_of: AsOf, wanted: RateFilter | None = None
) -> dict[int, CardAt]:
    """The card of every asked offer. Two statements, none for no offers."""
    if not offer_ids:
        return {}
    wanted = wanted or RateFilter()
    cards = rates_at(offer_ids, at=as_of.at, revision=as_of.pinned_revision)
    kept = {
        offer_id: sorted(filter(wanted.keeps, standings), key=lambda standing: place(standing.key))
        for offer_id, standings in cards.items()
    }
    told = told_rates([one for standings in kept.values() for one in standings], as_of)
    return {
        offer_id: CardAt(
            tuple(told[standing.point_id] for standing in standings),
            _available(cards[offer_id]),
        )
        for offer_id, standings in kept.items()
    }


def told_rates(standings: Collection[Standing], as_of: AsOf) -> dict[int, StandingRate]:
    """Rates that stand, by point, with whose word they are and how sure. One statement."""
    voices = _voices(standings)
    return {standing.point_id: _told(standing, voices, as_of) for standing in standings}


@dataclass(frozen=True, slots=True)
class _Voice:
    source: str
    fresh_until: datetime | None


def _voices(standings: Iterable[Standing]) -> dict[int, _Voice]:
    claim_ids = {standing.claim_id for standing in standings if standing.claim_id is not None}
    rows = Claim.objects.filter(pk__in=claim_ids).values_list(
        "pk", "source__slug", "source__fresh_until"
    )
    return {pk: _Voice(slug, fresh_until) for pk, slug, fresh_until in rows}


def _told(standing: Standing, voices: dict[int, _Voice], as_of: AsOf) -> StandingRate:
    voice = None if standing.claim_id is None else voices[standing.claim_id]
    status = standing.status.value
    if as_of.is_about_now and voice is not None and voice.fresh_until is not None:
        status = PricePoint.Status.STALE.value if voice.fresh_until < as_of.at else status
    return StandingRate(standing, None if voice is None else voice.source, status)


def _available(standings: Collection[Standing]) -> Available:
    terms = [standing.terms for standing in standings]
    return Available(
        currencies=_distinct(standing.currency for standing in standings),
        tiers=_distinct(one.tier or STANDARD_TIER for one in terms),
        regions=_distinct(one.region for one in terms),
        variants=_distinct(one.variant for one in terms),
        context_over=tuple(sorted({one.context_over or 0 for one in terms})),
    )


def _distinct(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({text for text in texts if text is not None}))

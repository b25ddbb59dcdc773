"""Why a published figure is what it is: every word on it over time, and who decided."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from registry.curation.models import AuditEvent, Ruling
from registry.ingest.content import from_content
from registry.ingest.models import Claim, SourceEntry
from registry.ledger.asof import history
from registry.ledger.standings import Period
from registry.pricing.quotes import QuoteError, read_quote
from registry.pricing.rates import RateKey, shown_price
from registry.selectors.receipts import Receipt, receipt

_CLAIMS = 200
_EVENTS = 20


@dataclass(frozen=True, slots=True)
class Saying:
    """What one claim says of the figure.

    ``quoted``: as the source writes it; ``read``: as a rate, or why it is none. ``still``: the
    source says so now. ``starts_at``: where the source dates it. ``decided``: it is the point's.
    """

    claim_id: int
    source: str
    trust: int
    first_seen_at: datetime
    quoted: str
    read: str
    starts_at: datetime | None
    still: bool
    decided: bool


@dataclass(frozen=True, slots=True)
class Why:
    """The whole chain behind a point: receipt, all sources' words, the series, who acted on it."""

    offer_id: int
    receipt: Receipt
    sayings: tuple[Saying, ...]
    periods: tuple[Period, ...]
    rulings: tuple[Ruling, ...]
    events: tuple[AuditEvent, ...]


def why(point_id: int) -> Why:
    """The chain of a point; raises `NotHeld`. Seven statements."""
    found = receipt(point_id)
    offer_id, key = found.point.offer_id, found.point.key
    series = history(offer_id, meter=key.meter, terms=key.terms.key, currency=key.currency)
    rulings = Ruling.objects.filter(offer_id=offer_id).select_related("source")
    events = AuditEvent.objects.filter(subject=f"{found.provider}/{found.provider_model_id}")
    return Why(
        offer_id=offer_id,
        receipt=found,
        sayings=tuple(_sayings(offer_id, key, found.point.claim_id)),
        periods=tuple(period for one in series for period in one.periods),
        rulings=tuple(rulings.order_by("-made_at", "-pk")[:_EVENTS]),
        events=tuple(events.order_by("-at", "-pk")[:_EVENTS]),
    )


def still_said(claim_ids: Collection[int]) -> frozenset[int]:
    """Which of some claims their sources make now. One statement."""
    links = SourceEntry.claims.through.objects.filter(
        claim__in=claim_ids, sourceentry__missed_runs=0
    )
    return frozenset(links.values_list("claim_id", flat=True))


def _sayings(offer_id: int, key: RateKey, decided: int | None) -> Iterator[Saying]:
    """Every claim on the offer that quotes the series, the newest first."""
    claims = Claim.objects.filter(offer_id=offer_id).select_related("source")
    newest = list(claims.order_by("-first_seen_at", "-pk")[:_CLAIMS])
    said_now = still_said([claim.pk for claim in newest])
    for claim in newest:
        said = from_content(
            claim.content, provider=claim.provider_name, model_id=claim.model_id, page=None
        )
        dated = [(quote, card.starts_at) for card in said.scheduled for quote in card.quotes]
        for quote, starts_at in [*((quote, None) for quote in said.quotes), *dated]:
            if RateKey(quote.meter, quote.terms, quote.currency) != key:
                continue
            try:
                read = shown_price(read_quote(quote).rate)
            except QuoteError as error:
                read = f"refused: {error.fault.value}"
            yield Saying(
                claim.pk,
                claim.source.slug,
                claim.source.trust,
                claim.first_seen_at,
                f"{quote.field}: {quote.text or quote.state} per {quote.per:f}",
                read,
                starts_at,
                claim.pk in said_now,
                claim.pk == decided,
            )

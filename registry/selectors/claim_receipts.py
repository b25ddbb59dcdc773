"""One source's word: everything that it says, where, whether still, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from registry.catalog.facts import FactValue, read_facts, value_of
from registry.curation.models import Review
from registry.ingest.models import Claim, SourceEntry
from registry.ingest.reading_content import reading_in
from registry.ledger.models import FactPoint, PricePoint, ScorePoint
from registry.pricing.quotes import plain
from registry.pricing.terms import Terms
from registry.scoring.setups import Setup
from registry.selectors.excerpts import Excerpt
from registry.selectors.receipts import Evidence, claim_evidence
from registry.selectors.review_item import excerpt_of
from scrapers.claims import ReadingClaim

_POINTS = 200


class PublishedPrice(NamedTuple):
    """A price that was published on the claim; ``amount`` None where the state says it."""

    point_id: int
    meter: str
    terms: Terms
    currency: str
    state: str
    amount: Decimal | None
    starts_at: datetime
    revision: int


class PublishedScore(NamedTuple):
    """A score that was published on the claim; ``value`` None where it was taken back."""

    point_id: int
    benchmark: str
    setup: Setup
    value: Decimal | None
    starts_at: datetime
    revision: int


class PublishedFact(NamedTuple):
    """A fact that was published on the claim; ``value`` None where it was taken back."""

    point_id: int
    name: str
    value: FactValue | None
    starts_at: datetime
    revision: int


class KeptBack(NamedTuple):
    """Why the claim was not simply published, and what became of that.

    ``outcome`` and ``state`` in words; each finding is a reason, a field, a value, an expectation.
    """

    seen_at: datetime
    outcome: str
    state: str
    findings: tuple[tuple[str, str, str, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class ClaimReceipt:
    """A claim as its source made it.

    ``provider`` and ``provider_model_id``: the offer that it is matched to; ``lab`` and ``slug``:
    the model; both empty where no rule was certain. ``reading``: of a claim on a score.
    ``last_read_at``: when its source last said so; ``still``: whether it says so now.
    """

    claim_id: int
    evidence: Evidence
    provider: str
    provider_model_id: str
    lab: str
    slug: str
    benchmark: str
    reading: ReadingClaim | None
    facts: dict[str, FactValue]
    last_read_at: datetime | None
    still: bool
    prices: tuple[PublishedPrice, ...]
    scores: tuple[PublishedScore, ...]
    published_facts: tuple[PublishedFact, ...]
    kept_back: tuple[KeptBack, ...]
    excerpt: Excerpt | None


def claim_receipt(claim_id: int) -> ClaimReceipt:
    """Everything of one claim; raises `NotHeld`. Seven statements."""
    evidence = claim_evidence(claim_id)
    claim = Claim.objects.select_related(
        "first_run__snapshot",
        "offer__provider",
        "offer__model__lab",
        "model_name__model__lab",
        "benchmark_name__benchmark",
    ).get(pk=claim_id)
    offer, content = claim.offer, claim.content
    of = claim.model_name.model if claim.model_name else offer.model if offer else None
    benchmark = claim.benchmark_name.benchmark if claim.benchmark_name else None
    entries = list(
        SourceEntry.objects.filter(claims=claim).values_list("last_run__at", "missed_runs")
    )
    return ClaimReceipt(
        claim_id=claim_id,
        evidence=evidence,
        provider=offer.provider.slug if offer else "",
        provider_model_id=offer.provider_model_id if offer else "",
        lab=of.lab.slug if of else "",
        slug=of.slug if of else "",
        benchmark=benchmark.slug if benchmark else "",
        reading=_reading(claim) if "quote" in content else None,
        facts=read_facts(content.get("facts", {})),
        last_read_at=max((at for at, _ in entries), default=None),
        still=any(not missed for _, missed in entries),
        prices=tuple(_prices(claim)),
        scores=tuple(_scores(claim)),
        published_facts=tuple(_facts(claim)),
        kept_back=tuple(_kept_back(claim)),
        excerpt=excerpt_of(claim),
    )


def _reading(claim: Claim) -> ReadingClaim:
    return reading_in(
        claim.content, organisation=claim.provider_name, written=claim.model_id, page=claim.page
    )


def _prices(claim: Claim) -> Iterator[PublishedPrice]:
    points = PricePoint.objects.filter(claim=claim).order_by("pk").values_list(
        "pk", "series__meter", "series__terms", "series__currency", "state", "amount",
        "starts_at", "revision_id",
    )  # fmt: skip
    for pk, meter, terms, currency, state, amount, starts_at, revision in points[:_POINTS]:
        known = None if amount is None else plain(amount)
        yield PublishedPrice(
            pk, meter, Terms.parse(terms), currency, state, known, starts_at, revision
        )


def _scores(claim: Claim) -> Iterator[PublishedScore]:
    points = ScorePoint.objects.filter(claim=claim).order_by("pk").values_list(
        "pk", "series__benchmark__slug", "series__setup", "value", "starts_at", "revision_id"
    )  # fmt: skip
    for pk, benchmark, setup, value, starts_at, revision in points[:_POINTS]:
        known = None if value is None else plain(value)
        yield PublishedScore(pk, benchmark, Setup.parse(setup), known, starts_at, revision)


def _facts(claim: Claim) -> Iterator[PublishedFact]:
    points = FactPoint.objects.filter(claim=claim).order_by("pk").values_list(
        "pk", "series__name", "value", "starts_at", "revision_id"
    )  # fmt: skip
    for pk, name, text, starts_at, revision in points[:_POINTS]:
        yield PublishedFact(pk, name, value_of(name, text) if text else None, starts_at, revision)


def _kept_back(claim: Claim) -> Iterator[KeptBack]:
    for review in Review.objects.filter(claim=claim).order_by("-seen_at", "-pk"):
        yield KeptBack(
            review.seen_at,
            review.get_outcome_display(),
            review.get_state_display(),
            tuple((f[0], f[1], f[2], f[3]) for f in review.findings),
            review.answer_note,
        )

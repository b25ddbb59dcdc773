"""Receipts of scores: the way from a score back to the bytes it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.rate_cards import Basis
from registry.api.v1.shapes.readings import End, Items, SetupMap, figure
from registry.api.v1.shapes.receipts import Evidence
from registry.api.v1.shapes.revisions import Revision
from registry.selectors import score_receipts as receipts
from registry.selectors.readings import READING_CAUSES, READING_STATUSES
from registry.selectors.score_changes import SCORE_STATES
from scrapers.claims import ReadingClaim


@dataclass(frozen=True, slots=True)
class ScoreFigure(Shape):
    """The score as it was published; null where it was withdrawn."""

    benchmark: str
    benchmark_address: str
    setup: SetupMap
    state: Annotated[
        str, meaning("That it was scored, or that the score ended.", among=SCORE_STATES)
    ]
    value: Annotated[str | None, meaning("A decimal number as text.", "80.6")]
    qualifier: str | None
    low: End
    high: End
    items: Items
    evaluator: str | None
    starts_at: Instant
    starts_basis: Basis

    @classmethod
    def of(cls, receipt: receipts.ScoreReceipt) -> ScoreFigure:
        """The point of a receipt."""
        return cls(
            benchmark=receipt.benchmark,
            benchmark_address=addresses.benchmark(receipt.benchmark),
            setup=receipt.setup.as_dict(),
            state=receipt.state,
            value=figure(receipt.value),
            qualifier=receipt.qualifier or None,
            low=figure(receipt.low),
            high=figure(receipt.high),
            items=receipt.items,
            evaluator=receipt.evaluator or None,
            starts_at=receipt.starts_at,
            starts_basis=receipt.starts_basis,
        )


@dataclass(frozen=True, slots=True)
class ScoreDecision(Shape):
    """Why it was published, and how sure it was then."""

    cause: Annotated[str, meaning("Why it was published.", among=READING_CAUSES)]
    status: Annotated[str, meaning("As stored with its revision.", among=READING_STATUSES)]


@dataclass(frozen=True, slots=True)
class ScoreQuote(Shape):
    """The score exactly as the source writes it, with its own names."""

    benchmark: str
    model: str
    field: str
    text: str
    scale: str
    setup: SetupMap
    measured_on: date | None
    low: str | None
    high: str | None
    stderr: str | None
    items: int | None
    passed: int | None

    @classmethod
    def of(cls, claim: ReadingClaim) -> ScoreQuote:
        """The quote as the API tells it."""
        quote = claim.quote
        return cls(
            benchmark=claim.benchmark,
            model=claim.written,
            field=quote.field,
            text=quote.text,
            scale=quote.scale,
            setup=claim.setup.as_dict(),
            measured_on=quote.measured_on,
            low=quote.low,
            high=quote.high,
            stderr=quote.stderr,
            items=quote.items,
            passed=quote.passed,
        )


@dataclass(frozen=True, slots=True)
class ScoreReceipt(Shape):
    """A published score, the decision behind it and the evidence it rests on.

    ``revision`` is the one that published it; ``evidence`` and ``quote`` are null for a curator's
    own word.
    """

    revision: Revision
    model: str
    model_address: str
    figure: ScoreFigure
    decision: ScoreDecision
    quote: ScoreQuote | None
    evidence: Evidence | None

    @classmethod
    def of(cls, receipt: receipts.ScoreReceipt) -> ScoreReceipt:
        """The receipt as the API tells it."""
        return cls(
            revision=Revision.of(receipt.revision),
            model=receipt.model,
            model_address=addresses.model(receipt.model),
            figure=ScoreFigure.of(receipt),
            decision=ScoreDecision(receipt.cause, receipt.status),
            quote=None if receipt.said is None else ScoreQuote.of(receipt.said),
            evidence=None if receipt.evidence is None else Evidence.of(receipt.evidence),
        )

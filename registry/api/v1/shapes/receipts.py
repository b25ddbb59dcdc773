"""Receipts: the way from a figure back to the bytes it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.rate_cards import PER, UNIT, Amount, Basis, MeterName, TermsMap
from registry.api.v1.shapes.revisions import Revision
from registry.selectors import receipts
from registry.selectors.rate_cards import CAUSES, POINT_STATES, RATE_STATUSES

_NOT_HELD = (
    "The bytes are not held here: the bundled catalogue carries digests only. A copy from the "
    "upstream address can be checked by its sha256."
)


@dataclass(frozen=True, slots=True)
class Figure(Shape):
    """The figure as it was published."""

    meter: MeterName
    terms: TermsMap
    state: Annotated[str, meaning("A price's state, or that it ended.", among=POINT_STATES)]
    amount: Amount
    currency: str
    per: int
    unit: str
    starts_at: Instant
    starts_basis: Basis

    @classmethod
    def of(cls, receipt: receipts.Receipt) -> Figure:
        """The point of a receipt."""
        point = receipt.point
        return cls(
            meter=point.meter,
            terms=point.terms.as_dict(),
            state=point.state.value,
            amount=None if point.amount is None else f"{point.amount:f}",
            currency=point.currency,
            per=PER[point.meter],
            unit=UNIT[point.meter],
            starts_at=point.starts_at,
            starts_basis=point.starts_basis.value,
        )


@dataclass(frozen=True, slots=True)
class Decision(Shape):
    """Why it was published, and how sure it was then."""

    cause: Annotated[str, meaning("Why it was published.", among=CAUSES)]
    status: Annotated[str, meaning("As stored with its revision.", among=RATE_STATUSES)]


@dataclass(frozen=True, slots=True)
class Quote(Shape):
    """A figure exactly as the source writes it."""

    field: Annotated[str, meaning("The source's own name for it.")]
    text: str
    per: Annotated[str, meaning("How many units it is quoted for.")]
    currency: str
    subunits: Annotated[int, meaning("100 where it is quoted in cents.")]
    terms: TermsMap
    state: Annotated[str | None, meaning("What the source declares beyond the figure.")]
    derived: Annotated[bool, meaning("Computed from the source's multiplier, not stated.")]
    starts_at: Annotated[Instant | None, meaning("Where the source dates it.")]

    @classmethod
    def of(cls, figure: receipts.QuotedFigure) -> Quote:
        """The quote as the API tells it."""
        quote = figure.quote
        return cls(
            field=quote.field,
            text=quote.text,
            per=f"{quote.per:f}",
            currency=quote.currency,
            subunits=quote.subunits,
            terms=quote.terms.as_dict(),
            state=None if quote.state is None else quote.state.value,
            derived=quote.derived,
            starts_at=figure.starts_at,
        )


@dataclass(frozen=True, slots=True)
class Claim(Shape):
    """What the source says, under the names that it uses itself."""

    entry: str
    provider_name: str
    model_id: str
    page: Annotated[str | None, meaning("Where a person can check it.")]
    sha256: Annotated[str, meaning("Of the claim's content.")]
    first_seen_at: Instant
    quotes: Annotated[
        tuple[Quote, ...], meaning("For this meter; empty where the claim came as a bare receipt.")
    ]


@dataclass(frozen=True, slots=True)
class Snapshot(Shape):
    """The exact bytes that were read."""

    sha256: str
    size: Annotated[int, meaning("In bytes.")]
    media_type: str | None
    held: bool
    bytes: Annotated[str | None, meaning("Where to download them, if they are held.")]
    remark: str | None


@dataclass(frozen=True, slots=True)
class Run(Shape):
    """The attempt that took the bytes."""

    at: Instant
    slot: str
    outcome: str
    upstream: Annotated[str | None, meaning("The address that was asked.")]


@dataclass(frozen=True, slots=True)
class Voice(Shape):
    """The source that said it."""

    id: str
    name: str
    homepage: str | None
    trust: int
    licence: str | None
    address: str


@dataclass(frozen=True, slots=True)
class Evidence(Shape):
    """On whose word: claim, snapshot, run and source, each leading to the next."""

    claim: Claim
    snapshot: Snapshot | None
    run: Run
    source: Voice

    @classmethod
    def of(cls, found: receipts.Evidence) -> Evidence:
        """The evidence as the API tells it."""
        return cls(
            claim=Claim(
                entry=found.entry_key,
                provider_name=found.provider_name,
                model_id=found.model_id,
                page=found.page or None,
                sha256=found.digest,
                first_seen_at=found.first_seen_at,
                quotes=tuple(map(Quote.of, found.quotes)),
            ),
            snapshot=_snapshot(found),
            run=Run(found.run_at, found.run_slot, found.run_outcome, found.address or None),
            source=Voice(
                id=found.source,
                name=found.source_name,
                homepage=found.source_homepage or None,
                trust=found.source_trust,
                licence=found.source_licence or None,
                address=addresses.source(found.source),
            ),
        )


@dataclass(frozen=True, slots=True)
class ClaimReceipt(Shape):
    """What one source said of an offer or a score, published or not, and the evidence for it."""

    evidence: Evidence


def _snapshot(found: receipts.Evidence) -> Snapshot | None:
    if found.sha256 is None or found.size is None:
        return None
    return Snapshot(
        sha256=found.sha256,
        size=found.size,
        media_type=found.media_type or None,
        held=found.held,
        bytes=addresses.snapshot(found.sha256) if found.held else None,
        remark=None if found.held else _NOT_HELD,
    )


@dataclass(frozen=True, slots=True)
class Receipt(Shape):
    """A published figure, the decision behind it and the evidence it rests on.

    ``revision`` is the one that published it; ``evidence`` is null for a curator's own word.
    """

    revision: Revision
    offer: str
    offer_address: str
    figure: Figure
    decision: Decision
    evidence: Evidence | None

    @classmethod
    def of(cls, receipt: receipts.Receipt) -> Receipt:
        """The receipt as the API tells it."""
        offer = f"{receipt.provider}/{receipt.provider_model_id}"
        return cls(
            revision=Revision.of(receipt.revision),
            offer=offer,
            offer_address=addresses.offer(offer),
            figure=Figure.of(receipt),
            decision=Decision(receipt.point.cause.value, receipt.point.status.value),
            evidence=None if receipt.evidence is None else Evidence.of(receipt.evidence),
        )

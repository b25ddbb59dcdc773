"""Facts of models and offers, with their sides, and their receipts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.rate_cards import Basis
from registry.api.v1.shapes.receipts import Evidence
from registry.api.v1.shapes.revisions import Revision
from registry.selectors import fact_receipts as receipts
from registry.selectors import facts as known
from registry.selectors.facts import FACT_CAUSES, FACT_NAMES, FACT_STATES, FACT_STATUSES

Name = Annotated[str, meaning("Which fact.", among=FACT_NAMES)]
Value = Annotated[
    bool | int | str | tuple[str, ...],
    meaning("A count, true or false, a text (days as 2026-04-24) or a list of texts."),
]
Of = Annotated[str, meaning("Whose history it is.", among=("model", "offer"))]


@dataclass(frozen=True, slots=True)
class FactSide(Shape):
    """One source's word on a fact."""

    source: str
    trust: Annotated[int, meaning("Of the source on this subject, 0 to 100.")]
    value: Value
    since: Annotated[Instant, meaning("Since when the source has said so.")]
    claim: Annotated[str, meaning("The sha256 of the claim's content.")]
    page: Annotated[str | None, meaning("Where a person can check it.")]
    agrees: Annotated[bool, meaning("Whether it means what is published.")]
    receipt: Annotated[str, meaning("The address of the claim.")]

    @classmethod
    def of(cls, side: known.FactSide) -> FactSide:
        """The side as the API tells it."""
        return cls(
            side.source,
            side.trust,
            side.value,
            side.since,
            side.claim,
            side.page or None,
            side.agrees,
            addresses.claim_receipt(side.claim_id),
        )


@dataclass(frozen=True, slots=True)
class Fact(Shape):
    """What is known beside the price, since when, on whose word, and who says otherwise."""

    name: Name
    value: Value
    of: Of
    starts_at: Instant
    starts_basis: Basis
    status: Annotated[str, meaning("How well it is supported.", among=FACT_STATUSES)]
    source: Annotated[str | None, meaning("Whose word it is; null is a curator's.")]
    revision: Annotated[int, meaning("The revision that published it.")]
    receipt: Annotated[str, meaning("The address of the evidence.")]
    sides: tuple[FactSide, ...]

    @classmethod
    def told(cls, fact: known.KnownFact) -> Fact:
        """The fact as the API tells it."""
        return cls(
            name=fact.name,
            value=fact.value,
            of=fact.of,
            starts_at=fact.starts_at,
            starts_basis=fact.starts_basis,
            status=fact.status,
            source=fact.source,
            revision=fact.revision,
            receipt=addresses.fact_receipt(fact.point_id),
            sides=tuple(map(FactSide.of, fact.sides)),
        )


Facts = Annotated[
    tuple[Fact, ...] | None, meaning("With sides; null unless expand=facts asks for them.")
]


FactsById = Annotated[
    dict[str, tuple[Fact, ...]] | None,
    meaning("By the id of each item, with sides; null unless expand=facts asks for them."),
]


def told_of(facts: known.Facts, ids: Mapping[int, str]) -> dict[str, tuple[Fact, ...]]:
    """The facts of several, by readable id."""
    return {ref: tuple(map(Fact.told, facts[pk])) for pk, ref in ids.items()}


@dataclass(frozen=True, slots=True)
class FactDecision(Shape):
    """Why it was published, and how sure it was then."""

    cause: Annotated[str, meaning("Why it was published.", among=FACT_CAUSES)]
    status: Annotated[str, meaning("As stored with its revision.", among=FACT_STATUSES)]


@dataclass(frozen=True, slots=True)
class FactReceipt(Shape):
    """A published fact, the decision behind it and the evidence it rests on.

    ``said`` is the value as the source states it; with ``evidence`` it is null for a curator's own
    word.
    """

    revision: Revision
    of: Of
    subject: Annotated[str, meaning("The readable id.", "deepseek/deepseek-v4-pro")]
    subject_address: str
    name: Name
    state: Annotated[str, meaning("That it stands, or never did.", among=FACT_STATES)]
    value: Value | None
    starts_at: Instant
    starts_basis: Basis
    decision: FactDecision
    said: Value | None
    evidence: Evidence | None

    @classmethod
    def told(cls, receipt: receipts.FactReceipt) -> FactReceipt:
        """The receipt as the API tells it."""
        address = addresses.model if receipt.of == "model" else addresses.offer
        return cls(
            revision=Revision.of(receipt.revision),
            of=receipt.of,
            subject=receipt.ref,
            subject_address=address(receipt.ref),
            name=receipt.name,
            state=receipt.state,
            value=receipt.value,
            starts_at=receipt.starts_at,
            starts_basis=receipt.starts_basis,
            decision=FactDecision(receipt.cause, receipt.status),
            said=receipt.said,
            evidence=None if receipt.evidence is None else Evidence.of(receipt.evidence),
        )

"""What sources state of models beside each other, and what arithmetic gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.bills import money
from registry.scoring.comparisons import Relation
from registry.selectors import stated_beside as held

# Differences and sums are exact; what is divided is told to as many digits as every proportion.
_DIVIDED = Context(prec=12)
_EXACT = frozenset({Relation.AMOUNT, Relation.POINTS_AHEAD})


@dataclass(frozen=True, slots=True)
class Computed(Shape):
    """What the registry's own figures of the moment come to."""

    aspect: Annotated[str, meaning("Of what: a meter, bill, context_tokens, a benchmark's id.")]
    value: Annotated[str, meaning("A decimal number as text.", "35.7142857143")]


@dataclass(frozen=True, slots=True)
class Statement(Shape):
    """A figure as its source prints it. No price or score is ever computed from one."""

    source: str
    page: Annotated[str, meaning("Where a person can check it.")]
    seen_at: Annotated[Instant, meaning("Since when the source states it.")]
    receipt: Annotated[str, meaning("The address of the claim.")]
    model: str | None
    offer: str
    beside: Annotated[str | None, meaning("The offer that it is compared with, if one is named.")]
    aspect: Annotated[
        str,
        meaning("Of what: a meter, price (not said of which), bill, a fact, a benchmark's name."),
    ]
    relation: Annotated[
        str,
        meaning("What the figure says of the two.", among=tuple(map(str, Relation))),
    ]
    printed: Annotated[str, meaning("The figure as it is printed.", "37")]
    usage: Annotated[str | None, meaning("Of which usage a bill is.")]
    doubts: Annotated[tuple[str, ...], meaning("What is wrong with the figure, if anything is.")]
    computed: Annotated[
        tuple[Computed, ...],
        meaning("Beside it; two of a price not said of which meter, none where a figure lacks."),
    ]

    @classmethod
    def of(cls, one: held.StatedBeside) -> Statement:
        """The statement as the API tells it."""
        stated, statement = one.stated, one.stated.statement
        named = "/".join(statement.baseline) if statement.baseline else None
        return cls(
            source=stated.source,
            page=stated.page,
            seen_at=stated.seen_at,
            receipt=addresses.claim_receipt(stated.claim_id),
            model=stated.offer.model,
            offer=stated.offer.ref,
            beside=named if stated.baseline is None else stated.baseline.ref,
            aspect=statement.aspect,
            relation=statement.relation.value,
            printed=statement.text,
            usage=statement.basis or None,
            doubts=tuple(remark.expected for remark in statement.remarks),
            computed=tuple(_computed(found, statement.relation) for found in one.computed),
        )


def _computed(found: held.Computed, relation: Relation) -> Computed:
    value = found.value if relation in _EXACT else _DIVIDED.plus(found.value)
    return Computed(found.aspect, money(value))

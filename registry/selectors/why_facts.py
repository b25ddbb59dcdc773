"""Why a published fact is what it is: what every source says today, and how it came to be."""

from __future__ import annotations

from dataclasses import dataclass, replace

from registry.curation.policy.facts.meaning import same_as
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import FactStanding, fact_history
from registry.selectors.ai_models import model
from registry.selectors.clocks import as_of
from registry.selectors.fact_receipts import FactReceipt, fact_receipt
from registry.selectors.facts import FactSide, facts_of_model, facts_of_offer
from registry.selectors.offers import offer


@dataclass(frozen=True, slots=True)
class WhyFact:
    """The whole chain behind a fact's point.

    ``sides``: what each claim says today; each agrees with the point's own value or does not.
    ``starts``: the series over time, oldest first. ``owner`` and ``own_name``: lab and slug of a
    model, or provider and its id of an offer. ``row_id``: of that model or offer.
    """

    receipt: FactReceipt
    owner: str
    own_name: str
    row_id: int
    sides: tuple[FactSide, ...]
    starts: tuple[FactStanding, ...]


def why_fact(point_id: int) -> WhyFact:
    """The chain of a fact's point; raises `NotHeld`. A dozen statements."""
    found = fact_receipt(point_id)
    owner, _, own_name = found.ref.partition("/")
    if found.of == "model":
        subject = Subject.model(model(owner, own_name).model_id)
        known = facts_of_model(subject.pk, as_of())
    else:
        subject = Subject.offer(offer(owner, own_name).offer_id)
        known = facts_of_offer(subject.pk, as_of())
    same = same_as(found.name)
    return WhyFact(
        receipt=found,
        owner=owner,
        own_name=own_name,
        row_id=subject.pk,
        sides=tuple(
            replace(side, agrees=found.value is not None and same(side.value, found.value))
            for fact in known
            if fact.name == found.name
            for side in fact.sides
        ),
        starts=fact_history(subject, found.name).get(found.name, ()),
    )

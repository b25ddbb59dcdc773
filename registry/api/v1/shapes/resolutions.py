"""What an id means that a client, a bill or a log holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.revisions import RevisionRef
from registry.catalog.resolving import How, KnownOffer, Resolution
from registry.catalog.spellings import Step
from registry.selectors.clocks import AsOf
from registry.selectors.resolving import Written

_HOW = tuple(how.value for how in How)
StepName = Annotated[str, meaning("One thing.", among=tuple(step.value for step in Step))]


@dataclass(frozen=True, slots=True)
class Named(Shape):
    """Something that is held, and how it was found."""

    id: str
    matched: Annotated[
        str,
        meaning(
            "exact: as it is held. alias: a declared name. spelling: other joints or capitals. "
            "rule: what `steps` names was taken off. name: read out of the model's name alone.",
            among=_HOW,
        ),
    ]
    address: str

    @classmethod
    def offer(cls, found: Resolution) -> Named:
        """The offer of a resolution that has one."""
        offer: KnownOffer | None = found.offer
        if offer is None or found.offer_by is None:
            raise ValueError("offer: None; expected a resolution with one")
        return cls(offer.ref, found.offer_by.value, addresses.offer(offer.ref))

    @classmethod
    def model(cls, found: Resolution) -> Named:
        """The model of a resolution that has one."""
        if found.model is None or found.model_by is None:
            raise ValueError("model: None; expected a resolution with one")
        return cls(found.model, found.model_by.value, addresses.model(found.model))


@dataclass(frozen=True, slots=True)
class Resolved(Shape):
    """One id. Null where it is not certain; the candidates then say between what."""

    asked: str
    provider: Annotated[str | None, meaning("Who sells it, as it was asked.")]
    offer: Named | None
    model: Named | None
    region: Annotated[str | None, meaning("The region that the id itself names.")]
    tier: Annotated[str | None, meaning("The service tier that the id itself names.")]
    steps: Annotated[tuple[StepName, ...], meaning("What was read out of the id, in order.")]
    other_offers: Annotated[
        tuple[str, ...], meaning("Candidates; beside an offer, those who sell it under this id.")
    ]
    other_models: tuple[str, ...]

    @classmethod
    def of(cls, written: Written, found: Resolution) -> Resolved:
        """The resolution as the API tells it."""
        return cls(
            asked=written.id,
            provider=written.provider,
            offer=None if found.offer is None else Named.offer(found),
            model=None if found.model is None else Named.model(found),
            region=found.region,
            tier=found.tier,
            steps=tuple(step.value for step in found.steps),
            other_offers=tuple(offer.ref for offer in found.offers),
            other_models=found.models,
        )


@dataclass(frozen=True, slots=True)
class Resolutions(Shape):
    """What each id means, in the order in which they were asked."""

    revision: RevisionRef
    items: tuple[Resolved, ...]

    @classmethod
    def of(
        cls, written: tuple[Written, ...], found: tuple[Resolution, ...], as_of: AsOf
    ) -> Resolutions:
        """The resolutions as the API tells them."""
        items = map(Resolved.of, written, found)
        return cls(RevisionRef.of(as_of), tuple(items))

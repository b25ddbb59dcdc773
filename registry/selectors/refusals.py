"""Why something cannot be billed or compared as asked, in the asker's own terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from registry.catalog.resolving import Resolution
from registry.pricing.cost import NotBillable
from registry.pricing.exchange import ExchangeError
from registry.pricing.rate_card import NotOnCard
from registry.selectors.resolving import Written


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with one part of a question; ``path`` is its place there."""

    path: str
    value: str
    expected: str
    nearest: str | None = None

    def within(self, path: str) -> Refusal:
        """The same, of a part of something larger."""
        return replace(self, path=f"{path}.{self.path}")


class NotBilled(ValueError):
    """Something cannot be answered as asked; nothing of it is guessed or left out."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(f"{one.path}: expected {one.expected}" for one in refusals))
        self.refusals = tuple(refusals)


def refusal_of(error: NotOnCard | NotBillable | ExchangeError) -> Refusal:
    """Why the price model would not bill, under the field that the asker would have to change."""
    if isinstance(error, NotOnCard):
        has = f"one of {', '.join(error.available)}" if error.available else "what the card has"
        of_meter = f" (for {error.meter})" if error.meter and error.field != "meter" else ""
        return Refusal(error.field, str(error.value), f"{has}{of_meter}")
    if isinstance(error, NotBillable):
        return Refusal("offer", error.rate.state.value, f"an amount for {error.rate.meter}")
    return Refusal("convert_to", str(error.value), error.expected)


def not_certain(path: str, written: Written, found: Resolution) -> Refusal:
    """That an id means nothing, or nothing for certain, with what it might mean."""
    candidates = [*(offer.ref for offer in found.offers), *found.models]
    such = f": one of {', '.join(candidates[:5])}" if candidates else ""
    nearest = candidates[0] if len(candidates) == 1 else None
    return Refusal(path, written.id, f"an id that is held and means one thing{such}", nearest)

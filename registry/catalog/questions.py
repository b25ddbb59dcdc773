"""Open questions of identity: offers whose model nobody knows for certain yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from registry.catalog.knowledge import identity_index
from registry.catalog.matches import Reason, Unmatched
from registry.catalog.models import Offer


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One offer without a model: why, and between which models a person must choose.

    ``declared``: whether its provider stands in ``fixtures/identity/providers.toml``.
    """

    provider: str
    model_id: str
    reason: Reason
    candidates: tuple[str, ...]
    declared: bool


def open_questions(provider: str | None = None) -> Iterator[OpenQuestion]:
    """Every offer that no rule links, by provider and id; of one provider where it is named."""
    index = identity_index()
    offers = Offer.objects.filter(model__isnull=True).order_by(
        "provider__slug", "provider_model_id"
    )
    if provider is not None:
        offers = offers.filter(provider__slug=provider)
    for slug, model_id in offers.values_list("provider__slug", "provider_model_id"):
        found = index.link(slug, model_id)
        if isinstance(found, Unmatched):
            yield OpenQuestion(
                slug, model_id, found.reason, found.candidates, index.reader.is_declared(slug)
            )

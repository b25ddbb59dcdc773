"""What the ids of clients, bills and logs mean here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from registry.catalog.declarations import declarations
from registry.catalog.declared import DeclaredProvider
from registry.catalog.knowledge import every_model, identity_index
from registry.catalog.models import Offer, OfferAlias, Provider
from registry.catalog.resolving import How, KnownOffer, Resolution, Resolver
from registry.selectors.states import Kept, state_of_names

# LiteLLM's names stand in front of the ids of more clients than anybody else's.
_COMMONEST = "litellm"


@dataclass(frozen=True, slots=True)
class Written:
    """An id as somebody holds it, and the slug of who sells it where that is known beside it."""

    id: str
    provider: str | None = None


def resolve(ids: Iterable[Written]) -> tuple[Resolution, ...]:
    """What each id means, in order.

    One statement, however many ids; five more where names have changed since they were last asked
    for.
    """
    ids = tuple(ids)
    if not ids:
        return ()
    resolver = held_names().resolver
    return tuple(resolver.resolve(one.id, one.provider) for one in ids)


def resolve_models(ids: Iterable[Written]) -> tuple[Resolution, ...]:
    """The same where models are meant: a model's own ``lab/slug`` is that model."""
    ids = tuple(ids)
    return held_names().models_of(ids) if ids else ()


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Every name there is. ``sold``: the offers of each model, those of plans aside, in order."""

    resolver: Resolver
    models: frozenset[str]
    sold: Mapping[str, tuple[KnownOffer, ...]]

    def models_of(self, ids: Iterable[Written]) -> tuple[Resolution, ...]:
        """What each id means where models are meant, in order."""
        return tuple(
            Resolution(model=one.id, model_by=How.EXACT)
            if one.id in self.models
            else self.resolver.resolve(one.id, one.provider)
            for one in ids
        )


# Reading every name takes most of the time of an answer, and names seldom change.
_KEPT: Kept[Names] = Kept()


def held_names() -> Names:
    """Every name as it is now. One statement, five more where one has changed."""
    return _KEPT.get(state_of_names(), _read_names)


def _read_names() -> Names:
    rows = list(_offers())
    kinds = dict(Provider.objects.values_list("slug", "kind"))
    offers = [_known(kinds, *row) for row in rows]
    aliases = OfferAlias.objects.values_list("provider__slug", "text", "offer_id")
    models = every_model()
    resolver = Resolver(offers, aliases, identity_index(models), _sellers(kinds))
    held = frozenset(ref for ref, into in models.items() if into is None)
    return Names(resolver, held, _sold(offers, kinds))


def _offers() -> QuerySet[Offer, tuple[Any, ...]]:
    return Offer.objects.order_by("provider__slug", "provider_model_id").values_list(
        "pk",
        "provider__slug",
        "provider_model_id",
        "model__lab__slug",
        "model__slug",
        "provider__lab__slug",
    )


def _known(
    kinds: Mapping[str, str],
    pk: int,
    provider: str,
    model_id: str,
    lab: str | None,
    slug: str | None,
    seller_lab: str | None,
) -> KnownOffer:
    own = lab is not None and lab == seller_lab and kinds[provider] == Provider.Kind.FIRST_PARTY
    return KnownOffer(pk, provider, model_id, None if slug is None else f"{lab}/{slug}", own)


def _sold(
    offers: Iterable[KnownOffer], kinds: Mapping[str, str]
) -> dict[str, tuple[KnownOffer, ...]]:
    """Every offer of each model, whether it is still sold or not; a plan has no prices."""
    sold: dict[str, list[KnownOffer]] = defaultdict(list)
    for offer in offers:
        if offer.model is not None and kinds[offer.provider] != Provider.Kind.PLAN:
            sold[offer.model].append(offer)
    return {model: tuple(found) for model, found in sold.items()}


def _sellers(slugs: Iterable[str]) -> dict[str, str]:
    """Slugs by name: a slug itself, else what the commonest client means, else the only meaning."""
    declared = declarations().providers
    meant: dict[str, set[str]] = defaultdict(set)
    for provider in declared:
        for name in _names(provider):
            meant[name.lower()].add(provider.slug)
    only = {name: next(iter(slugs)) for name, slugs in meant.items() if len(slugs) == 1}
    common = {
        name.lower(): one.slug for one in declared for name in one.known_as.get(_COMMONEST, ())
    }
    return {**only, **common, **{slug: slug for slug in slugs}}


def _names(provider: DeclaredProvider) -> Iterable[str]:
    for names in provider.known_as.values():
        yield from names

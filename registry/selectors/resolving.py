"""What the ids of clients, bills and logs mean here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from registry.catalog.declarations import declarations
from registry.catalog.declared import DeclaredProvider
from registry.catalog.knowledge import identity_index
from registry.catalog.models import Model, Offer, OfferAlias, Provider
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

    One statement, however many ids; six more where names have changed since they were last asked
    for.
    """
    ids = tuple(ids)
    if not ids:
        return ()
    resolver = _held_names().resolver
    return tuple(resolver.resolve(one.id, one.provider) for one in ids)


def resolve_models(ids: Iterable[Written]) -> tuple[Resolution, ...]:
    """The same where models are meant: a model's own ``lab/slug`` is that model."""
    ids = tuple(ids)
    if not ids:
        return ()
    names = _held_names()
    return tuple(
        Resolution(model=one.id, model_by=How.EXACT)
        if one.id in names.models
        else names.resolver.resolve(one.id, one.provider)
        for one in ids
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    resolver: Resolver
    models: frozenset[str]


# Reading every name takes most of the time of an answer, and names seldom change.
_KEPT: Kept[_Names] = Kept()


def _held_names() -> _Names:
    return _KEPT.get(state_of_names(), _read_names)


def _read_names() -> _Names:
    offers = _known(Offer.objects.all())
    aliases = OfferAlias.objects.values_list("provider__slug", "text", "offer_id")
    models = frozenset(
        f"{lab}/{slug}"
        for lab, slug in Model.objects.filter(merged_into=None).values_list("lab__slug", "slug")
    )
    index = identity_index()
    return _Names(Resolver(offers, aliases, index, _sellers()), models)


def _known(offers: QuerySet[Offer]) -> list[KnownOffer]:
    rows = offers.values_list(
        "pk",
        "provider__slug",
        "provider_model_id",
        "model__lab__slug",
        "model__slug",
        "provider__lab__slug",
        "provider__kind",
    )
    return [
        KnownOffer(
            pk,
            provider,
            model_id,
            None if slug is None else f"{lab}/{slug}",
            own=lab is not None and lab == seller_lab and kind == Provider.Kind.FIRST_PARTY,
        )
        for pk, provider, model_id, lab, slug, seller_lab, kind in rows
    ]


def _sellers() -> dict[str, str]:
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
    slugs = {slug: slug for slug in Provider.objects.values_list("slug", flat=True)}
    return {**only, **common, **slugs}


def _names(provider: DeclaredProvider) -> Iterable[str]:
    for names in provider.known_as.values():
        yield from names

"""What the ids of clients, bills and logs mean here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from registry.catalog.declarations import declarations
from registry.catalog.declared import DeclaredProvider
from registry.catalog.knowledge import identity_index
from registry.catalog.models import Model, Offer, OfferAlias, Provider
from registry.catalog.resolving import How, KnownOffer, Resolution, Resolver
from registry.catalog.spellings import Step
from registry.selectors.states import Kept, state_of_names

# Reading every name takes most of the time of an answer, and names seldom change.
_RESOLVER: Kept[Resolver] = Kept()
# LiteLLM's names stand in front of the ids of more clients than anybody else's.
_COMMONEST = "litellm"


@dataclass(frozen=True, slots=True)
class Written:
    """An id as somebody holds it, and the slug of who sells it where that is known beside it."""

    id: str
    provider: str | None = None


def resolve(ids: Iterable[Written]) -> tuple[Resolution, ...]:
    """What each id means, in order.

    One statement where each is the registry's own id of an offer, else two, however many ids; five
    more where names have changed since they were last asked for.
    """
    ids = tuple(ids)
    if not ids:
        return ()
    own = _by_own_id(ids)
    if all(one in own for one in ids):
        return tuple(own[one] for one in ids)
    resolver = _RESOLVER.get(state_of_names(), _resolver)
    return tuple(own.get(one) or resolver.resolve(one.id, one.provider) for one in ids)


def resolve_models(ids: Iterable[Written]) -> tuple[Resolution, ...]:
    """The same where models are meant: a model's own ``lab/slug`` is that model.

    One statement more.
    """
    ids = tuple(ids)
    slugs = [one.id.partition("/")[2] for one in ids]
    rows = Model.objects.filter(slug__in=slugs).values_list("lab__slug", "slug")
    refs = {f"{lab}/{slug}" for lab, slug in rows}
    others = iter(resolve([one for one in ids if one.id not in refs]))
    return tuple(
        Resolution(model=one.id, model_by=How.EXACT) if one.id in refs else next(others)
        for one in ids
    )


def _by_own_id(ids: Collection[Written]) -> dict[Written, Resolution]:
    """Those that are ``provider/provider_model_id``, as the resolver would find them first."""
    keys = {one: _own_key(one) for one in ids}
    found = Offer.objects.filter(provider_model_id__in={model_id for _, model_id in keys.values()})
    held = {(offer.provider, offer.provider_model_id): offer for offer in _known(found)}
    return {
        one: _exactly(held[key], () if one.provider else (Step.SELLER,))
        for one, key in keys.items()
        if key in held
    }


def _own_key(written: Written) -> tuple[str, str]:
    if written.provider is not None:
        return written.provider, written.id
    provider, _, model_id = written.id.partition("/")
    return provider, model_id


def _exactly(offer: KnownOffer, steps: tuple[Step, ...]) -> Resolution:
    return Resolution(
        offer=offer,
        offer_by=How.EXACT,
        model=offer.model,
        model_by=How.EXACT if offer.model else None,
        steps=steps,
    )


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


def _resolver() -> Resolver:
    offers = _known(Offer.objects.all())
    aliases = OfferAlias.objects.values_list("provider__slug", "text", "offer_id")
    return Resolver(offers, aliases, identity_index(), _sellers())


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

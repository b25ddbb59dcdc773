"""Brings the names of a batch of claims into the catalogue: providers, models, offers, aliases.

A claim's names lead to the same offer whenever they are the same names (see
`registry.catalog.names`), whichever source writes them. Nothing here is undone by a later batch: an
offer stays, and one without a model is linked once a model of its name exists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from registry.catalog.declarations import declarations
from registry.catalog.id_reading import IdReader
from registry.catalog.identity import IdentityIndex
from registry.catalog.knowledge import identity_index
from registry.catalog.matches import Match
from registry.catalog.models import Lab, Model, Offer, OfferAlias, Provider
from registry.catalog.names import is_fit, key_of
from scrapers.claims import OfferClaim

_BATCH = 1_000


@dataclass(frozen=True, slots=True)
class _Row:
    """One claim's names: as the source writes them, and whose they are here."""

    source: str
    name: str
    provider: str
    model_id: str
    aliases: tuple[str, ...]


@transaction.atomic
def enrol(rows: Iterable[tuple[str, OfferClaim]]) -> dict[tuple[str, str], int]:
    """The offers that claims speak of, made where they are new.

    ``rows``: pairs of a source's slug and a claim. The answer's keys are the claim's own
    ``(provider, model_id)``; names that cannot be kept (blank, unprintable, over 200 characters)
    have no entry.
    """
    reader = IdReader(declarations())
    read = [_read(reader, source, claim) for source, claim in rows if _is_nameable(claim)]
    providers = _enrol_providers(read)
    offers = _known_offers(providers.values())
    canonical = _canonical_ids()
    wanted = {
        (row.name, row.model_id): (
            row,
            canonical.get((row.provider, key_of(row.model_id)), row.model_id),
        )
        for row in read
    }
    missing = {
        (providers[row.provider], key_of(model_id)): (row, model_id)
        for row, model_id in reversed(wanted.values())
        if (providers[row.provider], key_of(model_id)) not in offers
    }
    if missing:
        offers |= _make_offers(providers, list(missing.values()))
    found = {
        names: offers[providers[row.provider], key_of(model_id)]
        for names, (row, model_id) in wanted.items()
    }
    _keep_aliases(read, providers, offers, found)
    return found


def relink_unmatched(index: IdentityIndex | None = None) -> int:
    """Links offers whose model has become known since; how many there were."""
    index = index or identity_index()
    unmatched = Offer.objects.filter(model__isnull=True)
    aliases: dict[int, list[str]] = {}
    for offer, text in OfferAlias.objects.filter(offer__model__isnull=True).values_list(
        "offer_id", "text"
    ):
        aliases.setdefault(offer, []).append(text)
    links: dict[int, Match] = {}
    for pk, provider, model_id in unmatched.values_list(
        "pk", "provider__slug", "provider_model_id"
    ):
        found = index.link(provider, model_id, aliases.get(pk, ()))
        if isinstance(found, Match):
            links[pk] = found
    models = _enrol_models({match.model_ref for match in links.values()}) if links else {}
    Offer.objects.bulk_update(
        (
            Offer(pk=pk, model_id=models[match.model_ref], matched_by=match.rule)
            for pk, match in links.items()
        ),
        ["model", "matched_by"],
        batch_size=_BATCH // 2,
    )
    return len(links)


def _is_nameable(claim: OfferClaim) -> bool:
    return is_fit(claim.provider) and is_fit(claim.model_id)


def _read(reader: IdReader, source: str, claim: OfferClaim) -> _Row:
    provider = reader.provider_for(source, claim.provider).slug
    aliases = tuple(alias for alias in claim.aliases if is_fit(alias))
    return _Row(source, claim.provider, provider, claim.model_id, aliases)


def _canonical_ids() -> dict[tuple[str, str], str]:
    """The provider's own id for every name that a source is declared to use instead."""
    return {
        (offer.provider, key_of(alias)): offer.model_id
        for offer in declarations().offers
        for alias in offer.aliases
    }


def _enrol_providers(rows: Sequence[_Row]) -> dict[str, int]:
    """Primary keys by slug; undeclared providers are named as the source names them."""
    names = {row.provider: row.name for row in rows}
    known = dict(Provider.objects.filter(slug__in=names).values_list("slug", "pk"))
    new = sorted(names.keys() - known.keys())
    if not new:
        return known
    declared = {provider.slug: provider for provider in declarations().providers}
    labs = _enrol_labs({d.lab for slug in new if (d := declared.get(slug)) and d.lab})
    made = Provider.objects.bulk_create(
        Provider(
            slug=slug,
            name=seller.name,
            kind=seller.kind,
            lab_id=labs[seller.lab] if seller.lab else None,
            homepage=seller.homepage,
            pricing_page=seller.pricing_page,
        )
        if (seller := declared.get(slug))
        else Provider(slug=slug, name=names[slug][:120], kind=Provider.Kind.HOST)
        for slug in new
    )
    return known | {provider.slug: provider.pk for provider in made}


def _enrol_labs(slugs: set[str]) -> dict[str, int]:
    known = dict(Lab.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    declared = {lab.slug: lab for lab in declarations().labs}
    made = Lab.objects.bulk_create(
        Lab(slug=slug, name=declared[slug].name, homepage=declared[slug].homepage)
        for slug in sorted(slugs - known.keys())
    )
    return known | {lab.slug: lab.pk for lab in made}


def _enrol_models(refs: set[str]) -> dict[str, int]:
    """Primary keys of models by reference; new ones get their declared name, else their slug."""
    known = {
        f"{lab}/{slug}": pk
        for pk, lab, slug in Model.objects.values_list("pk", "lab__slug", "slug")
        if f"{lab}/{slug}" in refs
    }
    new = [ref.partition("/") for ref in sorted(refs - known.keys())]
    if not new:
        return known
    names = declarations().names
    labs = _enrol_labs({lab for lab, _, _ in new})
    made = Model.objects.bulk_create(
        (
            Model(lab_id=labs[lab], slug=slug, name=names.get(f"{lab}/{slug}") or slug)
            for lab, _, slug in new
        ),
        batch_size=_BATCH,
    )
    return known | {"".join(ref): model.pk for ref, model in zip(new, made, strict=True)}


def _known_offers(providers: Iterable[int]) -> dict[tuple[int, str], int]:
    offers = Offer.objects.filter(provider_id__in=providers)
    return {
        (provider, key_of(model_id)): pk
        for provider, model_id, pk in offers.values_list("provider_id", "provider_model_id", "pk")
    }


def _make_offers(
    providers: Mapping[str, int], rows: Sequence[tuple[_Row, str]]
) -> dict[tuple[int, str], int]:
    """New offers, each with its model where that is certain; models that they prove are made."""
    index = identity_index()
    proven = set()
    for provider, model_id in sorted((row.provider, model_id) for row, model_id in rows):
        model = index.proven_model(provider, model_id)
        if model is not None:
            index.add(model.ref)
            proven.add(model.ref)
    links = [index.link(row.provider, model_id, row.aliases) for row, model_id in rows]
    models = _enrol_models(proven | {link.model_ref for link in links if isinstance(link, Match)})
    made = Offer.objects.bulk_create(
        (
            Offer(
                provider_id=providers[row.provider],
                provider_model_id=model_id,
                model_id=models[link.model_ref] if isinstance(link, Match) else None,
                matched_by=link.rule if isinstance(link, Match) else "",
            )
            for (row, model_id), link in zip(rows, links, strict=True)
        ),
        batch_size=_BATCH,
    )
    if proven:
        relink_unmatched(index)
    return {(offer.provider_id, key_of(offer.provider_model_id)): offer.pk for offer in made}


def _keep_aliases(
    rows: Sequence[_Row],
    providers: Mapping[str, int],
    offers: Mapping[tuple[int, str], int],
    found: Mapping[tuple[str, str], int],
) -> None:
    """Keeps a claim's other names, except those that belong to another offer already."""
    named = [row for row in rows if row.aliases]
    if not named:
        return
    owned = OfferAlias.objects.filter(provider__in={providers[row.provider] for row in named})
    taken = {(provider, key_of(text)) for provider, text in owned.values_list("provider", "text")}
    new = {}
    for row in named:
        for text in row.aliases:
            key = (providers[row.provider], key_of(text))
            if key not in taken and key not in offers and key not in new:
                offer = found[row.name, row.model_id]
                new[key] = OfferAlias(
                    provider_id=key[0], text=text, offer_id=offer, origin=row.source
                )
    OfferAlias.objects.bulk_create(new.values(), batch_size=_BATCH)

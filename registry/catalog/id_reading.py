"""An id as a lab and a name: by declared namespaces, vendors, families and sellers, in that order.

What a seller writes around a name is declared too. Whether a model of that name exists is for
`registry.catalog.identity` to say. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from registry.catalog.declared import Declarations, DeclaredLab, DeclaredProvider, ProviderKind
from registry.catalog.matches import ProviderMatch, Reason, Rule, Unmatched
from registry.catalog.names import key_of, provider_slug

# Amazon: an optional geography, the vendor, its model, an optional version and context size
# (``us.anthropic.claude-3-5-haiku-20241022-v1:0``, ``openai.gpt-oss-120b-1:0``).
_VENDOR_ID = re.compile(
    r"(?:(?:us-gov|us|eu|apac|au|jp|ca|sa|me|af|global|regional)\.)?(?P<vendor>[a-z0-9]+)\.(?P<name>[^/]+)"
)
_VENDOR_VERSION = re.compile(r"(?:-v\d+(?::\d+)?|-\d+:\d+)(?::\w+)?$")
_VENDOR_BUILD = re.compile(r"(?::\w+)+$")


@dataclass(frozen=True, slots=True)
class Reading:
    """An id as a lab and the names that its model may go by there, the most exact first.

    ``proves``: the seller's word is evidence that such a model exists.
    """

    lab: str
    names: tuple[str, ...]
    rule: Rule
    proves: bool = False


class IdReader:
    """Reads ids by what is declared of labs and providers; knows no model."""

    def __init__(self, declared: Declarations) -> None:
        self._labs = {lab.slug: lab for lab in declared.labs}
        self._providers = {provider.slug: provider for provider in declared.providers}
        self._known_as = {
            (source, name): provider.slug
            for provider in declared.providers
            for source, names in provider.known_as.items()
            for name in names
        }
        self._sources = {source for source, _ in self._known_as}
        self._namespaces = {
            key_of(name): lab.slug for lab in declared.labs for name in lab.namespaces
        }
        self._vendors = {name.lower(): lab.slug for lab in declared.labs for name in lab.vendors}
        self._families = _Families(declared.labs)
        self._organisations = {
            key_of(name): lab.slug
            for lab in declared.labs
            for name in (*lab.namespaces, lab.slug, lab.name, *lab.known_as)
        }

    def provider_for(self, source: str, name: str) -> ProviderMatch:
        """The provider that a source calls ``name``; never joined with another by guess.

        A source that no entry names is a page whose parser writes the declared slugs.
        """
        slug = self._known_as.get((source, name))
        if slug is None and source not in self._sources and name in self._providers:
            slug = name
        if slug is not None:
            return ProviderMatch(slug, declared=True)
        return ProviderMatch(provider_slug(source, name), declared=False)

    def is_declared(self, provider: str) -> bool:
        """Whether a provider's slug stands in the declared data."""
        return provider in self._providers

    def lab_named(self, organisation: str) -> str | None:
        """The lab that an organisation's name means."""
        return self._organisations.get(key_of(organisation.strip()))

    def lab_of_family(self, name: str) -> str | None:
        """The lab whose models' names begin so."""
        return self._families.lab_of(name)

    def read(self, provider: str, model_id: str) -> Reading | Unmatched:
        """The id as a lab and a name, by the first rule that applies."""
        seller = self._providers.get(provider)
        name = _stripped(seller, model_id) if seller is not None else model_id.lower()
        space, _, rest = name.rpartition("/")
        if space:
            return self._read_namespaced(seller, name) or self._read_own_path(seller, space, rest)
        return self._read_vendor_id(seller, name) or self._read_bare(seller, name)

    def lab_of_namespace(self, space: str) -> str:
        """The lab whose namespace it is, else the lab that would bear its name."""
        return self._namespaces.get(key_of(space), space.lower())

    def is_dashed(self, lab: str) -> bool:
        """Whether the lab's own ids write ``4-7`` for 4.7."""
        return self._labs[lab].dashed

    def _read_namespaced(self, seller: DeclaredProvider | None, name: str) -> Reading | None:
        segments = name.split("/")
        for at in range(len(segments) - 2, -1, -1):
            lab = self._namespaces.get(key_of(segments[at]))
            if lab is not None:
                rest = "/".join(segments[at + 1 :])
                lists = seller is not None and seller.lists_models
                proves = self._is_own(seller, lab) or lists
                vendor = _VENDOR_ID.fullmatch(rest)
                if vendor is not None and self._vendors.get(vendor["vendor"]) == lab:
                    return Reading(lab, _vendor_names(vendor), Rule.NAMESPACE)
                return Reading(lab, (rest,), Rule.NAMESPACE, proves)
        return None

    def _read_own_path(
        self, seller: DeclaredProvider | None, space: str, rest: str
    ) -> Reading | Unmatched:
        """At a lab's own provider, what stands before the lab's own name is a place or a mode."""
        lab = self._families.lab_of(rest)
        if lab is not None and self._is_own(seller, lab):
            return Reading(lab, (rest,), Rule.OWN_ID, proves=True)
        return Unmatched(Reason.UNKNOWN_NAMESPACE)

    def _read_vendor_id(self, seller: DeclaredProvider | None, name: str) -> Reading | None:
        match = _VENDOR_ID.fullmatch(name)
        lab = self._vendors.get(match["vendor"]) if match is not None else None
        if match is None or lab is None:
            return None
        return Reading(lab, _vendor_names(match), Rule.VENDOR_ID, self._is_own(seller, lab))

    def _read_bare(self, seller: DeclaredProvider | None, name: str) -> Reading | Unmatched:
        lab = self._families.lab_of(name)
        if seller is None:
            return Unmatched(Reason.UNKNOWN_FAMILY)
        if lab is None and seller.kind is ProviderKind.FIRST_PARTY:
            lab = seller.lab
        if lab is not None and self._is_own(seller, lab):
            return Reading(lab, (name,), Rule.OWN_ID, proves=True)
        if lab is None:
            return Unmatched(Reason.UNKNOWN_FAMILY)
        return Reading(lab, (name,), Rule.FAMILY)

    def _is_own(self, seller: DeclaredProvider | None, lab: str) -> bool:
        return seller is not None and seller.lab == lab and seller.kind is not ProviderKind.PLAN


class _Families:
    """The lab whose models' names begin so; the longest declared beginning wins."""

    def __init__(self, labs: Iterable[DeclaredLab]) -> None:
        self._labs = {key_of(start): lab.slug for lab in labs for start in lab.families}
        self._lengths = sorted({len(start) for start in self._labs}, reverse=True)

    def lab_of(self, name: str) -> str | None:
        key = key_of(name)
        return next((self._labs[key[:n]] for n in self._lengths if key[:n] in self._labs), None)


def _vendor_names(match: re.Match[str]) -> tuple[str, ...]:
    """Amazon's name with its version, without it, and each with the vendor before it.

    The names of Amazon's own models end with a version of their own, which stays.
    """
    full = _VENDOR_BUILD.sub("", match["name"])
    if match["vendor"] == "amazon":
        return (full,)
    plain = _VENDOR_VERSION.sub("", match["name"])
    return tuple(
        dict.fromkeys((full, plain, f"{match['vendor']}-{full}", f"{match['vendor']}-{plain}"))
    )


def _stripped(seller: DeclaredProvider, model_id: str) -> str:
    """The id in lower case without what the seller is declared to write around a name."""
    name = model_id.lower()
    for prefix in seller.strip_prefixes:
        name = name.removeprefix(prefix.lower())
    for suffix in seller.strip_suffixes:
        name = name.removesuffix(suffix.lower())
    if seller.point != ".":
        name = re.sub(rf"(?<=\d){re.escape(seller.point)}(?=\d)", ".", name)
    return name

"""Which model an offer is: declared names and exact rules, never a likeness.

An id is *read* as (lab, name) by the first rule that applies, and links when that lab has just one
model of that name. Two candidates or none is no link, but a question. Pure: known models go in,
links come out, and the order of neither matters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.catalog.declared import (
    Declarations,
    DeclaredLab,
    DeclaredProvider,
    ProviderKind,
)
from registry.catalog.names import key_of, model_slug, provider_slug, undated

# Amazon: an optional geography, the vendor, its model, an optional version and context size
# (``us.anthropic.claude-3-5-haiku-20241022-v1:0``, ``openai.gpt-oss-120b-1:0``).
_VENDOR_ID = re.compile(
    r"(?:(?:us-gov|us|eu|apac|au|jp|ca|sa|me|af|global|regional)\.)?(?P<vendor>[a-z0-9]+)\.(?P<name>[^/]+)"
)
_VENDOR_VERSION = re.compile(r"(?:-v\d+(?::\d+)?|-\d+:\d+)(?::\w+)?$")
_VENDOR_BUILD = re.compile(r"(?::\w+)+$")


class Rule(StrEnum):
    """How a link was made; kept on the offer as ``matched_by``."""

    ALIAS = "alias"  # the whole id is declared or curated as a model's name
    NAMESPACE = "namespace"  # `z-ai/glm-5.2`: a lab's namespace, its model's name
    VENDOR_ID = "vendor_id"  # `anthropic.claude-...`: Amazon's form
    OWN_ID = "own_id"  # the lab's own provider: its id is the model's name
    FAMILY = "family"  # a bare name that begins as only one lab's models do
    OFFER_ALIAS = "offer_alias"  # one of the offer's other names reads as a model
    LAB_NAME = "lab_name"  # the lab is named beside its model, as boards do
    OTHER_NAME = "other_name"  # another name that a board gives reads as a model


class Reason(StrEnum):
    """Why an offer has no model."""

    UNKNOWN_NAMESPACE = "unknown_namespace"
    UNKNOWN_FAMILY = "unknown_family"
    UNKNOWN_MODEL = "unknown_model"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class Match:
    """The one model of an offer, as ``lab/slug``, and the rule that found it."""

    model_ref: str
    rule: Rule


@dataclass(frozen=True, slots=True)
class Unmatched:
    """No certain model: why, and the models between which a person must choose."""

    reason: Reason
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProviderMatch:
    """The provider that a source's name means; undeclared ones are providers of their own."""

    slug: str
    declared: bool


@dataclass(frozen=True, slots=True)
class NewModel:
    """A model whose existence an id is evidence of."""

    lab: str
    slug: str

    @property
    def ref(self) -> str:
        """The readable id, ``lab/slug``."""
        return f"{self.lab}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Reading:
    """An id as a lab and the names that its model may go by there, the most exact first.

    ``proves``: the seller's word is evidence that such a model exists.
    """

    lab: str
    names: tuple[str, ...]
    rule: Rule
    proves: bool = False


class IdentityIndex:
    """Links many ids against one state of knowledge.

    ``models``: references (``lab/slug``) that exist. ``aliases``: (text, reference) pairs; a text
    is a whole id, and as ``namespace/name`` or ``lab/name`` also that lab's name for the model.
    ``merged``: references that are another model under a second name, with that one.
    """

    def __init__(
        self,
        declared: Declarations,
        models: Iterable[str] = (),
        aliases: Iterable[tuple[str, str]] = (),
        merged: Mapping[str, str] | None = None,
    ) -> None:
        self._merged = merged or {}
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
        self._models: dict[tuple[str, str], set[str]] = {}
        self._whole_ids: dict[str, set[str]] = {}
        for model in declared.models:
            for name in (model.slug, *model.aliases):
                self._own(model.lab, name, model.ref)
        for ref in models:
            self.add(ref)
        for text, ref in aliases:
            self._add_alias(text, ref)

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

    def add(self, ref: str) -> None:
        """Makes a model known, under its reference and its lab's name for it."""
        lab, _, slug = ref.partition("/")
        self._own(lab, slug, ref)

    def link(self, provider: str, model_id: str, aliases: Iterable[str] = ()) -> Match | Unmatched:
        """The model of the offer ``model_id`` at the provider of that slug."""
        found = self._link_name(provider, model_id)
        if isinstance(found, Match) or found.candidates:
            return found
        others = [self._link_name(provider, alias) for alias in aliases]
        refs = sorted({other.model_ref for other in others if isinstance(other, Match)})
        if len(refs) == 1:
            return Match(refs[0], Rule.OFFER_ALIAS)
        return Unmatched(Reason.AMBIGUOUS, tuple(refs)) if refs else found

    def proven_model(self, provider: str, model_id: str) -> NewModel | None:
        """The model that this id shows to exist and that is not known yet, if there is one.

        A lab's own provider shows its lab's models; so does a seller declared as ``lists_models``
        under a lab's namespace. A dated snapshot shows the undated model.
        """
        reading = self.read(provider, model_id)
        if not isinstance(reading, Reading) or not reading.proves or self._find(reading):
            return None
        name = undated(reading.names[0].lower())
        slug = model_slug(name, dashed=self._labs[reading.lab].dashed)
        return NewModel(reading.lab, slug) if slug and "/" not in name else None

    def lab_named(self, organisation: str) -> str | None:
        """The lab that an organisation's name means."""
        return self._organisations.get(key_of(organisation.strip()))

    def lab_of_family(self, name: str) -> str | None:
        """The lab whose models' names begin so."""
        return self._families.lab_of(name)

    def model_of(self, lab: str, name: str, rule: Rule) -> Match | Unmatched:
        """The lab's model that goes by a name."""
        return _one_of(self._find(Reading(lab, (name.lower(),), rule)), rule)

    def read(self, provider: str, model_id: str) -> Reading | Unmatched:
        """The id as a lab and a name, by the first rule that applies."""
        seller = self._providers.get(provider)
        name = _stripped(seller, model_id) if seller is not None else model_id.lower()
        space, _, rest = name.rpartition("/")
        if space:
            return self._read_namespaced(seller, name) or self._read_own_path(seller, space, rest)
        return self._read_vendor_id(seller, name) or self._read_bare(seller, name)

    def _link_name(self, provider: str, model_id: str) -> Match | Unmatched:
        refs = self._whole_ids.get(key_of(model_id))
        if refs:
            return _one_of(refs, Rule.ALIAS)
        reading = self.read(provider, model_id)
        if isinstance(reading, Unmatched):
            return reading
        return _one_of(self._find(reading), reading.rule)

    def _find(self, reading: Reading) -> set[str]:
        """The models of the most exact name that any goes by."""
        for name in reading.names:
            for form in dict.fromkeys((name, undated(name))):
                refs = self._models.get((reading.lab, key_of(form)))
                if refs:
                    return refs
        return set()

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

    def _own(self, lab: str, name: str, ref: str) -> None:
        self._models.setdefault((lab, key_of(name)), set()).add(self._merged.get(ref, ref))

    def _add_alias(self, text: str, ref: str) -> None:
        self._whole_ids.setdefault(key_of(text), set()).add(self._merged.get(ref, ref))
        space, _, name = text.partition("/")
        if name:
            self._own(self._namespaces.get(key_of(space), space.lower()), name, ref)


class _Families:
    """The lab whose models' names begin so; the longest declared beginning wins."""

    def __init__(self, labs: Iterable[DeclaredLab]) -> None:
        self._labs = {key_of(start): lab.slug for lab in labs for start in lab.families}
        self._lengths = sorted({len(start) for start in self._labs}, reverse=True)

    def lab_of(self, name: str) -> str | None:
        key = key_of(name)
        return next((self._labs[key[:n]] for n in self._lengths if key[:n] in self._labs), None)


def _one_of(refs: set[str], rule: Rule) -> Match | Unmatched:
    if len(refs) == 1:
        return Match(next(iter(refs)), rule)
    if refs:
        return Unmatched(Reason.AMBIGUOUS, tuple(sorted(refs)))
    return Unmatched(Reason.UNKNOWN_MODEL)


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

"""Reads ``fixtures/identity/*.toml`` and refuses what contradicts itself.

A mistake is named by file, entry and field with what was expected; all mistakes are told at once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from registry.catalog.declared import (
    Declarations,
    DeclaredLab,
    DeclaredModel,
    DeclaredOffer,
    DeclaredProvider,
    ProviderKind,
)
from registry.catalog.names import is_fit, key_of

DIRECTORY = Path(__file__).resolve().parents[2] / "fixtures" / "identity"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing wrong in the declared data."""

    file: str
    entry: str
    field: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: [{self.entry}] {self.field}: {self.problem}"


class BadDeclarations(ValueError):
    """The declared data cannot be used; ``mistakes`` says why, each with its place."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))


@cache
def declarations(directory: Path = DIRECTORY) -> Declarations:
    """The declared labs, providers, models and offers; raises `BadDeclarations`."""
    declared = Declarations(
        labs=tuple(_labs(_File(directory / "labs.toml"))),
        providers=tuple(_providers(_File(directory / "providers.toml"))),
        models=tuple(_models(_File(directory / "models.toml"))),
        offers=tuple(_offers(_File(directory / "offers.toml"))),
    )
    mistakes = tuple(contradictions(declared))
    if mistakes:
        raise BadDeclarations(mistakes)
    return declared


class _File:
    """One TOML file of named entries, read field by field with the place of every mistake."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            self._entries = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise BadDeclarations([Mistake(path.name, "", "", str(error))]) from error

    def entries(self, *fields: str) -> Iterator[_Entry]:
        for name, values in self._entries.items():
            entry = _Entry(self.name, name, values)
            entry.allow(fields)
            yield entry


class _Entry:
    """One table of a file."""

    def __init__(self, file: str, name: str, values: object) -> None:
        self.file = file
        self.name = name
        if not isinstance(values, dict):
            raise self._wrong("", values, "a table")
        self._values = values

    def allow(self, fields: Iterable[str]) -> None:
        for found in self._values:
            if found not in fields:
                raise self._wrong(found, found, f"one of {', '.join(fields)}")

    def text(self, field: str, default: str | None = None) -> str:
        value = self._values.get(field, default)
        if not isinstance(value, str) or (default is None and not value):
            raise self._wrong(field, value, "a text")
        return value

    def flag(self, field: str) -> bool:
        value = self._values.get(field, False)
        if not isinstance(value, bool):
            raise self._wrong(field, value, "true or false")
        return value

    def texts(self, field: str) -> tuple[str, ...]:
        return self._texts(field, self._values.get(field, []))

    def texts_by_name(self, field: str) -> dict[str, tuple[str, ...]]:
        table = self._values.get(field, {})
        if not isinstance(table, dict):
            raise self._wrong(field, table, "lists of names by source")
        return {name: self._texts(f"{field}.{name}", value) for name, value in table.items()}

    def kind(self, field: str) -> ProviderKind:
        value = self.text(field)
        try:
            return ProviderKind(value)
        except ValueError:
            raise self._wrong(field, value, f"one of {', '.join(ProviderKind)}") from None

    def _texts(self, field: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(t, str) and is_fit(t) for t in value):
            raise self._wrong(field, value, "a list of names")
        return tuple(value)

    def _wrong(self, field: str, value: object, expected: str) -> BadDeclarations:
        problem = f"found {value!r}; expected {expected}"
        return BadDeclarations([Mistake(self.file, self.name, field, problem)])


def _labs(file: _File) -> Iterator[DeclaredLab]:
    fields = ("name", "homepage", "namespaces", "families", "vendors", "known_as", "dashed")
    for entry in file.entries(*fields):
        yield DeclaredLab(
            slug=entry.name,
            name=entry.text("name"),
            homepage=entry.text("homepage", ""),
            namespaces=entry.texts("namespaces"),
            families=entry.texts("families"),
            vendors=entry.texts("vendors"),
            known_as=entry.texts("known_as"),
            dashed=entry.flag("dashed"),
        )


def _providers(file: _File) -> Iterator[DeclaredProvider]:
    for entry in file.entries(
        *("name", "kind", "lab", "homepage", "pricing_page", "known_as"),
        *("strip_prefixes", "strip_suffixes", "point", "lists_models"),
    ):
        yield DeclaredProvider(
            slug=entry.name,
            name=entry.text("name"),
            kind=entry.kind("kind"),
            lab=entry.text("lab", "") or None,
            homepage=entry.text("homepage", ""),
            pricing_page=entry.text("pricing_page", ""),
            known_as=entry.texts_by_name("known_as"),
            strip_prefixes=entry.texts("strip_prefixes"),
            strip_suffixes=entry.texts("strip_suffixes"),
            point=entry.text("point", "."),
            lists_models=entry.flag("lists_models"),
        )


def _models(file: _File) -> Iterator[DeclaredModel]:
    for entry in file.entries("name", "aliases"):
        lab, _, slug = entry.name.partition("/")
        yield DeclaredModel(lab, slug, entry.text("name", ""), entry.texts("aliases"))


def _offers(file: _File) -> Iterator[DeclaredOffer]:
    for entry in file.entries("aliases"):
        provider, _, model_id = entry.name.partition("/")
        yield DeclaredOffer(provider, model_id, entry.texts("aliases"))


def contradictions(declared: Declarations) -> Iterator[Mistake]:
    """Names that two entries own, and references to entries that do not exist."""
    labs = {lab.slug for lab in declared.labs}
    providers = {provider.slug for provider in declared.providers}
    yield from _owned_twice(declared)
    for provider in declared.providers:
        if provider.lab is not None and provider.lab not in labs:
            yield Mistake("providers.toml", provider.slug, "lab", f"no lab {provider.lab!r}")
    for model in declared.models:
        if model.lab not in labs or not model.slug:
            yield Mistake("models.toml", model.ref, "", "expected a known lab, a slash, a slug")
    for offer in declared.offers:
        if offer.provider not in providers or not offer.model_id:
            name = f"{offer.provider}/{offer.model_id}"
            yield Mistake("offers.toml", name, "", "expected a known provider, a slash, an id")


def _owned_twice(declared: Declarations) -> Iterator[Mistake]:
    owners: dict[tuple[str, ...], str] = {}
    for file, entry, field, name in _owned_names(declared):
        owner = owners.setdefault((file, *field.split(" of "), name), entry)
        if owner != entry:
            yield Mistake(file, entry, field.split(" of ")[0], f"{name!r} belongs to [{owner}]")


def _owned_names(declared: Declarations) -> Iterator[tuple[str, str, str, str]]:
    """File, entry, field (and within what it must be owned once), name."""
    for lab in declared.labs:
        yield from (("labs.toml", lab.slug, "namespaces", key_of(n)) for n in lab.namespaces)
        yield from (("labs.toml", lab.slug, "families", key_of(n)) for n in lab.families)
        yield from (("labs.toml", lab.slug, "vendors", key_of(n)) for n in lab.vendors)
        yield from (("labs.toml", lab.slug, "known_as", key_of(n)) for n in lab.known_as)
    for provider in declared.providers:
        for source, names in provider.known_as.items():
            yield from (("providers.toml", provider.slug, f"known_as.{source}", n) for n in names)
    for model in declared.models:
        for name in (model.slug, *model.aliases):
            yield "models.toml", model.ref, f"aliases of {model.lab}", key_of(name)
    for offer in declared.offers:
        entry = f"{offer.provider}/{offer.model_id}"
        for name in (offer.model_id, *offer.aliases):
            yield "offers.toml", entry, f"aliases of {offer.provider}", key_of(name)

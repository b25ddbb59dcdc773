"""What is declared of labs, providers and names: the shapes of ``fixtures/identity/``.

Everything that links one name to another stands in these files, checked by hand against the
sources; code adds only the rules of `registry.catalog.identity`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class ProviderKind(StrEnum):
    """How a provider comes by the models that it sells; the same words as `Provider.Kind`."""

    FIRST_PARTY = "first_party"
    CLOUD = "cloud"
    HOST = "host"
    RESELLER = "reseller"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class DeclaredLab:
    """A maker of models and what marks its models' names at sellers.

    ``namespaces``: the part before the slash. ``families``: beginnings of bare names.
    ``vendors``: prefixes of Amazon's ids. ``known_as``: names of the organisation itself, as lists
    of models write it. ``dashed``: its own ids write ``4-7`` for 4.7.
    """

    slug: str
    name: str
    homepage: str = ""
    namespaces: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class DeclaredProvider:
    """A seller, its names by source, and what its ids carry around a model's name.

    ``lists_models``: an id of its under a lab's namespace is evidence that the model exists.
    ``point``: what it writes for the point of a version number (``3p2``).
    """

    slug: str
    name: str
    kind: ProviderKind
    lab: str | None = None
    homepage: str = ""
    pricing_page: str = ""
    known_as: dict[str, tuple[str, ...]] = field(default_factory=dict)
    strip_prefixes: tuple[str, ...] = ()
    strip_suffixes: tuple[str, ...] = ()
    point: str = "."
    lists_models: bool = False


@dataclass(frozen=True, slots=True)
class DeclaredModel:
    """A model that no rule would find or name rightly; ``aliases`` are names at its lab."""

    lab: str
    slug: str
    name: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The readable id, ``lab/slug``."""
        return f"{self.lab}/{self.slug}"


@dataclass(frozen=True, slots=True)
class DeclaredOffer:
    """Names that sources give to one offer instead of the provider's own id."""

    provider: str
    model_id: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Declarations:
    """Everything declared, free of contradictions (see `registry.catalog.declarations`)."""

    labs: tuple[DeclaredLab, ...] = ()
    providers: tuple[DeclaredProvider, ...] = ()
    models: tuple[DeclaredModel, ...] = ()
    offers: tuple[DeclaredOffer, ...] = ()

    @cached_property
    def names(self) -> dict[str, str]:
        """What models are called, by their readable ids."""
        return {model.ref: model.name for model in self.models if model.name}

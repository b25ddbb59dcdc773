"""Short names for models and offers in a readable address, and what any spelling means there.

The name is the model's slug where no other lab has one like it, else its ``lab/slug``; what
somebody other than the lab sells is named by its offer, ``provider/id``. A name read back means the
same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from registry.catalog.models import Model
from registry.catalog.resolving import Resolution
from registry.selectors.refusals import Refusal, not_certain
from registry.selectors.resolving import Written, resolve_models


@dataclass(frozen=True, slots=True)
class Named:
    """``name``: how an address writes it. ``written``: the id that `offers_of_ids` takes."""

    name: str
    written: Written


def named(names: Sequence[str]) -> tuple[Named | Refusal, ...]:
    """What each name means, in order; a refusal for one that means nothing for certain.

    One statement where all are names as they are given out, else nine at most.
    """
    given = _Given.of(names)
    unknown = [name for name in names if given.of_name(name) is None]
    found = dict(zip(unknown, resolve_models(map(Written, unknown)), strict=True))
    given = given.joined(_Given.of([one.model for one in found.values() if one.model]))
    return tuple(
        given.of_name(name) or _resolved(f"models[{position}]", name, found[name], given)
        for position, name in enumerate(names)
    )


def _resolved(place: str, name: str, found: Resolution, given: _Given) -> Named | Refusal:
    if found.offer is not None and not found.offer.own:
        return Named(found.offer.ref, Written(found.offer.ref))
    meant = given.of_name(found.model) if found.model else None
    return meant or not_certain(place, Written(name), found)


@dataclass(frozen=True, slots=True)
class _Given:
    """The labs that have a model of each slug."""

    labs: dict[str, set[str]]

    @classmethod
    def of(cls, names: Sequence[str]) -> _Given:
        slugs = {part for name in names for part in (name, name.partition("/")[2]) if part}
        labs: dict[str, set[str]] = defaultdict(set)
        if slugs:
            held = Model.objects.filter(slug__in=slugs, merged_into=None)
            for lab, slug in held.values_list("lab__slug", "slug"):
                labs[slug].add(lab)
        return cls(dict(labs))

    def joined(self, other: _Given) -> _Given:
        return _Given({**self.labs, **other.labs})

    def of_name(self, name: str) -> Named | None:
        """What a model's slug or ``lab/slug`` means; None where it is neither."""
        labs = self.labs.get(name, set())
        if len(labs) == 1:
            return Named(name, Written(f"{next(iter(labs))}/{name}"))
        lab, _, slug = name.partition("/")
        labs = self.labs.get(slug, set())
        if lab not in labs:
            return None
        return Named(slug if len(labs) == 1 else name, Written(name))

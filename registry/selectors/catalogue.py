"""Every model and who sells it, held in memory for a little while.

Names and facts of the catalogue are a few thousand rows that every large table needs whole. They
are read again each half minute at most: a new name may be seen that much later on a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any, NamedTuple

from registry.catalog.models import Lab, Offer
from registry.selectors.ai_models import ModelRow, every_model

_SECONDS = 30


class Seller(NamedTuple):
    """An offer of a model. ``first_party``: the model's lab sells it itself."""

    offer_id: int
    provider: str
    provider_name: str
    kind: str
    provider_model_id: str
    first_party: bool

    @property
    def ref(self) -> str:
        """The readable id, ``provider/provider_model_id``."""
        return f"{self.provider}/{self.provider_model_id}"


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """``sellers``: the offers of each model by its row's id; a model nobody sells has none.

    ``labs``: names by id.
    """

    models: tuple[ModelRow, ...]
    sellers: Mapping[int, tuple[Seller, ...]]
    labs: Mapping[str, str]


def catalogue() -> Catalogue:
    """The catalogue as it was within the last half minute. Three statements, or none."""
    return _read(int(monotonic() // _SECONDS))


def forget() -> None:
    """Drops what is held, for a process whose database was exchanged under it."""
    _read.cache_clear()


@lru_cache(maxsize=1)
def _read(turn: int) -> Catalogue:
    sellers: dict[int, list[Seller]] = defaultdict(list)
    rows = Offer.objects.filter(model__isnull=False).values_list(
        "model_id",
        "model__lab_id",
        "provider__lab_id",
        "pk",
        "provider__slug",
        "provider__name",
        "provider__kind",
        "provider_model_id",
    )
    for model_id, lab_id, own_lab_id, *columns in rows:
        found: tuple[Any, ...] = (*columns, lab_id == own_lab_id)
        sellers[model_id].append(Seller(*found))
    return Catalogue(
        models=every_model(),
        sellers={pk: tuple(of_model) for pk, of_model in sellers.items()},
        labs=dict(Lab.objects.values_list("slug", "name")),
    )

"""The identity index over what the catalogue holds."""

from __future__ import annotations

from collections.abc import Mapping

from registry.catalog.declarations import declarations
from registry.catalog.identity import IdentityIndex
from registry.catalog.models import Model, ModelAlias


def every_model() -> dict[str, str | None]:
    """The models that exist, by their ``lab/slug``, with the one that each is merged into, if any.

    One statement.
    """
    rows = Model.objects.values_list(
        "lab__slug", "slug", "merged_into__lab__slug", "merged_into__slug"
    )
    return {
        f"{lab}/{slug}": None if into_slug is None else f"{into_lab}/{into_slug}"
        for lab, slug, into_lab, into_slug in rows
    }


def identity_index(models: Mapping[str, str | None] | None = None) -> IdentityIndex:
    """Everything that is declared, every model that exists, every alias that was given.

    ``models``: as `every_model` tells them, where they have been read already.
    """
    models = every_model() if models is None else models
    return IdentityIndex(
        declarations(),
        models,
        (
            (text, f"{lab}/{slug}")
            for text, lab, slug in ModelAlias.objects.values_list(
                "text", "model__lab__slug", "model__slug"
            )
        ),
        {ref: into for ref, into in models.items() if into is not None},
    )

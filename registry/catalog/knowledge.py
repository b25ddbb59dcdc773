"""The identity index over what the catalogue holds."""

from __future__ import annotations

from registry.catalog.declarations import declarations
from registry.catalog.identity import IdentityIndex
from registry.catalog.models import Model, ModelAlias


def identity_index() -> IdentityIndex:
    """Everything that is declared, every model that exists, every alias that was given."""
    return IdentityIndex(
        declarations(),
        (f"{lab}/{slug}" for lab, slug in Model.objects.values_list("lab__slug", "slug")),
        (
            (text, f"{lab}/{slug}")
            for text, lab, slug in ModelAlias.objects.values_list(
                "text", "model__lab__slug", "model__slug"
            )
        ),
        {
            f"{lab}/{slug}": f"{into_lab}/{into_slug}"
            for lab, slug, into_lab, into_slug in Model.objects.exclude(
                merged_into=None
            ).values_list("lab__slug", "slug", "merged_into__lab__slug", "merged_into__slug")
        },
    )

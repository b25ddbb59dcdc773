"""System check: the declared names of labs, providers, models and offers agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register

from registry.catalog.declarations import BadDeclarations, declarations


@register()
def declarations_agree(
    app_configs: Sequence[AppConfig] | None = None, **options: Any
) -> list[CheckMessage]:
    """Every mistake in ``fixtures/identity/``, by file, entry and field."""
    try:
        declarations()
    except BadDeclarations as bad:
        return [
            Error(str(mistake), hint="Correct fixtures/identity/.", id="catalog.E001")
            for mistake in bad.mistakes
        ]
    return []

"""System checks of the settings: what Ratecard refuses to start with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured


@register()
def environment_is_sound(
    app_configs: Sequence[AppConfig] | None = None, **options: Any
) -> list[CheckMessage]:
    """Every mistaken environment variable, by name, with what was expected."""
    return [
        Error(mistake.message, hint=mistake.hint, id=mistake.id)
        for mistake in settings.ENVIRONMENT.mistakes
    ]


def refuse_unsound_environment() -> None:
    """Raise ImproperlyConfigured naming every mistake: servers do not run system checks."""
    mistakes = settings.ENVIRONMENT.mistakes
    if mistakes:
        lines = [f"{mistake.id}: {mistake.message} {mistake.hint}" for mistake in mistakes]
        raise ImproperlyConfigured("\n".join(lines))

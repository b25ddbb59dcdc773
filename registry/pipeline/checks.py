"""System checks of the schedule: whether sources can be asked at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.conf import settings
from django.core import checks


@checks.register()
def hosts_can_be_asked(
    app_configs: Sequence[AppConfig] | None = None, **options: Any
) -> list[checks.CheckMessage]:
    """A contact that cannot be sent is an error; workers without one are a warning."""
    # The fetcher brings its HTTP client along, which not every command needs.
    if settings.CONTACT:
        from registry.pipeline.courier import contact_mistake

        mistake = contact_mistake()
        hint = "Set RATECARD_CONTACT to an e-mail or https address of whoever runs this registry."
        return [checks.Error(mistake, hint=hint, id="ratecard.E010")] if mistake else []
    if settings.ENVIRONMENT.redis_url:
        message = "RATECARD_CONTACT is not set: workers will fetch nothing."
        hint = "Set it to an e-mail or https address of whoever runs this registry."
        return [checks.Warning(message, hint=hint, id="ratecard.W001")]
    return []

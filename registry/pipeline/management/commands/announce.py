"""`manage.py announce`: tells endpoints what was published, once, as the clock does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.pipeline.announce import announce
from registry.pipeline.courier import ContactMissing, fetch_settings


class Command(BaseCommand):
    help = "Send every webhook that is due now."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = announce(fetch_settings())
        except (ContactMissing, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{told.owed} owed anew, {told.delivered} delivered, {told.failed} failed"
        )

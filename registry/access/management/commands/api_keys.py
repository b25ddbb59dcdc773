"""`manage.py api_keys`: issues keys of the API, lists them and takes them back."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Sum
from django.utils import timezone
from rich.console import Console
from rich.table import Table

from registry.access.keys import SCOPES, issue, revoke
from registry.access.models import ApiKey


class Command(BaseCommand):
    """A key is shown once, when it is issued."""

    help = "List the keys of the API; --issue NAME makes one, --revoke PREFIX takes one back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--issue", metavar="NAME", help="whose it is, and for what")
        parser.add_argument("--scope", action="append", choices=SCOPES, help="default: read")
        parser.add_argument("--revoke", metavar="PREFIX")
        parser.add_argument("--limit", type=int, default=100)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["issue"]:
            _, text = issue(options["issue"], options["scope"] or ["read"], by="command line")
            self.stdout.write(f"{text}\n(shown only this once)")
        elif options["revoke"]:
            if not revoke(options["revoke"], at=timezone.now()):
                raise CommandError(f"--revoke: no key in use begins with {options['revoke']!r}")
            self.stdout.write(f"{options['revoke']} was taken back")
        else:
            Console().print(_listed(options["limit"]))


def _listed(limit: int) -> Table:
    table = Table(title="Keys of the API")
    for heading in ("prefix", "name", "scopes", "issued", "state", "requests"):
        table.add_column(heading)
    now = timezone.now()
    keys = ApiKey.objects.annotate(requests=Sum("uses__requests")).order_by("-created_at", "pk")
    for key in keys[:limit]:
        expired = key.expires_at is not None and key.expires_at <= now
        state = "taken back" if key.revoked_at else "run out" if expired else "in use"
        table.add_row(
            key.prefix,
            key.name,
            ", ".join(key.scopes),
            f"{key.created_at:%Y-%m-%d} by {key.created_by}",
            state,
            str(key.requests or 0),
        )
    return table

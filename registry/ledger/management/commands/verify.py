"""``manage.py verify``: is history what was published?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.progress import Progress

from registry.ledger.chain import head
from registry.ledger.verification import verify


class Command(BaseCommand):
    """Recomputes the ledger's hash chain; exit code 1 names what does not hold."""

    help = "Recomputes the hash chain of the ledger and names the first revision that differs."

    def handle(self, *args: Any, **options: Any) -> None:
        newest = head().number
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task("Recomputing revisions", total=newest)
            found = verify(lambda number: progress.update(task, completed=number))
        if not found.ok:
            faults = "\n".join(map(str, found.faults))
            raise CommandError(f"history is not what was published\n{faults}")
        self.stdout.write(
            f"verified: {found.revisions} revisions, {found.points} points, "
            f"head {found.head.number} {found.head.hash}"
        )

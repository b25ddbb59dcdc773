"""Lists what the policy kept back, by reason and one by one."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count
from rich.console import Console
from rich.table import Table

from registry.curation.models import Review
from registry.curation.policy.reasons import Reason


class Command(BaseCommand):
    help = "Lists held and rejected claims, changes and runs with their reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", help="only this source, by its slug")
        parser.add_argument("--reason", help="only this reason")
        parser.add_argument("--provider", help="only offers of this provider, by its slug")
        parser.add_argument("--state", default=Review.State.OPEN, choices=Review.State.values)
        parser.add_argument("--limit", type=int, default=50, help="how many items to list (50)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reason"] and options["reason"] not in Reason:
            known = ", ".join(sorted(Reason))
            raise CommandError(
                f"reason: {options['reason']!r} is not known; expected one of {known}"
            )
        items = Review.objects.filter(state=options["state"])
        for option, lookup in _FILTERS.items():
            if options[option]:
                items = items.filter(**{lookup: options[option]})
        console = Console()
        counts = items.values_list("outcome", "reason", "source__slug").annotate(n=Count("pk"))
        console.print(_counted(list(counts.order_by("-n", "reason", "source__slug"))))
        rows = (
            items.select_related("source", "offer__provider", "claim")
            .defer("claim__content")
            .order_by("-seen_at", "pk")
        )
        console.print(_listed(list(rows[: options["limit"]])))


_FILTERS = {
    "source": "source__slug",
    "reason": "reason",
    "provider": "offer__provider__slug",
}


def _counted(counts: list[tuple[str, str, str, int]]) -> Table:
    table = Table(title=f"{sum(count[-1] for count in counts)} items")
    for name in ("outcome", "reason", "source", "items"):
        table.add_column(name)
    for outcome, reason, source, number in counts:
        table.add_row(outcome, reason, source, str(number))
    return table


def _listed(items: list[Review]) -> Table:
    table = Table(title=f"the newest {len(items)}")
    for name in ("seen", "source", "offer", "outcome", "findings"):
        table.add_column(name, overflow="fold")
    for item in items:
        findings = "\n".join(
            f"{field}: {value}: {reason} (expected {expected})"
            for reason, field, value, expected in item.findings[:4]
        )
        seen = f"{item.seen_at:%Y-%m-%d}"
        source = item.source.slug if item.source else "a reader"
        table.add_row(seen, source, _subject(item), item.outcome, findings)
    return table


def _subject(item: Review) -> str:
    """The offer, or the names that lead to none, or the run."""
    if item.offer is not None:
        return str(item.offer)
    if item.claim is not None:
        return f"{item.claim.provider_name}/{item.claim.model_id}"
    return "the whole run" if item.run else "a page"

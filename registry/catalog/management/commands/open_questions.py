"""``manage.py open_questions``: the offers that have no model yet."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console
from rich.table import Table

from registry.catalog.models import Provider
from registry.catalog.questions import OpenQuestion, open_questions


class Command(BaseCommand):
    help = "Lists offers that no declared name or rule links to a model, by provider."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--provider", metavar="SLUG", help="list the offers of one provider")
        parser.add_argument(
            "--limit", type=int, default=50, metavar="N", help="rows to show (default 50)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        provider, limit = options["provider"], options["limit"]
        if limit < 1:
            raise CommandError(f"--limit: found {limit}; expected a number above 0")
        if provider and not Provider.objects.filter(slug=provider).exists():
            raise CommandError(f"--provider: found {provider!r}; expected a provider's slug")
        questions = list(open_questions(provider))
        table = _offers(questions, limit) if provider else _providers(questions, limit)
        console = Console(file=self.stdout, width=None)  # type: ignore[arg-type]
        console.print(table)
        console.print(f"{len(questions)} offers without a model")


def _providers(questions: Sequence[OpenQuestion], limit: int) -> Table:
    table = Table("Provider", "Offers", "Choices", "Example", "Declared")
    counts = Counter(question.provider for question in questions)
    for provider, count in counts.most_common(limit):
        own = [question for question in questions if question.provider == provider]
        choices = sum(bool(question.candidates) for question in own)
        declared = "yes" if own[0].declared else "no"
        table.add_row(provider, str(count), str(choices), own[0].model_id, declared)
    return table


def _offers(questions: Sequence[OpenQuestion], limit: int) -> Table:
    table = Table("Offer", "Why", "Candidates")
    for question in questions[:limit]:
        table.add_row(question.model_id, question.reason, ", ".join(question.candidates))
    return table

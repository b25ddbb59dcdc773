"""``manage.py open_questions``: offers without a model, and names of scores without a meaning."""

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
from registry.ingest.models import Source
from registry.ingest.questions import Asked, OpenName, open_names


class Command(BaseCommand):
    help = (
        "Lists offers that no declared name or rule links to a model, by provider, and the names "
        "of models and benchmarks that boards use and nobody knows, by source."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--provider", metavar="SLUG", help="list the offers of one provider")
        parser.add_argument("--source", metavar="SLUG", help="list the names of one source")
        parser.add_argument(
            "--limit", type=int, default=50, metavar="N", help="rows to show (default 50)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        provider, source, limit = options["provider"], options["source"], options["limit"]
        if limit < 1:
            raise CommandError(f"--limit: found {limit}; expected a number above 0")
        if provider and not Provider.objects.filter(slug=provider).exists():
            raise CommandError(f"--provider: found {provider!r}; expected a provider's slug")
        if source and not Source.objects.filter(slug=source).exists():
            raise CommandError(f"--source: found {source!r}; expected a source's slug")
        console = Console(file=self.stdout, width=None)  # type: ignore[arg-type]
        if not source:
            questions = list(open_questions(provider))
            console.print(_offers(questions, limit) if provider else _providers(questions, limit))
            console.print(f"{len(questions)} offers without a model")
        if not provider:
            names = list(open_names(source))
            console.print(_names(names, limit) if source else _sources(names, limit))
            waiting = sum(name.claims for name in names)
            console.print(f"{len(names)} names of boards without a meaning, {waiting} claims wait")


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


def _sources(names: Sequence[OpenName], limit: int) -> Table:
    table = Table("Source", "Models", "Benchmarks", "Claims", "Example")
    for source in sorted({name.source for name in names})[:limit]:
        own = [name for name in names if name.source == source]
        kinds = Counter(name.kind for name in own)
        claims = sum(name.claims for name in own)
        counts = (str(kinds[Asked.MODEL]), str(kinds[Asked.BENCHMARK]), str(claims))
        table.add_row(source, *counts, own[0].name)
    return table


def _names(names: Sequence[OpenName], limit: int) -> Table:
    table = Table("", "Organisation", "Name", "Claims", "Why", "Candidates")
    for name in names[:limit]:
        candidates = ", ".join(name.candidates)
        table.add_row(
            name.kind, name.organisation, name.name, str(name.claims), name.why, candidates
        )
    return table

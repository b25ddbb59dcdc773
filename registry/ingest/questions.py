"""Open questions of scores: names of models and benchmarks whose meaning nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Count

from registry.catalog.knowledge import identity_index
from registry.catalog.matches import Unmatched
from registry.catalog.mentions import mentioned
from registry.ingest.models import BenchmarkName, ModelName


class Asked(StrEnum):
    """What a name is the name of."""

    MODEL = "model"
    BENCHMARK = "benchmark"


@dataclass(frozen=True, slots=True)
class OpenName:
    """A name that means nothing yet, and how many claims wait for it.

    ``why``: the reason in a word; ``candidates``: the models between which a person must choose.
    """

    source: str
    kind: Asked
    organisation: str
    name: str
    why: str
    candidates: tuple[str, ...]
    claims: int


def open_names(source: str | None = None) -> Iterator[OpenName]:
    """Every open name by source, models first, those that most claims wait for before others."""
    models = ModelName.objects.filter(model=None)
    benchmarks = BenchmarkName.objects.filter(benchmark=None)
    if source is not None:
        models = models.filter(source__slug=source)
        benchmarks = benchmarks.filter(source__slug=source)
    index = identity_index()
    counted = models.annotate(waiting=Count("claims")).select_related("source")
    for row in counted.order_by("source__slug", "-waiting", "name", "organisation"):
        found = mentioned(
            index, row.name, organisation=row.organisation or None, aliases=row.aliases
        )
        if isinstance(found, Unmatched):
            yield OpenName(
                row.source.slug, Asked.MODEL, row.organisation, row.name, found.reason,
                found.candidates, row.waiting,
            )  # fmt: skip
    named = benchmarks.annotate(waiting=Count("claims")).select_related("source")
    for asked in named.order_by("source__slug", "-waiting", "name"):
        yield OpenName(
            asked.source.slug, Asked.BENCHMARK, "", asked.name, "unknown_benchmark", (),
            asked.waiting,
        )  # fmt: skip

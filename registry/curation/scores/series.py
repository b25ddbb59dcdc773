"""What a score is of, and which series a claim or a held item speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from registry.benchmarks.declarations import declared_benchmarks
from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from registry.ingest.batches import batched
from registry.ingest.models import Claim
from registry.ingest.naming import Subject
from registry.scoring.benchmarks import Named
from registry.scoring.setups import Setup


class SeriesName(NamedTuple):
    """What a score is of: row ids of the model and the benchmark, and the setup."""

    model_id: int
    benchmark_id: int
    setup: Setup

    @property
    def subject(self) -> Subject:
        """The model and the benchmark, under whatever setup."""
        return (self.model_id, self.benchmark_id)


def subjects_in(series: Iterable[SeriesName]) -> set[Subject]:
    """The subjects of some series."""
    return {name.subject for name in series}


def named(series: Collection[SeriesName]) -> dict[SeriesName, str]:
    """Series in words: the model, the benchmark and the setup."""
    models = Model.objects.filter(pk__in={name.model_id for name in series})
    refs = {model.pk: model.ref for model in models.select_related("lab")}
    benchmarks = Benchmark.objects.in_bulk({name.benchmark_id for name in series})
    return {
        name: f"{refs[name.model_id]} {benchmarks[name.benchmark_id].slug} {name.setup.key}".strip()
        for name in series
    }


def setup_said(said: Setup, benchmark: str, *, version: str, subset: str) -> Setup | None:
    """What a source says of the setup, completed by the name that it uses for the benchmark.

    ``version`` and ``subset``: what that name means, as its row keeps it. None where the two
    contradict each other.
    """
    declared = declared_benchmarks().by_slug[benchmark]
    return Named(declared, version=version or None, subset=subset or None).setup(said)


def series_of_claims(claim_ids: Collection[int]) -> dict[int, SeriesName]:
    """The series that claims speak of, by claim; nothing of those whose names are not known."""
    found: dict[int, SeriesName] = {}
    for batch in batched(claim_ids):
        rows = Claim.objects.filter(
            pk__in=batch,
            model_name__model__isnull=False,
            benchmark_name__benchmark__isnull=False,
        )
        for pk, model, benchmark, slug, version, subset, written in rows.values_list(
            "pk",
            "model_name__model_id",
            "benchmark_name__benchmark_id",
            "benchmark_name__benchmark__slug",
            "benchmark_name__version",
            "benchmark_name__subset",
            "content__setup",
        ):
            said = Setup.parse(written or "")
            setup = setup_said(said, slug, version=version, subset=subset)
            found[pk] = SeriesName(model or 0, benchmark or 0, said if setup is None else setup)
    return found

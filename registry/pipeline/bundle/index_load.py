"""From the index of the bundled catalogue to rows: models, providers, runs; see ``load``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from registry.catalog.models import Lab, Model, ModelAlias, Provider
from registry.catalog.showing import show
from registry.ingest.models import Run, Snapshot, Source
from registry.pipeline.bundle.format import Index
from registry.pipeline.bundle.numbers import moment_of
from registry.pipeline.bundle.text import BundleError

ORIGIN = "catalogue"
_BATCH = 2_000


def load_models(
    index: Index, facts: Mapping[str, Mapping[str, Any]], directory: Path
) -> dict[str, Model]:
    """The models by their readable ids, with their labs, aliases and what is published of them.

    Raises `BundleError` for one that is said to be another that is not there.
    """
    Lab.objects.bulk_create(
        (Lab(slug=lab.slug, name=lab.name, homepage=lab.homepage) for lab in index.labs),
        ignore_conflicts=True,
    )
    labs = dict(Lab.objects.values_list("slug", "pk"))
    models = {}
    for bundled in index.models:
        lab, _, slug = bundled.ref.partition("/")
        model = models[bundled.ref] = Model(
            lab_id=labs[lab], slug=slug, name=bundled.name, described=bundled.described or None
        )
        show(model, facts.get(bundled.ref, {}))
    Model.objects.bulk_create(models.values(), batch_size=_BATCH)
    merged = [bundled for bundled in index.models if bundled.is_also]
    for bundled in merged:
        if bundled.is_also not in models:
            path = directory / "index.json"
            raise BundleError(path, f"{bundled.ref} is said to be {bundled.is_also!r}; unknown")
        models[bundled.ref].merged_into = models[bundled.is_also]
    Model.objects.bulk_update(
        [models[bundled.ref] for bundled in merged], ["merged_into"], batch_size=_BATCH
    )
    ModelAlias.objects.bulk_create(
        ModelAlias(text=text, model=models[bundled.ref], origin=ORIGIN)
        for bundled in index.models
        for text in bundled.aliases
    )
    return models


def load_providers(index: Index) -> dict[str, int]:
    """The providers' rows by their slugs."""
    labs = dict(Lab.objects.values_list("slug", "pk"))
    Provider.objects.bulk_create(
        (
            Provider(
                slug=row.slug,
                name=row.name,
                kind=row.kind,
                homepage=row.homepage,
                lab_id=labs[row.lab] if row.lab else None,
                pricing_page=row.pricing_page,
            )
            for row in index.providers
        ),
        ignore_conflicts=True,
    )
    return dict(Provider.objects.values_list("slug", "pk"))


def load_runs(index: Index) -> list[Run]:
    """Runs as rows with their digests; the bodies' bytes are not part of the catalogue."""
    Snapshot.objects.bulk_create(
        {
            run.sha256: Snapshot(sha256=run.sha256, content=None, size=run.size)
            for run in index.runs
        }.values()
    )
    snapshots = dict(Snapshot.objects.values_list("sha256", "pk"))
    sources = {source.slug: source for source in Source.objects.all()}
    return Run.objects.bulk_create(
        Run(
            source=sources[run.source], part=run.part, slot=f"{ORIGIN}:{run.at}",
            at=moment_of(run.at), started_at=timezone.now(), finished_at=timezone.now(),
            outcome=Run.Outcome.PUBLISHED, address=run.address,
            snapshot_id=snapshots[run.sha256],
        )
        for run in index.runs
    )  # fmt: skip

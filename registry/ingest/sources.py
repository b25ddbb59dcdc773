"""The sources of the scrapers' catalogue as rows; their data is kept in one place, there."""

from __future__ import annotations

from django.db import transaction

from registry.ingest.models import Source
from scrapers.catalog import SOURCES, SourceSpec


@transaction.atomic
def sync_sources(specs: tuple[SourceSpec, ...] = SOURCES) -> None:
    """Brings the rows of all sources up to the catalogue; one no longer listed turns inactive."""
    for spec in specs:
        Source.objects.update_or_create(
            slug=spec.slug,
            defaults={
                "name": spec.name,
                "homepage": spec.homepage,
                "parser": spec.parser,
                "addresses": dict(spec.addresses),
                "trust": spec.trust,
                "interval_hours": spec.interval_hours,
                "size_cap": spec.size_cap,
                "licence": spec.licence,
                "own_providers": list(spec.own_providers),
                "active": True,
            },
        )
    slugs = [spec.slug for spec in specs]
    rows = Source.objects.in_bulk(slugs, field_name="slug")
    for spec in specs:
        copied = rows[spec.derives_from] if spec.derives_from else None
        Source.objects.filter(slug=spec.slug).update(derives_from=copied)
    Source.objects.exclude(slug__in=slugs).update(active=False)

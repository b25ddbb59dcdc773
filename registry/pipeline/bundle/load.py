"""From the files of the bundled catalogue to a registry: the same history, revision by revision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from registry.catalog.models import Lab, Model, ModelAlias, Offer, OfferAlias, Provider
from registry.curation.actions import publish_recorded
from registry.ingest.content import digest_of, to_content
from registry.ingest.models import Claim, Run, Snapshot, Source
from registry.ledger.models import PricePoint, Revision
from registry.ledger.points import NewPoint
from registry.pipeline.bundle.format import (
    BundledClaim,
    BundledOffer,
    BundledPoint,
    BundledSeries,
    BundleError,
    Index,
    read_index,
    read_offers,
)
from registry.pricing.rates import RateKey
from registry.pricing.terms import Terms
from scrapers.claims import OfferClaim

_BATCH = 2_000
_ORIGIN = "catalogue"
_DEFAULT_WORDS = "observed single first_seen"


@dataclass(slots=True)
class Loading:
    """What is known while the files are read: the rows that later files refer to."""

    directory: Path
    index: Index
    models: dict[str, int]
    providers: dict[str, int]
    runs: list[Run]
    points: dict[int, list[NewPoint]] = field(default_factory=lambda: defaultdict(list))


@transaction.atomic
def load_catalog(directory: Path, *, advance: Callable[[], object] = lambda: None) -> int:
    """Publishes the bundled history into an empty ledger; returns how many points it has.

    All or nothing. ``advance`` is called once a provider and once a revision. Raises `BundleError`
    for files that are not a catalogue, and when something is published already.
    """
    if Revision.objects.exists():
        raise BundleError(directory, "the registry has a history already; expected an empty one")
    index = read_index(directory)
    loading = Loading(
        directory, index, _load_models(index), _load_providers(index), _load_runs(index)
    )
    for slug, offers in read_offers(directory):
        _load_offers(slug, offers, loading)
        advance()
    for number, revision in enumerate(index.revisions, start=1):
        publish_recorded(
            loading.points.pop(number, []),
            kind=Revision.Kind(revision.kind),
            published_at=_moment(revision.published_at),
            author=revision.author,
            note=revision.note,
            number=number,
        )
        advance()
    return PricePoint.objects.count()


def _load_models(index: Index) -> dict[str, int]:
    Lab.objects.bulk_create(
        (Lab(slug=lab.slug, name=lab.name, homepage=lab.homepage) for lab in index.labs),
        ignore_conflicts=True,
    )
    labs = dict(Lab.objects.values_list("slug", "pk"))
    rows = []
    for model in index.models:
        lab, _, slug = model.ref.partition("/")
        facts = _facts(model, ("ref", "aliases"))
        rows.append(Model(lab_id=labs[lab], slug=slug, **facts))
    created = Model.objects.bulk_create(rows, batch_size=_BATCH)
    models = {bundled.ref: row.pk for bundled, row in zip(index.models, created, strict=True)}
    ModelAlias.objects.bulk_create(
        ModelAlias(text=text, model_id=models[model.ref], origin=_ORIGIN)
        for model in index.models
        for text in model.aliases
    )
    return models


def _load_providers(index: Index) -> dict[str, int]:
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


def _load_runs(index: Index) -> list[Run]:
    """Runs as rows with their digests; the bodies' bytes are not part of the catalogue."""
    Snapshot.objects.bulk_create(
        {
            run.sha256: Snapshot(sha256=run.sha256, content=None, size=run.size)
            for run in index.runs
        }.values()
    )
    snapshots = dict(Snapshot.objects.values_list("sha256", "pk"))
    sources = dict(Source.objects.values_list("slug", "pk"))
    return Run.objects.bulk_create(
        Run(
            source_id=sources[run.source], part=run.part, slot=f"{_ORIGIN}:{run.at}",
            at=_moment(run.at), started_at=timezone.now(), finished_at=timezone.now(),
            outcome=Run.Outcome.PUBLISHED, address=run.address,
            snapshot_id=snapshots[run.sha256],
        )
        for run in index.runs
    )  # fmt: skip


def _load_offers(provider: str, bundled: list[BundledOffer], loading: Loading) -> None:
    if provider not in loading.providers:
        raise BundleError(loading.directory / "offers" / f"{provider}.json", "unknown provider")
    provider_id = loading.providers[provider]
    skipped = ("id", "model", "aliases", "claims", "series")
    offers = Offer.objects.bulk_create(
        (
            Offer(
                provider_id=provider_id,
                provider_model_id=row.id,
                model_id=loading.models[row.model] if row.model else None,
                **_facts(row, skipped),
            )
            for row in bundled
        ),
        batch_size=_BATCH,
    )
    OfferAlias.objects.bulk_create(
        OfferAlias(provider_id=provider_id, text=text, offer=offer, origin=_ORIGIN)
        for row, offer in zip(bundled, offers, strict=True)
        for text in row.aliases
    )
    claims = Claim.objects.bulk_create(
        [
            _claim(claim, offer, loading)
            for row, offer in zip(bundled, offers, strict=True)
            for claim in row.claims
        ],
        batch_size=_BATCH,
    )
    rest = iter(claims)
    for row, offer in zip(bundled, offers, strict=True):
        ids = [next(rest).pk for _ in row.claims]
        for series in row.series:
            for point in series.points:
                loading.points[point.revision].append(_point(point, series, offer.pk, ids))


def _claim(bundled: BundledClaim, offer: Offer, loading: Loading) -> Claim:
    run = loading.runs[bundled.run]
    said = OfferClaim(bundled.provider_name, bundled.model_id, page=bundled.page or None)
    content = to_content(said)
    return Claim(
        source_id=run.source_id,
        digest=digest_of(f"{bundled.entry_key}@{run.at.isoformat()}", said, content),
        entry_key=bundled.entry_key,
        provider_name=bundled.provider_name,
        model_id=bundled.model_id,
        content=content,
        page=bundled.page,
        first_run=run,
        first_seen_at=run.at,
        offer=offer,
    )


def _point(
    bundled: BundledPoint, series: BundledSeries, offer_id: int, claims: list[int]
) -> NewPoint:
    basis, status, cause = (bundled.words or _DEFAULT_WORDS).split()
    priced = bundled.price[0].isdigit()
    return NewPoint(
        offer_id=offer_id,
        key=RateKey(series.meter, Terms.parse(series.terms), series.currency),
        starts_at=_moment(bundled.starts_at),
        starts_basis=PricePoint.Basis(basis),
        state=PricePoint.State.PRICED if priced else PricePoint.State(bundled.price),
        amount=Decimal(bundled.price) if priced else None,
        status=PricePoint.Status(status),
        cause=PricePoint.Cause(cause),
        claim_id=claims[bundled.claim] if bundled.claim >= 0 else None,
    )


def _facts(row: Any, skipped: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in row.__struct_fields__ if name not in skipped}
    for name in ("released_on", "deprecated_on", "retires_on"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    return values


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment

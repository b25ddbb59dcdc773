"""From the files of the bundled catalogue to a registry: the same history, revision by revision."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from msgspec import UNSET

from registry.catalog.models import Lab, Model, ModelAlias, Offer, OfferAlias, Provider
from registry.curation.actions import publish_recorded
from registry.ingest.content import digest_of, to_content
from registry.ingest.models import Claim, Run, Snapshot, Source, SourceEntry
from registry.ingest.runs import keep_fresh
from registry.ledger.models import PricePoint, Revision, ScorePoint
from registry.ledger.points import NewPoint
from registry.pipeline.bundle.format import (
    SHARED_FACTS,
    BundledClaim,
    BundledOffer,
    BundledPoint,
    BundledSeries,
    BundleError,
    Index,
    read_index,
    read_offers,
)
from registry.pipeline.bundle.loading import Loading
from registry.pipeline.bundle.numbers import moment_of
from registry.pipeline.bundle.score_load import load_scores
from registry.pipeline.bundle.words import quotes_of
from registry.pricing.rates import RateKey
from registry.pricing.terms import Terms
from scrapers.claims import OfferClaim

_BATCH = 2_000
_ORIGIN = "catalogue"
_DEFAULT_WORDS = "observed single first_seen"
_MODEL_FACTS = (
    "knowledge_cutoff", "open_weights", "licence", "total_parameters", "active_parameters",
)  # fmt: skip


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
        directory=directory,
        index=index,
        models=_load_models(index),
        providers=_load_providers(index),
        runs=_load_runs(index),
        facts={
            model.ref: {name: getattr(model, name) for name in SHARED_FACTS}
            for model in index.models
        },
    )
    for slug, offers in read_offers(directory):
        _load_offers(slug, offers, loading)
        advance()
    load_scores(loading)
    for number, revision in enumerate(index.revisions, start=1):
        publish_recorded(
            loading.points.pop(number, []),
            kind=Revision.Kind(revision.kind),
            published_at=moment_of(revision.published_at),
            author=revision.author,
            note=revision.note,
            number=number,
        )
        advance()
    _load_words(loading)
    return PricePoint.objects.count() + ScorePoint.objects.count()


def _load_models(index: Index) -> dict[str, int]:
    Lab.objects.bulk_create(
        (Lab(slug=lab.slug, name=lab.name, homepage=lab.homepage) for lab in index.labs),
        ignore_conflicts=True,
    )
    labs = dict(Lab.objects.values_list("slug", "pk"))
    rows = []
    for model in index.models:
        lab, _, slug = model.ref.partition("/")
        rows.append(
            Model(
                lab_id=labs[lab],
                slug=slug,
                released_on=_date(model.released_on),
                **{name: getattr(model, name) for name in (*SHARED_FACTS, *_MODEL_FACTS)},
            )
        )
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
    sources = {source.slug: source for source in Source.objects.all()}
    return Run.objects.bulk_create(
        Run(
            source=sources[run.source], part=run.part, slot=f"{_ORIGIN}:{run.at}",
            at=moment_of(run.at), started_at=timezone.now(), finished_at=timezone.now(),
            outcome=Run.Outcome.PUBLISHED, address=run.address,
            snapshot_id=snapshots[run.sha256],
        )
        for run in index.runs
    )  # fmt: skip


def _load_offers(provider: str, bundled: list[BundledOffer], loading: Loading) -> None:
    if provider not in loading.providers:
        raise BundleError(loading.directory / "offers" / f"{provider}.json", "unknown provider")
    provider_id = loading.providers[provider]
    offers = Offer.objects.bulk_create(
        (_offer(row, provider_id, loading) for row in bundled), batch_size=_BATCH
    )
    OfferAlias.objects.bulk_create(
        OfferAlias(provider_id=provider_id, text=text, offer=offer, origin=_ORIGIN)
        for row, offer in zip(bundled, offers, strict=True)
        for text in row.aliases
    )
    said = [
        (claim, row, offer)
        for row, offer in zip(bundled, offers, strict=True)
        for claim in row.claims
    ]
    claims = Claim.objects.bulk_create(
        (_claim(claim, row, offer, loading) for claim, row, offer in said), batch_size=_BATCH
    )
    for (claim, _, _), kept in zip(said, claims, strict=True):
        if claim.says:
            run = loading.runs[claim.run]
            loading.words[run.source_id, run.part, claim.entry_key].append(kept)
    rest = iter(claims)
    for row, offer in zip(bundled, offers, strict=True):
        ids = [next(rest).pk for _ in row.claims]
        for series in row.series:
            for point in series.points:
                loading.points[point.revision].append(_point(point, series, offer.pk, ids))


def _offer(bundled: BundledOffer, provider_id: int, loading: Loading) -> Offer:
    own = {name: value for name in SHARED_FACTS if (value := getattr(bundled, name)) is not UNSET}
    shared = loading.facts.get(bundled.model or "", {})
    return Offer(
        provider_id=provider_id,
        provider_model_id=bundled.id,
        model_id=loading.models[bundled.model] if bundled.model else None,
        matched_by=bundled.matched_by,
        mode=bundled.mode,
        status=bundled.status,
        deprecated_on=_date(bundled.deprecated_on),
        retires_on=_date(bundled.retires_on),
        **(shared | own),
    )


def _claim(bundled: BundledClaim, row: BundledOffer, offer: Offer, loading: Loading) -> Claim:
    run = loading.runs[bundled.run]
    said = OfferClaim(
        bundled.provider_name,
        bundled.model_id,
        quotes=quotes_of(bundled.says, row.series),
        page=bundled.page or None,
    )
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
        priced_since=run.at,
        offer=offer,
    )


def _load_words(loading: Loading) -> None:
    """The entries that sources make now; the next run of each reads them all again."""
    newest: dict[tuple[int, str], Run] = {}
    for run in sorted(loading.runs, key=lambda run: run.at):
        newest[run.source_id, run.part] = run
        keep_fresh(run, None)
    entries = SourceEntry.objects.bulk_create(
        (
            SourceEntry(
                source_id=source, part=part, key=key, digest=b"", last_run=newest[source, part]
            )
            for source, part, key in loading.words
        ),
        batch_size=_BATCH,
    )
    link = SourceEntry.claims.through
    link.objects.bulk_create(
        (
            link(sourceentry_id=entry.pk, claim_id=claim.pk)
            for entry, claims in zip(entries, loading.words.values(), strict=True)
            for claim in claims
        ),
        batch_size=_BATCH,
    )


def _point(
    bundled: BundledPoint, series: BundledSeries, offer_id: int, claims: list[int]
) -> NewPoint:
    basis, status, cause = (bundled.words or _DEFAULT_WORDS).split()
    priced = bundled.price[0].isdigit()
    return NewPoint(
        offer_id=offer_id,
        key=RateKey(series.meter, Terms.parse(series.terms), series.currency),
        starts_at=moment_of(bundled.starts_at),
        starts_basis=PricePoint.Basis(basis),
        state=PricePoint.State.PRICED if priced else PricePoint.State(bundled.price),
        amount=Decimal(bundled.price) if priced else None,
        status=PricePoint.Status(status),
        cause=PricePoint.Cause(cause),
        claim_id=claims[bundled.claim] if bundled.claim >= 0 else None,
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None

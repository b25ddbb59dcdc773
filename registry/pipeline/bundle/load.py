"""From the files of the bundled catalogue to a registry: the same history, revision by revision."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from msgspec import UNSET

from registry.catalog.facts import OF_OFFER
from registry.catalog.models import Model, Offer, OfferAlias
from registry.catalog.showing import show
from registry.curation.actions import publish_recorded
from registry.ingest.content import digest_of, to_content
from registry.ingest.models import Claim, Run, SourceEntry
from registry.ingest.runs import keep_fresh
from registry.ledger.facts import Subject
from registry.ledger.models import FactPoint, PricePoint, Revision, ScorePoint
from registry.ledger.points import NewPoint
from registry.pipeline.bundle.fact_load import (
    add_facts,
    add_facts_of_models,
    last_values,
    read_last_values,
    refuse_what_is_no_fact,
    said_by,
)
from registry.pipeline.bundle.format import (
    SHOWN,
    BundledClaim,
    BundledOffer,
    BundledPoint,
    BundledSeries,
    read_index,
    read_offers,
)
from registry.pipeline.bundle.index_load import ORIGIN, load_models, load_providers, load_runs
from registry.pipeline.bundle.loading import Loading
from registry.pipeline.bundle.numbers import moment_of
from registry.pipeline.bundle.score_load import load_scores
from registry.pipeline.bundle.text import BundleError
from registry.pipeline.bundle.words import quotes_of, statements_of
from registry.pricing.rates import RateKey
from registry.pricing.terms import Terms
from scrapers.claims import OfferClaim

_BATCH = 2_000
_DEFAULT_WORDS = "observed single first_seen"


@transaction.atomic
def load_catalog(directory: Path, *, advance: Callable[[], object] = lambda: None) -> int:
    """Publishes the bundled history into an empty ledger; returns how many points it has.

    All or nothing. ``advance`` is called once a provider and once a revision. Raises `BundleError`
    for files that are not a catalogue, and when something is published already.
    """
    if Revision.objects.exists():
        raise BundleError(directory, "the registry has a history already; expected an empty one")
    index = read_index(directory)
    facts = read_last_values(directory, index)
    models = load_models(index, facts, directory)
    loading = Loading(
        directory=directory,
        index=index,
        models={ref: model.pk for ref, model in models.items()},
        providers=load_providers(index),
        runs=load_runs(index),
        shown=models,
        facts=facts,
    )
    for slug, offers in read_offers(directory):
        _load_offers(slug, offers, loading)
        advance()
    add_facts_of_models(loading)
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
    return PricePoint.objects.count() + ScorePoint.objects.count() + FactPoint.objects.count()


def _load_offers(provider: str, bundled: list[BundledOffer], loading: Loading) -> None:
    path = loading.directory / "offers" / f"{provider}.json"
    if provider not in loading.providers:
        raise BundleError(path, "unknown provider")
    for row in bundled:
        refuse_what_is_no_fact(row.facts, OF_OFFER, path)
    provider_id = loading.providers[provider]
    offers = Offer.objects.bulk_create(
        (_offer(row, provider_id, loading) for row in bundled), batch_size=_BATCH
    )
    OfferAlias.objects.bulk_create(
        OfferAlias(provider_id=provider_id, text=text, offer=offer, origin=ORIGIN)
        for row, offer in zip(bundled, offers, strict=True)
        for text in row.aliases
    )
    said = [
        (claim, row, offer)
        for row, offer in zip(bundled, offers, strict=True)
        for claim in row.claims
    ]
    claims = Claim.objects.bulk_create(
        (_claim(claim, row, provider, offer, loading) for claim, row, offer in said),
        batch_size=_BATCH,
    )
    for (claim, _, _), kept in zip(said, claims, strict=True):
        if claim.live:
            run = loading.runs[claim.run]
            loading.words[run.source_id, run.part, kept.entry_key].append(kept)
    rest = iter(claims)
    for row, offer in zip(bundled, offers, strict=True):
        ids = [next(rest).pk for _ in row.claims]
        loading.claims[provider, row.id] = ids
        add_facts(Subject.offer(offer.pk), row.facts, ids, loading)
        for series in row.series:
            for point in series.points:
                start = _point(point, series, offer.pk, ids, loading)
                loading.points[point.revision].append(start)


def _offer(bundled: BundledOffer, provider_id: int, loading: Loading) -> Offer:
    model = loading.shown[bundled.model] if bundled.model else Model()
    offer = Offer(
        provider_id=provider_id,
        provider_model_id=bundled.id,
        model_id=model.pk,
        matched_by=bundled.matched_by,
        mode=bundled.mode,
        status=bundled.status,
        described=bundled.described or None,
        **{name: getattr(model, name) for name in SHOWN},
    )
    show(offer, last_values(bundled.facts, loading.index))
    for name in SHOWN:
        if (value := getattr(bundled, name)) is not UNSET:
            setattr(offer, name, value)
    return offer


def _claim(
    bundled: BundledClaim, row: BundledOffer, provider: str, offer: Offer, loading: Loading
) -> Claim:
    run = loading.runs[bundled.run]
    path = loading.directory / "offers" / f"{provider}.json"
    try:
        said = OfferClaim(
            bundled.provider_name or provider,
            bundled.model_id or row.id,
            quotes=quotes_of(bundled.says, row.series),
            page=bundled.page or None,
            statements=statements_of(bundled.states),
        )
    except ValueError as error:
        raise BundleError(
            path, f"{row.id}: a claim states what is no statement: {error}"
        ) from error
    try:
        facts, since = said_by(bundled, row, loading)
    except LookupError as error:
        raise BundleError(path, f"{row.id}: a claim says what is not there: {error}") from error
    content = to_content(said) | ({"facts": facts} if facts else {})
    entry_key = bundled.entry_key or f"{said.provider}/{said.model_id}"
    return Claim(
        source_id=run.source_id,
        digest=digest_of(f"{entry_key}@{run.at.isoformat()}", said, content),
        entry_key=entry_key,
        provider_name=said.provider,
        model_id=said.model_id,
        content=content,
        page=bundled.page,
        first_run=run,
        first_seen_at=run.at,
        priced_since=run.at,
        facts_since=since,
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
    bundled: BundledPoint,
    series: BundledSeries,
    offer_id: int,
    claims: list[int],
    loading: Loading,
) -> NewPoint:
    basis, status, cause = (bundled.words or _DEFAULT_WORDS).split()
    published_at = loading.index.revisions[bundled.revision - 1].published_at
    priced = bundled.price[0].isdigit()
    return NewPoint(
        offer_id=offer_id,
        key=RateKey(series.meter, Terms.parse(series.terms), series.currency),
        starts_at=moment_of(bundled.starts_at or published_at),
        starts_basis=PricePoint.Basis(basis),
        state=PricePoint.State.PRICED if priced else PricePoint.State(bundled.price),
        amount=Decimal(bundled.price) if priced else None,
        status=PricePoint.Status(status),
        cause=PricePoint.Cause(cause),
        claim_id=claims[bundled.claim] if bundled.claim >= 0 else None,
    )

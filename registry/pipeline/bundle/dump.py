"""From a registry's published history to the files of the bundled catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Q

from registry.catalog.models import Lab, Model, Offer, Provider
from registry.ingest.models import Claim, Run
from registry.ledger.models import PricePoint, Revision, Series
from registry.pipeline.bundle.format import (
    FORMAT,
    SHARED_FACTS,
    BundledClaim,
    BundledFigure,
    BundledLab,
    BundledModel,
    BundledOffer,
    BundledPoint,
    BundledProvider,
    BundledRevision,
    BundledRun,
    BundledSeries,
    Index,
    write_index,
    write_offers,
)
from registry.pipeline.bundle.numbers import RunNumbers, moment_text
from registry.pipeline.bundle.score_dump import dump_scores
from registry.pipeline.bundle.words import current_words, says
from registry.pricing.quotes import plain

_DEFAULT_WORDS = ("observed", "single", "first_seen")


def dump_catalog(directory: Path, *, advance: Callable[[], object] = lambda: None) -> None:
    """Writes every offer and every score with a published history.

    ``advance`` is called once a provider.
    """
    offers_directory = directory / "offers"
    offers_directory.mkdir(parents=True, exist_ok=True)
    runs = RunNumbers()
    providers, models = set[int](), set[int]()
    written = set()
    for provider in Provider.objects.order_by("slug"):
        rows = Offer.objects.filter(provider=provider, series__isnull=False).distinct()
        offers = list(rows.prefetch_related("aliases").select_related("model__lab"))
        if offers:
            path = offers_directory / f"{provider.slug}.json"
            write_offers(_offers_out(offers, runs), path)
            written.add(path)
            providers.add(provider.pk)
            models |= {offer.model_id for offer in offers if offer.model_id is not None}
        advance()
    for path in set(offers_directory.glob("*.json")) - written:
        path.unlink()
    models |= dump_scores(directory, runs)
    write_index(_index_out(runs, providers, models), directory)


def _offers_out(offers: list[Offer], runs: RunNumbers) -> list[BundledOffer]:
    series = _series_out({offer.pk for offer in offers})
    claims = _claims_of({offer.pk for offer in offers})
    said = current_words({offer.pk for offer in offers})
    out = []
    for offer in sorted(offers, key=lambda offer: offer.provider_model_id):
        used: dict[int, int] = {}
        rows = [
            BundledSeries(
                one.meter, one.terms, one.currency, [_point_out(point, used) for point in points]
            )
            for one, points in series[offer.pk]
        ]
        words = said.get(offer.pk, {})
        for claim_id in words:
            used.setdefault(claim_id, len(used))
        out.append(
            BundledOffer(
                id=offer.provider_model_id,
                model=offer.model.ref if offer.model else None,
                matched_by=offer.matched_by,
                mode=offer.mode,
                status="live" if offer.status == Offer.Status.LIVE else offer.status,
                deprecated_on=_date_out(offer.deprecated_on),
                retires_on=_date_out(offer.retires_on),
                aliases=sorted(alias.text for alias in offer.aliases.all()),
                claims=[
                    _claim_out(claims[claim_id], runs, says(words.get(claim_id, ()), rows))
                    for claim_id in used
                ],
                series=rows,
                **_own_facts(offer),
            )
        )
    return out


def _series_out(offer_ids: set[int]) -> dict[int, list[tuple[Series, list[PricePoint]]]]:
    points: dict[int, list[PricePoint]] = defaultdict(list)
    rows = PricePoint.objects.filter(series__offer_id__in=offer_ids)
    for point in rows.order_by("series_id", "revision_id", "starts_at"):
        points[point.series_id].append(point)
    series: dict[int, list[tuple[Series, list[PricePoint]]]] = defaultdict(list)
    for one in Series.objects.filter(offer_id__in=offer_ids).order_by("meter", "terms", "currency"):
        series[one.offer_id].append((one, points[one.pk]))
    return series


def _claims_of(offer_ids: set[int]) -> dict[int, Claim]:
    rows = Claim.objects.filter(offer_id__in=offer_ids)
    spoken = Q(pricepoints__isnull=False) | Q(entries__missed_runs=0)
    return {claim.pk: claim for claim in rows.filter(spoken).distinct().defer("content")}


def _point_out(point: PricePoint, used: dict[int, int]) -> BundledPoint:
    words = (point.starts_basis, point.status, point.cause)
    claim = -1 if point.claim_id is None else used.setdefault(point.claim_id, len(used))
    return BundledPoint(
        moment_text(point.starts_at),
        point.state if point.amount is None else f"{plain(point.amount):f}",
        claim,
        point.revision_id,
        "" if words == _DEFAULT_WORDS else " ".join(words),
    )


def _claim_out(claim: Claim, runs: RunNumbers, card: list[int | BundledFigure]) -> BundledClaim:
    return BundledClaim(
        runs.number(claim.first_run_id), claim.entry_key, claim.provider_name, claim.model_id,
        claim.page, card,
    )  # fmt: skip


def _own_facts(offer: Offer) -> dict[str, Any]:
    """The facts in which an offer differs from its model."""
    unknown = Model() if offer.model is None else offer.model
    return {
        name: value
        for name in SHARED_FACTS
        if (value := getattr(offer, name)) != getattr(unknown, name)
    }


def _date_out(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _index_out(runs: RunNumbers, provider_ids: set[int], model_ids: set[int]) -> Index:
    models = Model.objects.filter(pk__in=model_ids).select_related("lab")
    return Index(
        format=FORMAT,
        labs=[BundledLab(lab.slug, lab.name, lab.homepage) for lab in Lab.objects.order_by("slug")],
        providers=[
            BundledProvider(
                row.slug,
                row.name,
                row.kind,
                row.lab.slug if row.lab else None,
                row.homepage,
                row.pricing_page,
            )
            for row in Provider.objects.filter(pk__in=provider_ids)
            .select_related("lab")
            .order_by("slug")
        ],
        models=[
            _model_out(m) for m in models.prefetch_related("aliases").order_by("lab__slug", "slug")
        ],
        runs=_runs_out(runs.numbers),
        revisions=[
            BundledRevision(moment_text(row.published_at), row.author, row.kind, row.note)
            for row in Revision.objects.order_by("number")
        ],
    )


def _model_out(model: Model) -> BundledModel:
    return BundledModel(
        ref=model.ref,
        released_on=_date_out(model.released_on),
        knowledge_cutoff=model.knowledge_cutoff,
        open_weights=model.open_weights,
        licence=model.licence,
        total_parameters=model.total_parameters,
        active_parameters=model.active_parameters,
        aliases=sorted(alias.text for alias in model.aliases.all()),
        **{name: getattr(model, name) for name in SHARED_FACTS},
    )


def _runs_out(numbers: Iterable[int]) -> list[BundledRun]:
    rows = Run.objects.select_related("source", "snapshot").in_bulk(list(numbers))
    return [
        BundledRun(
            run.source.slug,
            run.part,
            moment_text(run.at),
            run.snapshot.sha256 if run.snapshot else "",
            run.snapshot.size if run.snapshot else 0,
            run.address,
        )
        for run in map(rows.__getitem__, numbers)
    ]

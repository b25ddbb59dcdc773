"""From a registry's published history to the files of the bundled catalogue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Q

from registry.catalog.models import Lab, Model, Offer, Provider
from registry.catalog.showing import show
from registry.ingest.models import Claim, Run, SourceEntry
from registry.ledger.models import FactPoint, PricePoint, Revision, Series
from registry.pipeline.bundle.fact_dump import (
    NAMES,
    Points,
    dump_facts,
    facts_out,
    last_values,
    points_of,
    said_out,
    since_out,
    states_facts,
)
from registry.pipeline.bundle.fact_format import BundledReference
from registry.pipeline.bundle.format import (
    FORMAT,
    SHOWN,
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
from registry.pipeline.bundle.words import current_words, says, states
from registry.pricing.quotes import plain

_PUBLISHED = (
    Q(series__isnull=False) | Q(fact_series__isnull=False) | Q(claims__factpoints__isnull=False)
)
_DEFAULT_WORDS = ("observed", "single", "first_seen")


def dump_catalog(directory: Path, *, advance: Callable[[], object] = lambda: None) -> None:
    """Writes every offer, score and fact with a published history.

    ``advance`` is called once a provider.
    """
    offers_directory = directory / "offers"
    offers_directory.mkdir(parents=True, exist_ok=True)
    runs = RunNumbers()
    providers, models = set[int](), set[int]()
    written = set()
    places: dict[int, BundledReference] = {}
    for provider in Provider.objects.order_by("slug"):
        rows = Offer.objects.filter(provider=provider).filter(_PUBLISHED).distinct()
        offers = list(rows.prefetch_related("aliases").select_related("model__lab", "provider"))
        if offers:
            path = offers_directory / f"{provider.slug}.json"
            write_offers(_offers_out(provider.slug, offers, runs, places), path)
            written.add(path)
            providers.add(provider.pk)
            models |= {offer.model_id for offer in offers if offer.model_id is not None}
        advance()
    for path in set(offers_directory.glob("*.json")) - written:
        path.unlink()
    models |= dump_scores(directory, runs)
    models |= dump_facts(directory, places)
    write_index(_index_out(runs, providers, models), directory)


def _offers_out(
    provider: str, offers: list[Offer], runs: RunNumbers, places: dict[int, BundledReference]
) -> list[BundledOffer]:
    ids = {offer.pk for offer in offers}
    series, facts, claims, said = (
        _series_out(ids), points_of("offer", ids), _claims_of(ids), current_words(ids)
    )  # fmt: skip
    beside = _beside_prices(claims.values())
    of_models = points_of("model", {offer.model_id for offer in offers if offer.model_id})
    out = []
    for offer in sorted(offers, key=lambda offer: offer.provider_model_id):
        used: dict[int, int] = {}
        rows = [
            BundledSeries(
                one.meter, [_point_out(point, used) for point in points], one.terms, one.currency
            )
            for one, points in series[offer.pk]
        ]
        own = facts_out(facts[offer.pk], used)
        words = said.get(offer.pk, {})
        for claim_id in sorted(words.keys() | beside[offer.pk]):
            used.setdefault(claim_id, len(used))
        published = last_values(of_models[offer.model_id or 0]) | last_values(facts[offer.pk])
        for claim_id, place in used.items():
            places[claim_id] = BundledReference(provider, offer.provider_model_id, place)
        out.append(
            BundledOffer(
                id=offer.provider_model_id,
                model=offer.model.ref if offer.model else None,
                matched_by=offer.matched_by,
                mode=offer.mode,
                status="live" if offer.status == Offer.Status.LIVE else offer.status,
                described=offer.described or [],
                aliases=sorted(alias.text for alias in offer.aliases.all()),
                claims=[
                    _claim_out(
                        claims[claim_id],
                        offer,
                        runs.number(claims[claim_id].first_run_id),
                        says(words.get(claim_id, ()), rows),
                        published,
                    )
                    for claim_id in used
                ],
                series=rows,
                facts=own,
                **_shown_otherwise(offer, facts[offer.pk]),
            )
        )
    return out


def _series_out(offer_ids: set[int]) -> dict[int, list[tuple[Series, list[PricePoint]]]]:
    points: dict[int, list[PricePoint]] = defaultdict(list)
    rows = PricePoint.objects.filter(series__offer_id__in=offer_ids)
    ordered = rows.select_related("revision").order_by("series_id", "revision_id", "starts_at")
    for point in ordered:
        points[point.series_id].append(point)
    series: dict[int, list[tuple[Series, list[PricePoint]]]] = defaultdict(list)
    for one in Series.objects.filter(offer_id__in=offer_ids).order_by("meter", "terms", "currency"):
        series[one.offer_id].append((one, points[one.pk]))
    return series


def _claims_of(offer_ids: set[int]) -> dict[int, Any]:
    """The claims behind its points and its model's, those made now, and all that state facts."""
    behind = Q(pricepoints__isnull=False) | Q(factpoints__isnull=False)
    rows = Claim.objects.filter(offer_id__in=offer_ids)
    stating = Q(content__has_key="facts")
    rows = rows.filter(behind | stating | Q(entries__missed_runs=0)).annotate(
        is_behind_fact=Exists(FactPoint.objects.filter(claim=OuterRef("pk"))),
        is_made=Exists(SourceEntry.objects.filter(claims=OuterRef("pk"), missed_runs=0)),
    )
    return {claim.pk: claim for claim in rows.distinct()}


def _beside_prices(claims: Iterable[Any]) -> dict[int, set[int]]:
    """By offer, the claims that say something beside prices: ever of facts, now of others.

    What a source had said of a fact and says no more is a side of a past moment.
    """
    beside: dict[int, set[int]] = defaultdict(set)
    for claim in claims:
        states_others = claim.is_made and "statements" in claim.content
        if claim.is_behind_fact or states_facts(claim) or states_others:
            beside[claim.offer_id or 0].add(claim.pk)
    return beside


def _point_out(point: PricePoint, used: dict[int, int]) -> BundledPoint:
    words = (point.starts_basis, point.status, point.cause)
    claim = -1 if point.claim_id is None else used.setdefault(point.claim_id, len(used))
    at_once = point.starts_at == point.revision.published_at
    return BundledPoint(
        point.state if point.amount is None else f"{plain(point.amount):f}",
        claim,
        point.revision_id,
        "" if at_once else moment_text(point.starts_at),
        "" if words == _DEFAULT_WORDS else " ".join(words),
    )


def _claim_out(
    claim: Any, offer: Offer, run: int, card: list[int | BundledFigure], published: dict[str, Any]
) -> BundledClaim:
    named = f"{claim.provider_name}/{claim.model_id}"
    return BundledClaim(
        run,
        card,
        bool(card) or (claim.is_made and states_facts(claim)),
        said_out(claim, published),
        claim.page,
        since_out(claim),
        "" if claim.entry_key == named else claim.entry_key,
        "" if claim.provider_name == offer.provider.slug else claim.provider_name,
        "" if claim.model_id == offer.provider_model_id else claim.model_id,
        states(claim.content),
    )


def _shown_otherwise(offer: Offer, facts: Points) -> dict[str, Any]:
    """What an offer's row shows otherwise than its own facts, and its model's where it has none."""
    of_model = Model() if offer.model is None else offer.model
    expected = Offer(**{name: getattr(of_model, name) for name in SHOWN})
    show(expected, last_values(facts))
    return {
        name: value for name in SHOWN if (value := getattr(offer, name)) != getattr(expected, name)
    }


def _index_out(runs: RunNumbers, provider_ids: set[int], model_ids: set[int]) -> Index:
    told = Model.objects.filter(pk__in=model_ids)
    models = (told | Model.objects.filter(absorbed__in=model_ids)).distinct()
    models = models.select_related("lab", "merged_into__lab")
    return Index(
        format=FORMAT,
        facts=list(NAMES),
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
    aliases = sorted(alias.text for alias in model.aliases.all())
    return BundledModel(
        ref=model.ref,
        name=model.name,
        aliases=aliases,
        described=model.described or [],
        is_also=model.merged_into.ref if model.merged_into else "",
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

"""The whole registry and its history as tables: what a row and a column mean, and the rows.

History is read up to a revision and by numbers that never change, so it is the same whenever it is
read. What describes it (names, facts, sources) is as it stands when it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from registry.benchmarks.models import Benchmark
from registry.catalog import models as catalog
from registry.ingest.models import Claim, Source
from registry.ledger.models import FactPoint, PricePoint, Revision, ScorePoint
from registry.selectors.tabular import Column, Kind, Table


def _all(model: type[Model]) -> Callable[[int], QuerySet[Any]]:
    return lambda _: model._default_manager.all()


def _up_to(model: type[Model], field: str = "revision_id") -> Callable[[int], QuerySet[Any]]:
    return lambda revision: model._default_manager.filter(**{f"{field}__lte": revision})


def _claims(revision: int) -> QuerySet[Any]:
    """The claims that a published point stands on."""
    behind = (
        Exists(points.objects.filter(claim_id=OuterRef("pk"), revision_id__lte=revision))
        for points in (PricePoint, ScorePoint, FactPoint)
    )
    price, score, fact = behind
    return Claim.objects.filter(Q(price) | Q(score) | Q(fact))


def _text(name: str, meaning: str, *path: str) -> Column:
    return Column(name, Kind.TEXT, meaning, path or (name,))


def _of(kind: Kind, name: str, meaning: str, *path: str) -> Column:
    return Column(name, kind, meaning, path or (name,))


_CAPABILITIES = (
    _of(Kind.INTEGER, "context_tokens", "the longest request, in tokens"),
    _of(Kind.INTEGER, "max_output_tokens", "the longest answer, in tokens"),
    _of(Kind.TEXTS, "input_modalities", "what it takes"),
    _of(Kind.TEXTS, "output_modalities", "what it gives"),
    _of(Kind.BOOLEAN, "reasoning", "whether it thinks before it answers"),
    _of(Kind.BOOLEAN, "tool_calls", "whether it calls tools"),
)
_POINT = (
    _of(Kind.MOMENT, "starts_at", "from when on it holds, until the next start of the series"),
    _text("starts_basis", "stated: the source dates it; observed: when it was first seen"),
    _text("status", "confirmed, single, disputed or stale, as it was published"),
    _text("cause", "why the point came out"),
    _of(Kind.INTEGER, "revision", "the revision that published it", "revision_id"),
    _of(Kind.INTEGER, "claim", "the claim behind it; none: a curator's word", "claim_id"),
)
_OFFER = ("series__offer__provider__slug", "series__offer__provider_model_id")

TABLES: tuple[Table, ...] = (
    Table(
        "revisions",
        "Publications: everything up to a number is what the registry had said by then.",
        (
            _of(Kind.INTEGER, "number", "numbered from 1 without gaps"),
            _text("kind", "run, catalog or curation"),
            _of(Kind.MOMENT, "published_at", "when it came out"),
            _text("author", "the source or curator"),
            _text("note", "what was said of it"),
            _of(Kind.INTEGER, "points", "how many points it published", "point_count"),
            _text("previous_hash", "the hash of the revision before"),
            _text("hash", "over the one before and its own points"),
        ),
        _up_to(Revision, "number"),
        ("number",),
    ),
    Table(
        "labs",
        "Who makes models.",
        (_text("slug", "the lab's id"), _text("name", "its name"), _text("homepage", "its page")),
        _all(catalog.Lab),
        ("slug",),
    ),
    Table(
        "providers",
        "Who sells access to models.",
        (
            _text("slug", "the provider's id"),
            _text("name", "its name"),
            _text("kind", "first_party, cloud, host, reseller or plan"),
            _text("lab", "the lab whose own provider it is", "lab__slug"),
            _text("homepage", "its page"),
            _text("pricing_page", "where it states prices"),
        ),
        _all(catalog.Provider),
        ("slug",),
    ),
    Table(
        "models",
        "Models as their labs made them; empty is unknown.",
        (
            _text("model", "the readable id, lab/slug", "lab__slug", "slug"),
            _text("lab", "who made it", "lab__slug"),
            _text("name", "its name"),
            _of(Kind.DATE, "released_on", "the day it came out"),
            _text("knowledge_cutoff", "until when its training data reaches"),
            _of(Kind.BOOLEAN, "open_weights", "whether its weights can be had"),
            _text("licence", "the licence of the weights"),
            _of(Kind.INTEGER, "total_parameters", "how many parameters it has"),
            _of(Kind.INTEGER, "active_parameters", "how many work on a token"),
            *_CAPABILITIES,
        ),
        _all(catalog.Model),
        ("lab__slug", "slug"),
    ),
    Table(
        "model_aliases",
        "Other exact names of models, wherever they are sold.",
        (
            _text("alias", "the name", "text"),
            _text("model", "whose name it is", "model__lab__slug", "model__slug"),
            _text("origin", "the source or curator that declared it"),
        ),
        _all(catalog.ModelAlias),
        ("text",),
    ),
    Table(
        "offers",
        "Models as providers sell them; empty is unknown.",
        (
            _text("offer", "the readable id", "provider__slug", "provider_model_id"),
            _text("provider", "who sells it", "provider__slug"),
            _text("provider_model_id", "the provider's own id of it"),
            _text("model", "the model; none: an open question", "model__lab__slug", "model__slug"),
            _text("matched_by", "the rule or alias that linked the model"),
            _text("name", "its name"),
            _text("mode", "the kind of model, such as chat or embedding"),
            _text("status", "live, missing or withdrawn"),
            _of(Kind.DATE, "deprecated_on", "the day of its deprecation"),
            _of(Kind.DATE, "retires_on", "the day of its end"),
            *_CAPABILITIES,
        ),
        _all(catalog.Offer),
        ("provider__slug", "provider_model_id"),
    ),
    Table(
        "offer_aliases",
        "Other exact names under which a provider's offer is known.",
        (
            _text("provider", "whose names they are", "provider__slug"),
            _text("alias", "the name", "text"),
            _text("offer", "the offer", "offer__provider__slug", "offer__provider_model_id"),
            _text("origin", "the source or curator that declared it"),
        ),
        _all(catalog.OfferAlias),
        ("provider__slug", "text"),
    ),
    Table(
        "benchmarks",
        "What scores are scores of.",
        (
            _text("slug", "the benchmark's id"),
            _text("name", "its name"),
            _text("scale", "the scale of its scores"),
            _text("direction", "whether more or less is better"),
            _text("homepage", "its page"),
            _of(Kind.INTEGER, "items", "how many items it officially has"),
        ),
        _all(Benchmark),
        ("slug",),
    ),
    Table(
        "sources",
        "Who says what things cost.",
        (
            _text("slug", "the source's id"),
            _text("name", "its name"),
            _text("homepage", "its page"),
            _of(Kind.INTEGER, "trust", "how far it is believed, of 100"),
            _text("derives_from", "the source that it copies", "derives_from__slug"),
            _text("licence", "the licence of what it publishes"),
        ),
        _all(Source),
        ("slug",),
    ),
    Table(
        "claims",
        "The receipts: who said it, where, and the digest of the bytes it was read from.",
        (
            _of(Kind.INTEGER, "claim", "the number that points lead to", "pk"),
            _text("source", "who said it", "source__slug"),
            _text("entry_key", "the entry of the source"),
            _text("provider_name", "the seller, as written"),
            _text("model_id", "the model, as written"),
            _text("page", "where a person can check it"),
            _text("digest", "sha256 over entry, names and content"),
            _of(Kind.MOMENT, "first_seen_at", "when it was first seen"),
            _text("address", "what was fetched", "first_run__address"),
            _text("snapshot_sha256", "the digest of the body", "first_run__snapshot__sha256"),
            _of(Kind.INTEGER, "snapshot_size", "its bytes", "first_run__snapshot__size"),
        ),
        _claims,
        ("pk",),
    ),
    Table(
        "price_points",
        "Prices: from starts_at on, a meter of an offer under terms costs this.",
        (
            _of(Kind.INTEGER, "point", "its number; /api/v1/receipts/ knows it", "pk"),
            _text("offer", "what is sold", *_OFFER),
            _text("meter", "what is counted", "series__meter"),
            _text("terms", "under which conditions; none: standard", "series__terms"),
            _text("currency", "in what it is paid", "series__currency"),
            _text("state", "priced, free, included, dynamic, on_request, withdrawn or retracted"),
            _of(Kind.DECIMAL, "amount", "per the meter's unit size; only where priced"),
            *_POINT,
        ),
        _up_to(PricePoint),
        ("pk",),
    ),
    Table(
        "score_points",
        "Scores: from starts_at on, a model reaches this on a benchmark under a setup.",
        (
            _of(Kind.INTEGER, "point", "its number", "pk"),
            _text("model", "whose score it is", "series__model__lab__slug", "series__model__slug"),
            _text("benchmark", "what was measured", "series__benchmark__slug"),
            _text("setup", "harness, effort, version, subset, attempts", "series__setup"),
            _text("state", "scored, withdrawn or retracted"),
            _of(Kind.DECIMAL, "value", "on the benchmark's scale"),
            _text("qualifier", "exact, approximate, at_least, at_most or claimed"),
            _of(Kind.DECIMAL, "low", "the lower end of the 95 % interval"),
            _of(Kind.DECIMAL, "high", "the upper end"),
            _of(Kind.INTEGER, "items", "of how many items the run was made"),
            _text("evaluator", "first_party, independent or aggregator"),
            *_POINT,
        ),
        _up_to(ScorePoint),
        ("pk",),
    ),
    Table(
        "fact_points",
        "Facts: from starts_at on, this is known of a model, or of an offer that differs from it.",
        (
            _of(Kind.INTEGER, "point", "its number", "pk"),
            _text("model", "of which model", "series__model__lab__slug", "series__model__slug"),
            _text(
                "offer",
                "or of which offer",
                "series__offer__provider__slug",
                "series__offer__provider_model_id",
            ),
            _text("name", "which fact, such as context_tokens", "series__name"),
            _text("state", "stated or retracted"),
            _text("value", "the value as JSON; none where it is retracted"),
            *_POINT,
        ),
        _up_to(FactPoint),
        ("pk",),
    ),
)

"""Where each resource of version 1 is found.

A provider's own id may hold slashes, so it is always the last part of an address: what belongs to
an offer (its rate card, its history) has an address of its own beside it and not under it.
"""

from __future__ import annotations

from django.urls import URLPattern, path, re_path, register_converter
from django.urls.converters import StringConverter
from drf_spectacular.views import SpectacularJSONAPIView

from registry.api.v1.docs import DocsView
from registry.api.v1.views.benchmarks import BenchmarkDetailView, BenchmarkListView
from registry.api.v1.views.changes import ChangesView
from registry.api.v1.views.compare import CompareView, FrontierView
from registry.api.v1.views.costs import CostView, ScenariosView, WorkloadsView
from registry.api.v1.views.disputes import DisputeListView
from registry.api.v1.views.fact_changes import FactChangesView
from registry.api.v1.views.fact_receipts import FactReceiptView
from registry.api.v1.views.history import HistoryView
from registry.api.v1.views.labs import LabDetailView, LabListView
from registry.api.v1.views.models import ModelDetailView, ModelListView
from registry.api.v1.views.offers import OfferDetailView, OfferListView
from registry.api.v1.views.prices import PriceListView
from registry.api.v1.views.providers import ProviderDetailView, ProviderListView
from registry.api.v1.views.rate_cards import RateCardView
from registry.api.v1.views.readings import (
    ModelReadingsView,
    ReadingListView,
    ScoreHistoryView,
)
from registry.api.v1.views.receipts import ClaimReceiptView, ReceiptView
from registry.api.v1.views.resolve import ResolveView
from registry.api.v1.views.revisions import RevisionDetailView, RevisionListView
from registry.api.v1.views.root import NowhereView, RootView
from registry.api.v1.views.score_changes import ScoreChangesView
from registry.api.v1.views.score_receipts import ScoreReceiptView
from registry.api.v1.views.snapshots import SnapshotView
from registry.api.v1.views.sources import SourceDetailView, SourceListView
from registry.api.v1.views.webhooks import (
    DeliveriesView,
    DisableView,
    EnableView,
    ReplayView,
    RotateView,
    WebhooksView,
    WebhookView,
)


class DigestConverter(StringConverter):
    """A sha256 in lower-case hex."""

    regex = "[0-9a-f]{64}"


register_converter(DigestConverter, "digest")

urlpatterns: list[URLPattern] = [
    path("", RootView.as_view(), name="root"),
    path("sources", SourceListView.as_view(), name="sources"),
    path("sources/<str:source>", SourceDetailView.as_view(), name="source"),
    path("labs", LabListView.as_view(), name="labs"),
    path("labs/<str:lab>", LabDetailView.as_view(), name="lab"),
    path("providers", ProviderListView.as_view(), name="providers"),
    path("providers/<str:provider>", ProviderDetailView.as_view(), name="provider"),
    path("models", ModelListView.as_view(), name="models"),
    path("models/<str:lab>/<path:slug>", ModelDetailView.as_view(), name="model"),
    path("offers", OfferListView.as_view(), name="offers"),
    path("offers/<str:provider>/<path:provider_model_id>", OfferDetailView.as_view(), name="offer"),
    path(
        "rate-cards/<str:provider>/<path:provider_model_id>",
        RateCardView.as_view(),
        name="rate-card",
    ),
    path("history/<str:provider>/<path:provider_model_id>", HistoryView.as_view(), name="history"),
    path("benchmarks", BenchmarkListView.as_view(), name="benchmarks"),
    path("benchmarks/<str:benchmark>", BenchmarkDetailView.as_view(), name="benchmark"),
    path("readings", ReadingListView.as_view(), name="readings"),
    path("readings/<str:lab>/<path:slug>", ModelReadingsView.as_view(), name="model-readings"),
    path("score-history/<str:lab>/<path:slug>", ScoreHistoryView.as_view(), name="score-history"),
    path("changes", ChangesView.as_view(), name="changes"),
    path("changes/facts", FactChangesView.as_view(), name="fact-changes"),
    path("changes/scores", ScoreChangesView.as_view(), name="score-changes"),
    path("prices", PriceListView.as_view(), name="prices"),
    path("disputes", DisputeListView.as_view(), name="disputes"),
    path("compare", CompareView.as_view(), name="compare"),
    path("frontier", FrontierView.as_view(), name="frontier"),
    path("cost", CostView.as_view(), name="cost"),
    path("workloads", WorkloadsView.as_view(), name="workloads"),
    path("scenarios", ScenariosView.as_view(), name="scenarios"),
    path("resolve", ResolveView.as_view(), name="resolve"),
    path("revisions", RevisionListView.as_view(), name="revisions"),
    path("revisions/<int:number>", RevisionDetailView.as_view(), name="revision"),
    path("receipts/<int:number>", ReceiptView.as_view(), name="receipt"),
    path("receipts/claims/<int:number>", ClaimReceiptView.as_view(), name="claim-receipt"),
    path("receipts/facts/<int:number>", FactReceiptView.as_view(), name="fact-receipt"),
    path("receipts/scores/<int:number>", ScoreReceiptView.as_view(), name="score-receipt"),
    path("snapshots/<digest:sha256>", SnapshotView.as_view(), name="snapshot"),
    path("webhooks", WebhooksView.as_view(), name="webhooks"),
    path("webhooks/<int:webhook>", WebhookView.as_view(), name="webhook"),
    path("webhooks/<int:webhook>/secret", RotateView.as_view(), name="webhook-secret"),
    path("webhooks/<int:webhook>/enable", EnableView.as_view(), name="webhook-enable"),
    path("webhooks/<int:webhook>/disable", DisableView.as_view(), name="webhook-disable"),
    path("webhooks/<int:webhook>/deliveries", DeliveriesView.as_view(), name="deliveries"),
    path(
        "webhooks/<int:webhook>/deliveries/<int:number>/replay",
        ReplayView.as_view(),
        name="replay",
    ),
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    # Line feeds too, which a path converter leaves out.
    re_path(r"^(?P<rest>[\s\S]+)\Z", NowhereView.as_view(), name="nowhere"),
]

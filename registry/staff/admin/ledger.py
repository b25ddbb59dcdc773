"""The published history."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html

from registry.ledger.models import FactPoint, FactSeries, Point, PricePoint, Revision, ScorePoint
from registry.pricing.quotes import plain
from registry.staff.read_only import ReadOnlyAdmin


def _why(page: str, point: Point) -> str:
    address = reverse(f"desk:{page}", args=[point.pk])
    return format_html('<a href="{}" aria-label="Why {}">why</a>', address, point)


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("number", "published_at", "kind", "author", "point_count", "hash")
    list_filter = ("kind", "author")
    ordering = ("-number",)


@admin.register(PricePoint)
class PricePointAdmin(ReadOnlyAdmin):
    fields = (
        "series", "price", "state", "starts_at", "starts_basis", "status", "cause", "revision",
        "claim", "why",
    )  # fmt: skip
    readonly_fields = ("price", "why")
    list_display = (
        "starts_at", "offer", "series", "price", "why", "status", "cause", "starts_basis",
        "revision",
    )  # fmt: skip
    list_filter = ("status", "cause", "state")
    list_select_related = ("series__offer__provider", "revision")
    search_fields = ("series__offer__provider_model_id",)
    ordering = ("-revision_id", "-starts_at", "-pk")

    @admin.display(description="why")
    def why(self, point: PricePoint) -> str:
        """The way to the whole chain behind it."""
        return _why("why", point)

    @admin.display(description="offer")
    def offer(self, point: PricePoint) -> str:
        return str(point.series.offer)

    @admin.display(description="price")
    def price(self, point: PricePoint) -> str:
        """The amount with its currency, or the state in words."""
        if point.amount is None:
            return point.state
        return f"{plain(point.amount):f} {point.series.currency}"


@admin.register(ScorePoint)
class ScorePointAdmin(ReadOnlyAdmin):
    fields = (
        "scored_model", "series", "score", "interval", "items", "qualifier", "evaluator", "state",
        "starts_at", "starts_basis", "status", "cause", "revision", "claim", "why",
    )  # fmt: skip
    readonly_fields = ("scored_model", "score", "interval", "why")
    list_display = (
        "starts_at", "scored_model", "series", "score", "why", "evaluator", "status", "cause",
        "revision",
    )  # fmt: skip
    list_filter = ("status", "cause", "state", "qualifier", "evaluator")
    list_select_related = ("series__model__lab", "series__benchmark", "revision")
    search_fields = ("series__model__slug", "series__benchmark__slug")
    ordering = ("-revision_id", "-starts_at", "-pk")

    @admin.display(description="why")
    def why(self, point: ScorePoint) -> str:
        """The way to the whole chain behind it."""
        return _why("why_score", point)

    @admin.display(description="model")
    def scored_model(self, point: ScorePoint) -> str:
        return point.series.model.ref

    @admin.display(description="score")
    def score(self, point: ScorePoint) -> str:
        """The value on its benchmark's scale, or the state in words."""
        return point.state if point.value is None else f"{plain(point.value):f}"

    @admin.display(description="95 % interval")
    def interval(self, point: ScorePoint) -> str:
        """The ends that its source tells, each where it does."""
        ends = (point.low, point.high)
        if ends == (None, None):
            return "none told"
        return " to ".join("?" if end is None else f"{plain(end):f}" for end in ends)


@admin.register(FactSeries)
class FactSeriesAdmin(ReadOnlyAdmin):
    list_display = ("name", "model", "offer")
    list_filter = ("name",)
    list_select_related = ("model__lab", "offer__provider")
    search_fields = ("model__slug", "offer__provider_model_id")
    ordering = ("name", "pk")


@admin.register(FactPoint)
class FactPointAdmin(ReadOnlyAdmin):
    list_display = (
        "starts_at", "subject", "fact", "told", "why", "status", "cause", "starts_basis",
        "revision",
    )  # fmt: skip
    list_filter = ("status", "cause", "state", "series__name")
    list_select_related = ("series__model__lab", "series__offer__provider", "revision")
    search_fields = ("series__model__slug", "series__offer__provider_model_id")
    ordering = ("-revision_id", "-starts_at", "-pk")

    @admin.display(description="why")
    def why(self, point: FactPoint) -> str:
        """The way to the whole chain behind it."""
        return _why("why_fact", point)

    @admin.display(description="model or offer")
    def subject(self, point: FactPoint) -> str:
        return str(point.series.model or point.series.offer)

    @admin.display(description="fact")
    def fact(self, point: FactPoint) -> str:
        return point.series.name

    @admin.display(description="value")
    def told(self, point: FactPoint) -> str:
        """The value as it is signed, or the state in words."""
        return point.value or point.state

"""Sources, their runs, and the claims that they make."""

from __future__ import annotations

from django.contrib import admin

from registry.ingest.models import BenchmarkName, Claim, ModelName, Run, Source
from registry.staff.filters import NamedValues
from registry.staff.read_only import ReadOnlyAdmin


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("name", "slug", "trust", "interval_hours", "fresh_until", "active", "licence")
    list_filter = ("active", "trust")
    search_fields = ("name", "slug")
    ordering = ("-trust", "slug")


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("at", "source", "part", "outcome", "fault", "detail", "snapshot")
    list_filter = ("outcome", ("fault", NamedValues), "source")
    list_select_related = ("source", "snapshot")
    ordering = ("-at", "-pk")


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("entry_key", "source", "offer", "first_seen_at", "priced_since")
    list_filter = ("source",)
    list_select_related = ("source", "offer__provider")
    search_fields = ("entry_key", "model_id")
    ordering = ("-first_seen_at", "-pk")


@admin.register(ModelName)
class ModelNameAdmin(ReadOnlyAdmin):
    list_display = ("name", "organisation", "source", "model", "matched_by")
    list_filter = (("model", admin.EmptyFieldListFilter), ("matched_by", NamedValues), "source")
    list_select_related = ("source", "model__lab")
    search_fields = ("name", "organisation")
    ordering = ("source__slug", "name", "pk")


@admin.register(BenchmarkName)
class BenchmarkNameAdmin(ReadOnlyAdmin):
    list_display = ("name", "source", "benchmark", "version", "subset")
    list_filter = (("benchmark", admin.EmptyFieldListFilter), "source")
    list_select_related = ("source", "benchmark")
    search_fields = ("name",)
    ordering = ("source__slug", "name", "pk")

"""What is measured."""

from __future__ import annotations

from django.contrib import admin

from registry.benchmarks.models import Benchmark
from registry.staff.read_only import ReadOnlyAdmin


@admin.register(Benchmark)
class BenchmarkAdmin(ReadOnlyAdmin):
    list_display = ("slug", "name", "scale", "direction", "items", "declared")
    list_filter = ("scale", "declared")
    search_fields = ("slug", "name")
    ordering = ("slug",)

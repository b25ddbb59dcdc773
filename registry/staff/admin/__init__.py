"""The admin's lists, one module a package; Django finds them by this package's name."""

from django.contrib import admin

from registry.staff.admin import (
    access,
    benchmarks,
    catalog,
    curation,
    ingest,
    ledger,
    people,
    webhooks,
)

__all__ = ["access", "benchmarks", "catalog", "curation", "ingest", "ledger", "people", "webhooks"]

admin.site.site_header = "Ratecard"
admin.site.site_title = "Ratecard"
admin.site.index_title = "What the registry holds"

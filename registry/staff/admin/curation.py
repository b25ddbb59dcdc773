"""What the policy kept back."""

from __future__ import annotations

from django.contrib import admin

from registry.curation.models import Review
from registry.staff.read_only import ReadOnlyAdmin


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ("seen_at", "source", "offer", "outcome", "reason", "first_finding", "state")
    list_filter = ("state", "outcome", "reason", "source")
    list_select_related = ("source", "offer__provider")
    search_fields = ("offer__provider_model_id", "offer__provider__slug")
    ordering = ("-seen_at", "-pk")

    @admin.display(description="found")
    def first_finding(self, review: Review) -> str:
        """Field and value of the first finding, with what was expected."""
        _, field, value, expected = review.findings[0]
        return f"{field}: {value}; expected {expected}"

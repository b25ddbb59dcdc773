"""Who is told of changes, and what became of each telling; owners manage theirs over the API."""

from __future__ import annotations

from django.contrib import admin

from registry.staff.read_only import ReadOnlyAdmin
from registry.webhooks.models import Delivery, Endpoint


@admin.register(Endpoint)
class EndpointAdmin(ReadOnlyAdmin):
    list_display = (
        "address",
        "owner",
        "kinds",
        "wanted",
        "told_to",
        "disabled_at",
        "disabled_because",
    )
    list_filter = ("disabled_at",)
    list_select_related = ("owner",)
    search_fields = ("address", "owner__name")
    exclude = ("secret", "old_secret")
    ordering = ("-created_at", "-pk")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    list_display = ("revision", "kind", "endpoint", "state", "attempts", "due_at", "answer")
    list_filter = ("state", "endpoint")
    list_select_related = ("endpoint",)
    ordering = ("-revision", "-pk")

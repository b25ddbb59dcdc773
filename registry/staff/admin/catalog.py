"""Labs, providers, models and offers: curators edit what describes them."""

from __future__ import annotations

from django.contrib import admin

from registry.catalog.models import Lab, Model, Offer, Provider
from registry.staff.described import DescribedAdmin
from registry.staff.filters import NamedValues


@admin.register(Lab)
class LabAdmin(DescribedAdmin):
    list_display = ("name", "slug", "homepage")
    search_fields = ("name", "slug")
    ordering = ("slug",)


@admin.register(Provider)
class ProviderAdmin(DescribedAdmin):
    list_display = ("name", "slug", "kind", "lab", "pricing_page")
    list_filter = ("kind",)
    list_select_related = ("lab",)
    search_fields = ("name", "slug")
    ordering = ("slug",)


@admin.register(Model)
class ModelAdmin(DescribedAdmin):
    list_display = ("__str__", "name", "released_on", "context_tokens", "open_weights", "licence")
    list_filter = ("open_weights", "lab")
    list_select_related = ("lab",)
    search_fields = ("slug", "name", "aliases__text")
    ordering = ("lab__slug", "slug")


@admin.register(Offer)
class OfferAdmin(DescribedAdmin):
    list_display = ("provider_model_id", "provider", "model", "matched_by", "mode", "status")
    list_filter = (
        ("model", admin.EmptyFieldListFilter),
        "status",
        ("mode", NamedValues),
        "provider",
    )
    list_select_related = ("provider", "model__lab")
    search_fields = ("provider_model_id", "aliases__text")
    ordering = ("provider__slug", "provider_model_id")

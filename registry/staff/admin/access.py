"""Keys of the API: who may ask more, and how much they asked. Issued by `manage.py api_keys`."""

from __future__ import annotations

from django.contrib import admin

from registry.access.models import ApiKey, KeyUse
from registry.staff.read_only import ReadOnlyAdmin


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    list_display = ("name", "prefix", "scopes", "created_at", "created_by", "revoked_at")
    list_filter = ("revoked_at",)
    search_fields = ("name", "prefix")
    exclude = ("digest",)
    ordering = ("-created_at", "-pk")


@admin.register(KeyUse)
class KeyUseAdmin(ReadOnlyAdmin):
    list_display = ("day", "key", "requests")
    list_filter = ("key",)
    list_select_related = ("key",)
    ordering = ("-day", "-pk")

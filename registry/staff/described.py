"""Rows whose descriptive fields a curator may edit, with what they held before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from simple_history.admin import SimpleHistoryAdmin

from registry.catalog.models import Model, Offer
from registry.catalog.showing import describe
from registry.curation import actions
from registry.staff.desk.access import user_of
from registry.staff.models import DESCRIBED

# Untyped; for the type checker it is the list that it is built on.
if TYPE_CHECKING:
    _HistoryAdmin = admin.ModelAdmin[Any]
else:
    _HistoryAdmin = SimpleHistoryAdmin


class DescribedAdmin(_HistoryAdmin):
    """A list, and a page of one row with what describes it to edit; names and links are read-only.

    Rows come from sources and go by actions, so none is added or deleted here.
    """

    show_full_result_count = False
    list_per_page = 50
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        names = (field.name for field in self.opts.concrete_fields if not field.primary_key)
        return tuple(name for name in names if name not in DESCRIBED[self.model])

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        before = {name: form.initial.get(name) for name in form.changed_data}
        if isinstance(obj, Model | Offer):
            before["described"] = obj.described
            describe(obj, form.changed_data)
        super().save_model(request, obj, form, change)
        if form.changed_data:
            changed = {name: (said, getattr(obj, name)) for name, said in before.items()}
            page = urlsplit(request.build_absolute_uri()).path
            actions.note_edit(obj, changed, by=user_of(request), page=page, at=timezone.now())

"""Edits of descriptive fields, told in the audit trail beside everything else that persons do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from registry.curation.actions.audit import Hand, Person, write_event
from registry.curation.models import AuditEvent


@transaction.atomic
def note_edit(
    row: Model, changed: Mapping[str, tuple[Any, Any]], *, by: Person, page: str, at: datetime
) -> AuditEvent:
    """Writes down that a person has edited a description, so that it can be undone.

    ``changed``: by field, what it said before and says now. The caller has made the edit, knows
    that it was allowed, and keeps sources from writing over it.
    """
    hand = Hand(by.get_username(), "", page, at)
    told = {name: [_plain(before), _plain(now)] for name, (before, now) in changed.items()}
    return write_event(
        AuditEvent.Action.DESCRIBE,
        str(row),
        hand,
        changed=[
            f"{name}: {before} -> {now}"
            for name, (before, now) in changed.items()
            if name != _KEPT_FROM_SOURCES
        ],
        described=[row._meta.label, row.pk, told],
    )


def describe_again(handles: Mapping[str, Any]) -> None:
    """Brings the fields of an edit back, unless they were edited otherwise since."""
    if "described" not in handles:
        return
    label, pk, changed = handles["described"]
    row = apps.get_model(label)._default_manager.get(pk=pk)
    for name, (before, now) in changed.items():
        field = row._meta.get_field(name).attname
        if getattr(row, field) == now:
            setattr(row, field, before)
    row.save()


_KEPT_FROM_SOURCES = "described"


def _plain(value: Any) -> Any:
    """A value as an event keeps it: a row by its id."""
    return value.pk if isinstance(value, Model) else value

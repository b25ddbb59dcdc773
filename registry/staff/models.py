"""What descriptive fields held before each edit of a person.

Kept beside the catalogue, not in it: sources write facts in bulk, which leaves no rows here.
"""

from __future__ import annotations

from django.db import models
from simple_history import register

from registry.catalog.models import Lab, Model, Offer, Provider

DESCRIBED: dict[type[models.Model], tuple[str, ...]] = {
    Lab: ("name", "homepage"),
    Provider: ("name", "kind", "lab", "homepage", "pricing_page"),
    Model: ("name",),
    Offer: ("name", "mode"),
}
"""By table, the fields that curators edit; facts have their history in the ledger."""

for _table, _fields in DESCRIBED.items():
    register(
        _table,
        app="registry.staff",
        excluded_fields=[
            field.name
            for field in _table._meta.concrete_fields
            if field.name not in _fields and not field.primary_key
        ],
    )

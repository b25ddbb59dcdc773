"""Facts as the columns of offers and models: read from rows, set on rows, written in bulk."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from registry.catalog.facts import KINDS, LABELS, OF_MODEL, OF_OFFER, FactValue, Kind
from registry.catalog.models import Model, Offer

_BATCH = 500
_COLUMNS: dict[type[Offer | Model], tuple[str, ...]] = {
    Offer: (*OF_OFFER, *LABELS),
    Model: (*OF_MODEL, "name"),
}


def told_of(row: Offer | Model) -> dict[str, FactValue]:
    """What a row's columns say; an empty one is silence, and so is a model's slug as its name."""
    told: dict[str, FactValue] = {}
    for name in _COLUMNS[type(row)]:
        value = getattr(row, name)
        if value in (None, "", []) or (name == "name" and value == getattr(row, "slug", None)):
            continue
        told[name] = _read(value)
    return told


def show(row: Offer | Model, values: Mapping[str, FactValue]) -> bool:
    """Sets the columns that say otherwise, but for what a person wrote; whether any did."""
    differing = {
        name: value
        for name, value in values.items()
        if name not in (row.described or ()) and _read(getattr(row, name)) != value
    }
    for name, value in differing.items():
        setattr(row, name, _column(name, value))
    return bool(differing)


def describe(row: Offer | Model, names: Collection[str]) -> None:
    """Keeps the labels that a person has written from sources; an emptied one is theirs again.

    A model without a name bears its slug.
    """
    written = {name for name in names if getattr(row, name)}
    if isinstance(row, Model):
        row.name = row.name or row.slug
        written -= {"name"} if row.name == row.slug else set()
    row.described = sorted((set(row.described or ()) - set(names)) | written) or None


def show_one(row: Offer | Model, name: str, value: FactValue | None) -> None:
    """Writes one column, or empties it; a model without a name is called by its slug."""
    silence = row.slug if isinstance(row, Model) and name == "name" else _silence(row, name)
    told = silence if value is None else _column(name, value)
    type(row)._default_manager.filter(pk=row.pk).update(**{name: told})


def _silence(row: Offer | Model, name: str) -> Any:
    """What a column says where nobody says anything."""
    return getattr(type(row)(), name)


def write_rows(offers: Collection[Offer], models: Collection[Model]) -> None:
    """Writes whole rows over those that are there, which is far quicker than ``bulk_update``."""
    Offer.objects.bulk_create(offers, **_overwriting(_COLUMNS[Offer]))
    Model.objects.bulk_create(models, **_overwriting(_COLUMNS[Model]))


def _read(value: Any) -> FactValue:
    if isinstance(value, list):
        return tuple(value)
    return value.isoformat() if isinstance(value, date) else value


def _column(name: str, value: FactValue) -> Any:
    match KINDS[name]:
        case Kind.WORDS if isinstance(value, tuple):
            return list(value)
        case Kind.DAY:
            return date.fromisoformat(str(value))
        case _:
            return value


def _overwriting(names: Sequence[str]) -> dict[str, Any]:
    return {
        "update_conflicts": True,
        "unique_fields": ["id"],
        "update_fields": list(names),
        "batch_size": _BATCH,
    }

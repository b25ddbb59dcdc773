"""What an action changed of the catalogue's rows, so that undoing can show it again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from registry.catalog.facts import FactValue
from registry.catalog.models import Model, Offer
from registry.catalog.showing import show_one, told_of
from registry.ingest.batches import batched
from registry.ledger.facts import Subject


class ShownRow(NamedTuple):
    """An offer or model whose columns change: by fact, what it said before and what it says now.

    Values are plain JSON; None is silence.
    """

    kind: str
    pk: int
    changed: dict[str, list[Any]]


def changes_of(offers: Collection[Offer], models: Collection[Model]) -> tuple[ShownRow, ...]:
    """What writing these rows would change of those that are there."""
    return (*_changes("offer", offers, Offer), *_changes("model", models, Model))


def show_again(rows: Iterable[Any], known: Mapping[Subject, Mapping[str, FactValue]]) -> None:
    """Brings rows back to what they said before, last change first, but for what changed since.

    ``rows``: as an event keeps them. ``known``: what the ledger holds of their facts now, which is
    right where it says anything.
    """
    for kind, pk, changed in reversed(list(rows)):
        table: type[Offer | Model] = Offer if kind == "offer" else Model
        row = table._default_manager.get(pk=pk)
        of = Subject.offer(pk) if kind == "offer" else Subject.model(pk)
        told = told_of(row)
        for name, (before, after) in changed.items():
            if told.get(name) == _value(after):
                held = known.get(of, {}).get(name)
                show_one(row, name, _value(before) if held is None else held)


def show_facts(row: Offer | Model, facts: Mapping[str, FactValue | None]) -> tuple[ShownRow, ...]:
    """Writes facts over what a row says, None as silence; what that changed."""
    told = told_of(row)
    changed = {
        name: [told.get(name), value] for name, value in facts.items() if told.get(name) != value
    }
    for name, (_, value) in changed.items():
        show_one(row, name, value)
    kind = "offer" if isinstance(row, Offer) else "model"
    return (ShownRow(kind, row.pk, changed),) if changed else ()


def _changes(
    kind: str, rows: Collection[Offer] | Collection[Model], table: type[Offer] | type[Model]
) -> Iterator[ShownRow]:
    for batch in batched([row.pk for row in rows]):
        before = table._default_manager.in_bulk(batch)
        for row in rows:
            if row.pk in before:
                yield ShownRow(kind, row.pk, _changed(told_of(before[row.pk]), told_of(row)))


def _changed(old: Mapping[str, FactValue], new: Mapping[str, FactValue]) -> dict[str, list[Any]]:
    return {
        name: [old.get(name), new.get(name)]
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    }


def _value(said: Any) -> FactValue | None:
    return tuple(said) if isinstance(said, list) else said

"""Writes merged facts to offers and models, in bulk and only where they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from registry.catalog.facts import FactsSaid, fill, merge
from registry.catalog.models import Model, Offer
from scrapers.claims import Facts

_BATCH = 500
_SHARED = (
    "context_tokens",
    "max_output_tokens",
    "input_modalities",
    "output_modalities",
    "reasoning",
    "tool_calls",
)
_OF_OFFER = (*_SHARED, "name", "mode", "deprecated_on", "retires_on")
_OF_MODEL = (
    *_SHARED,
    "name",
    "released_on",
    "knowledge_cutoff",
    "open_weights",
    "licence",
    "total_parameters",
    "active_parameters",
)
_LISTS = frozenset({"input_modalities", "output_modalities"})
_TEXTS = frozenset({"name", "mode", "knowledge_cutoff", "licence"})


def apply_facts(said: Iterable[FactsSaid]) -> int:
    """Brings offers and their models up to what is said of the offers now; how many rows changed.

    Pass everything that current claims say of each offer, whatever the source. A model takes its
    facts from offers of its lab's own providers; other offers only fill what is unknown.
    """
    words: dict[int, list[FactsSaid]] = defaultdict(list)
    for one in said:
        words[one.offer_id].append(one)
    offers = [
        offer
        for pks in _batches(list(words))
        for offer in Offer.objects.filter(pk__in=pks).select_related("provider", "model")
    ]
    changed = [
        offer
        for offer in offers
        if _write(offer, merge(words[offer.pk], _facts_of(offer, _OF_OFFER)), _OF_OFFER)
    ]
    Offer.objects.bulk_create(changed, **_overwriting(_OF_OFFER))
    return len(changed) + _describe_models(offers, words)


def _overwriting(names: Sequence[str]) -> dict[str, Any]:
    """Writes whole rows over those that are there, which is far quicker than ``bulk_update``."""
    return {
        "update_conflicts": True,
        "unique_fields": ["id"],
        "update_fields": list(names),
        "batch_size": _BATCH,
    }


def _batches(pks: list[int]) -> Iterator[list[int]]:
    return (pks[start : start + _BATCH] for start in range(0, len(pks), _BATCH))


def _describe_models(offers: Sequence[Offer], words: dict[int, list[FactsSaid]]) -> int:
    models: dict[int, Model] = {}
    own: dict[int, list[FactsSaid]] = defaultdict(list)
    others: dict[int, list[FactsSaid]] = defaultdict(list)
    for offer in offers:
        if offer.model is not None:
            model = models.setdefault(offer.model.pk, offer.model)
            is_own = offer.provider.lab_id == model.lab_id
            (own if is_own else others)[model.pk].extend(words[offer.pk])
    changed = []
    for pk, model in models.items():
        standing = _facts_of(model, _OF_MODEL)
        if standing.name == model.slug:
            standing = replace(standing, name=None)
        facts = fill(others[pk], merge(own[pk], standing))
        if _write(model, facts, _OF_MODEL):
            changed.append(model)
    Model.objects.bulk_create(changed, **_overwriting(_OF_MODEL))
    return len(changed)


def _facts_of(row: Offer | Model, names: Sequence[str]) -> Facts:
    """What stands on the row; its empty texts and lists are silence."""
    values: dict[str, Any] = {}
    for name in names:
        value = getattr(row, name)
        values[name] = tuple(value) if name in _LISTS else None if value == "" else value
    return Facts(**values)


def _write(row: Offer | Model, facts: Facts, names: Sequence[str]) -> bool:
    """Sets what differs; whether anything did."""
    differs = False
    for name in names:
        value = getattr(facts, name)
        if name in _LISTS:
            value = list(value)
        elif value is None and name in _TEXTS:
            value = row.slug if isinstance(row, Model) and name == "name" else ""
        if getattr(row, name) != value:
            setattr(row, name, value)
            differs = True
    return differs

"""From a registry's published facts to the files of the bundled catalogue."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from registry.catalog.facts import OF_MODEL, OF_OFFER, read_facts
from registry.catalog.models import Model
from registry.ingest.batches import batched
from registry.ingest.models import Claim
from registry.ledger.models import FactPoint
from registry.pipeline.bundle.fact_format import (
    BundledFact,
    BundledFacts,
    BundledFactSeries,
    BundledReference,
    last_value,
    write_facts,
)
from registry.pipeline.bundle.numbers import moment_text

NAMES = tuple(dict.fromkeys((*OF_MODEL, *OF_OFFER)))
_DEFAULT_WORDS = ("observed", "single", "first_seen")

Points = dict[str, list[FactPoint]]
"""Facts' points by name, in the order of their publication."""


def points_of(kind: Literal["model", "offer"], pks: Collection[int]) -> dict[int, Points]:
    """By model or offer, every point of its facts."""
    found: dict[int, Points] = defaultdict(lambda: defaultdict(list))
    for batch in batched(pks):
        rows = FactPoint.objects.filter(**{f"series__{kind}_id__in": batch})
        order = ("series__name", "revision_id", "starts_at")
        for point in rows.select_related("series", "revision").order_by(*order):
            found[getattr(point.series, f"{kind}_id")][point.series.name].append(point)
    return found


def last_values(points: Points) -> dict[str, Any]:
    """What stands of each fact after all that was published, as plain JSON."""
    values = {
        name: last_value((point.starts_at, _value(point)) for point in of_fact)
        for name, of_fact in points.items()
    }
    return {name: value for name, value in values.items() if value is not None}


def facts_out(points: Points, used: dict[int, int]) -> list[BundledFactSeries]:
    """A model's or offer's facts; their claims are added to those ``used``, with their places."""
    return [
        BundledFactSeries(name, [_point_out(point, used) for point in points[name]])
        for name in NAMES
        if name in points
    ]


def states_facts(claim: Claim) -> bool:
    """Whether a claim states a fact that has a history; a label has none."""
    return any(name in NAMES for name in _said(claim))


def said_out(claim: Claim, published: Mapping[str, Any]) -> list[int | tuple[int, Any]]:
    """The facts of a claim: a place where it says what is published, else with its value."""
    said = _said(claim)
    return [
        place if name in published and published[name] == said[name] else (place, said[name])
        for place, name in enumerate(NAMES)
        if name in said
    ]


def since_out(claim: Claim) -> dict[str, list[int]]:
    """The facts that a claim's source had stated before it, by since when."""
    since: dict[str, list[int]] = defaultdict(list)
    said = _said(claim)
    for place, name in enumerate(NAMES):
        if name in claim.facts_since and name in said:
            since[moment_text(datetime.fromisoformat(claim.facts_since[name]))].append(place)
    return dict(sorted(since.items()))


def dump_facts(directory: Path, places: Mapping[int, BundledReference]) -> set[int]:
    """Writes every model of which a fact is published; the ids of those models.

    ``places``: by claim, where it stands in the offers' files.
    """
    facts_directory = directory / "facts"
    models = Model.objects.filter(fact_series__isnull=False).distinct().select_related("lab")
    written, found = set(), set[int]()
    for lab, group in groupby(models.order_by("lab__slug", "slug"), key=lambda one: one.lab.slug):
        facts_directory.mkdir(parents=True, exist_ok=True)
        path = facts_directory / f"{lab}.json"
        write_facts(_models_out(list(group), places, found), path)
        written.add(path)
    for path in set(facts_directory.glob("*.json")) - written:
        path.unlink()
    return found


def _models_out(
    models: Iterable[Model], places: Mapping[int, BundledReference], found: set[int]
) -> list[BundledFacts]:
    models = list(models)
    found |= {model.pk for model in models}
    points = points_of("model", {model.pk for model in models})
    out = []
    for model in models:
        used: dict[int, int] = {}
        series = facts_out(points[model.pk], used)
        out.append(BundledFacts(model.slug, [places[pk] for pk in used], series))
    return out


def _point_out(point: FactPoint, used: dict[int, int]) -> BundledFact:
    words = (point.starts_basis, point.status, point.cause)
    at_once = point.starts_at == point.revision.published_at
    return BundledFact(
        _value(point),
        -1 if point.claim_id is None else used.setdefault(point.claim_id, len(used)),
        point.revision_id,
        "" if at_once else moment_text(point.starts_at),
        "" if words == _DEFAULT_WORDS else " ".join(words),
    )


def _said(claim: Claim) -> dict[str, Any]:
    said = read_facts(claim.content.get("facts", {}))
    return {name: list(v) if isinstance(v, tuple) else v for name, v in said.items()}


def _value(point: FactPoint) -> Any:
    return json.loads(point.value) if point.value else None

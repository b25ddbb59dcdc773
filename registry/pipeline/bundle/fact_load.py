"""From the facts of the bundled catalogue to what claims say and to points; see ``load``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from registry.catalog.facts import OF_MODEL, refusal
from registry.ledger.facts import NewFact, Subject
from registry.ledger.models import FactPoint
from registry.pipeline.bundle.fact_format import (
    BundledFact,
    BundledFacts,
    BundledFactSeries,
    last_value,
    read_facts_of_models,
)
from registry.pipeline.bundle.format import BundledClaim, BundledOffer, Index
from registry.pipeline.bundle.loading import Loading
from registry.pipeline.bundle.numbers import moment_of
from registry.pipeline.bundle.text import BundleError

_DEFAULT_WORDS = "observed single first_seen"


def last_values(facts: Iterable[BundledFactSeries], index: Index) -> dict[str, Any]:
    """What stands of each fact after all that was published, as plain JSON."""
    values = {
        series.name: last_value((_starts_at(point, index), point.value) for point in series.points)
        for series in facts
    }
    return {name: value for name, value in values.items() if value is not None}


def read_last_values(directory: Path, index: Index) -> dict[str, dict[str, Any]]:
    """What stands of every model after all that was published, by its readable id.

    Raises `BundleError` for a model that the index does not have, and for a value that is none of
    its fact.
    """
    known = {model.ref for model in index.models}
    values = {}
    for lab, models in read_facts_of_models(directory):
        path = directory / "facts" / f"{lab}.json"
        for one in models:
            ref = f"{lab}/{one.model}"
            if ref not in known:
                raise BundleError(path, f"unknown model {ref}")
            refuse_what_is_no_fact(one.series, OF_MODEL, path)
            values[ref] = last_values(one.series, index)
    return values


def refuse_what_is_no_fact(
    facts: Iterable[BundledFactSeries], names: Collection[str], path: Path
) -> None:
    """Raises `BundleError` for another name than these, or a value that is none of its fact."""
    for series in facts:
        if series.name not in names:
            raise BundleError(path, f"fact {series.name!r}; expected one of {', '.join(names)}")
        for value in (_kept(point) for point in series.points if point.value is not None):
            if (expected := refusal(series.name, value)) is not None:
                raise BundleError(path, f"{series.name}: {value!r}; expected {expected}")


def said_by(
    claim: BundledClaim, offer: BundledOffer, loading: Loading
) -> tuple[dict[str, Any], dict[str, str]]:
    """The facts that a claim states, and since when those that its source had stated before.

    Raises `LookupError` for a fact that the index does not name or of which nothing is published.
    """
    names = loading.index.facts
    published = loading.facts.get(offer.model or "", {}) | last_values(offer.facts, loading.index)
    facts = {}
    for said in claim.facts:
        if isinstance(said, int):
            facts[names[said]] = published[names[said]]
        else:
            facts[names[said[0]]] = said[1]
    since = {
        names[place]: moment_of(moment).isoformat()
        for moment, places in claim.since.items()
        for place in places
    }
    return facts, since


def add_facts_of_models(loading: Loading) -> None:
    """Brings in the points of models' facts; the offers' claims are there by then.

    Raises `BundleError` for a claim that is not there.
    """
    for lab, models in read_facts_of_models(loading.directory):
        path = loading.directory / "facts" / f"{lab}.json"
        for one in models:
            model = Subject.model(loading.models[f"{lab}/{one.model}"])
            add_facts(model, one.series, _claims_of(one, loading, path), loading)


def add_facts(
    of: Subject, facts: Iterable[BundledFactSeries], claims: Sequence[int], loading: Loading
) -> None:
    """Brings in the points of one model's or offer's facts; ``claims``: the rows by position."""
    for series in facts:
        for point in series.points:
            loading.points[point.revision].append(_point(of, series.name, point, claims, loading))


def _claims_of(one: BundledFacts, loading: Loading, path: Path) -> list[int]:
    try:
        return [loading.claims[said.provider, said.offer][said.claim] for said in one.claims]
    except (KeyError, IndexError) as error:
        raise BundleError(path, f"{one.model} names a claim that is not there: {error}") from error


def _point(
    of: Subject, name: str, bundled: BundledFact, claims: Sequence[int], loading: Loading
) -> NewFact:
    basis, status, cause = (bundled.words or _DEFAULT_WORDS).split()
    value = _kept(bundled)
    return NewFact(
        of=of,
        name=name,
        value=value,
        starts_at=_starts_at(bundled, loading.index),
        starts_basis=FactPoint.Basis(basis),
        state=FactPoint.State.RETRACTED if value is None else FactPoint.State.STATED,
        status=FactPoint.Status(status),
        cause=FactPoint.Cause(cause),
        claim_id=claims[bundled.claim] if bundled.claim >= 0 else None,
    )


def _starts_at(point: BundledFact, index: Index) -> datetime:
    return moment_of(point.starts_at or index.revisions[point.revision - 1].published_at)


def _kept(point: BundledFact) -> Any:
    """The value as facts keep it."""
    return tuple(point.value) if isinstance(point.value, list) else point.value

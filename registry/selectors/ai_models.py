"""The models themselves, whoever sells them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from registry.catalog.facts import KINDS, OF_MODEL, Kind
from registry.catalog.models import Model
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import FactStanding, facts_at
from registry.selectors.clocks import AsOf
from registry.selectors.ordering import Key, Sorts, by, perhaps, text
from registry.selectors.paging import NotHeld, Page, one_of, page_of

MODEL_SORTS = Sorts(
    ids={"lab__slug": str, "slug": str},
    by={
        "id": by("lab__slug", "slug"),
        "lab": by("lab__slug"),
        "name": by("name"),
        "released_on": perhaps("released_on", date),
        "knowledge_cutoff": text("knowledge_cutoff"),
        "open_weights": perhaps("open_weights", bool),
        "licence": text("licence"),
        "total_parameters": perhaps("total_parameters", int),
        "active_parameters": perhaps("active_parameters", int),
        "context_tokens": perhaps("context_tokens", int),
        "max_output_tokens": perhaps("max_output_tokens", int),
        "reasoning": perhaps("reasoning", bool),
        "tool_calls": perhaps("tool_calls", bool),
        "offers": by("sold", kind=int),
    },
    default="id",
)


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model and what is known of it; None and empty are unknown. ``offers`` counts its offers.

    ``model_id`` is the row's id in the database, for other selectors; ``ref`` is the readable one.
    """

    model_id: int
    lab: str
    slug: str
    name: str
    released_on: date | None
    knowledge_cutoff: str
    open_weights: bool | None
    licence: str
    total_parameters: int | None
    active_parameters: int | None
    context_tokens: int | None
    max_output_tokens: int | None
    input_modalities: list[str]
    output_modalities: list[str]
    reasoning: bool | None
    tool_calls: bool | None
    offers: int

    @property
    def ref(self) -> str:
        """The readable id, ``lab/slug``."""
        return f"{self.lab}/{self.slug}"


@dataclass(frozen=True, slots=True)
class ModelFilter:
    """Which models are meant; None is any. ``q``: a part of the name or the slug."""

    lab: str | None = None
    open_weights: bool | None = None
    q: str | None = None


def models(
    wanted: ModelFilter | None = None,
    *,
    sort: str = MODEL_SORTS.default,
    after: Key | None = None,
    limit: int,
) -> Page[ModelRow]:
    """Models in one of the orders of `MODEL_SORTS`, else by lab, then slug. One statement.

    None that is another under a second name.
    """
    return page_of(
        _matching(wanted or ModelFilter()),
        MODEL_SORTS,
        sort,
        read=ModelRow,
        after=after,
        limit=limit,
    )


def every_model() -> tuple[ModelRow, ...]:
    """All models, in the order of `models`. One statement."""
    return tuple(
        ModelRow(*columns)
        for columns in _columns().filter(merged_into=None).order_by("lab__slug", "slug")
    )


def model(lab: str, slug: str) -> ModelRow:
    """One model; raises `NotHeld`. One statement.

    One that is another under a second name is held for what older revisions say of it.
    """
    row = one_of(_columns().filter(lab__slug=lab, slug=slug), ModelRow)
    if row is None:
        raise NotHeld("model", f"{lab}/{slug}")
    return row


def models_of(refs: Collection[str]) -> dict[str, ModelRow]:
    """Models by their ``lab/slug``; those that are not held are left out. One statement."""
    slugs = {ref.partition("/")[2] for ref in refs}
    found = (ModelRow(*columns) for columns in _columns().filter(slug__in=slugs))
    return {row.ref: row for row in found if row.ref in refs}


def models_at(refs: Collection[str], as_of: AsOf) -> dict[str, ModelRow]:
    """The same with the facts that were known of them at both clocks.

    Two statements; one about the present, whose facts the rows hold.
    """
    rows = models_of(refs)
    if as_of.is_about_now:
        return rows
    subjects = [Subject.model(row.model_id) for row in rows.values()]
    known = facts_at(subjects, at=as_of.at, revision=as_of.pinned_revision)
    return {
        ref: _as_known(row, known.get(Subject.model(row.model_id), {})) for ref, row in rows.items()
    }


def _as_known(row: ModelRow, known: Mapping[str, FactStanding]) -> ModelRow:
    facts = {name: _column(name, known.get(name)) for name in OF_MODEL}
    return replace(row, **facts)


def _column(name: str, fact: FactStanding | None) -> Any:
    """A fact as a model's row holds it, where none is known in the way that its kind is empty."""
    match KINDS[name]:
        case Kind.DAY:
            return None if fact is None else date.fromisoformat(str(fact.value))
        case Kind.WORDS:
            return list(fact.value) if fact and isinstance(fact.value, tuple) else []
        case Kind.TEXT:
            return "" if fact is None else fact.value
        case _:
            return None if fact is None else fact.value


def _matching(wanted: ModelFilter) -> QuerySet[Model, tuple[Any, ...]]:
    asked = {"lab__slug": wanted.lab, "open_weights": wanted.open_weights}
    given = {name: value for name, value in asked.items() if value is not None}
    found = _columns().filter(**given, merged_into=None)
    if wanted.q is not None:
        found = found.filter(Q(name__icontains=wanted.q) | Q(slug__icontains=wanted.q))
    return found


def _columns() -> QuerySet[Model, tuple[Any, ...]]:
    return Model.objects.annotate(sold=Count("offers")).values_list(
        "pk",
        "lab__slug",
        "slug",
        "name",
        "released_on",
        "knowledge_cutoff",
        "open_weights",
        "licence",
        "total_parameters",
        "active_parameters",
        "context_tokens",
        "max_output_tokens",
        "input_modalities",
        "output_modalities",
        "reasoning",
        "tool_calls",
        "sold",
    )

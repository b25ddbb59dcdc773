"""Models as the desk shows them: found by name, and one with its facts and scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model, Offer
from registry.curation.models import AuditEvent
from registry.selectors.clocks import as_of
from registry.selectors.desk_facts import FactTable, facts_of
from registry.selectors.paging import NotHeld
from registry.selectors.readings import ReadingFilter, ReadingRow, readings

_FOUND = 50
_SCORES = 500
_EVENTS = 20


@dataclass(frozen=True, slots=True)
class DeskModel:
    """A model with its offers, facts and scores, and what was done about it.

    ``benchmarks``: slugs of those of which a score can be stated.
    """

    model: Model
    offers: tuple[Offer, ...]
    facts: FactTable
    scores: tuple[ReadingRow, ...]
    benchmarks: tuple[str, ...]
    events: tuple[AuditEvent, ...]


def find_models(text: str) -> tuple[Model, ...]:
    """Models whose lab, slug or name has every word of a text; none where it is empty."""
    words = text.replace("/", " ").split()
    if not words:
        return ()
    found = Model.objects.filter(merged_into=None).select_related("lab")
    for word in words:
        found = found.filter(
            Q(slug__icontains=word) | Q(lab__slug__icontains=word) | Q(name__icontains=word)
        )
    return tuple(found.order_by("lab__slug", "slug")[:_FOUND])


def desk_model(pk: int, *, at: datetime) -> DeskModel:
    """One model; raises `NotHeld`."""
    held = Model.objects.select_related("lab", "merged_into__lab")
    model = held.filter(pk=pk).first()
    if model is None:
        raise NotHeld("model", pk)
    wanted = ReadingFilter(model=(model.lab.slug, model.slug))
    # What is done about a score is told under the model, the benchmark and the setup.
    events = AuditEvent.objects.filter(
        Q(subject=model.ref) | Q(subject__startswith=f"{model.ref} ")
    )
    offers = model.offers.select_related("provider").order_by("provider__slug", "provider_model_id")
    declared = Benchmark.objects.filter(declared=True).order_by("slug")
    return DeskModel(
        model,
        tuple(offers),
        facts_of(model, at=at),
        readings(wanted, as_of(), limit=_SCORES).rows,
        tuple(declared.values_list("slug", flat=True)),
        tuple(events.order_by("-at", "-pk")[:_EVENTS]),
    )

"""Which points the facts of models stand on: the way from a fact that is shown to its receipt."""

from __future__ import annotations

from collections.abc import Collection

from registry.ledger.facts import Subject
from registry.ledger.facts_asof import facts_at
from registry.selectors.clocks import AsOf


def fact_points(model_ids: Collection[int], as_of: AsOf) -> dict[int, dict[str, int]]:
    """By model and fact, the point that stands at both clocks; a fact without a history has none.

    One statement.
    """
    subjects = [Subject.model(model_id) for model_id in model_ids]
    found = facts_at(subjects, at=as_of.at, revision=as_of.pinned_revision)
    return {
        subject.pk: {name: fact.point_id for name, fact in found.get(subject, {}).items()}
        for subject in subjects
    }

"""``/api/v1/readings`` and ``/api/v1/score-history``"""

from __future__ import annotations

from dataclasses import dataclass, fields

from rest_framework.request import Request

from registry.api import cursors, kinds, kinds_of_prices, kinds_of_scores
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import parameter
from registry.api.v1 import asking
from registry.api.v1.examples_of_scores import MODEL_READINGS, READING_LIST, SCORE_HISTORY
from registry.api.v1.paging import next_address
from registry.api.v1.shapes.readings import (
    ModelReadings,
    Reading,
    ReadingList,
    ScoreHistory,
    ScoreSeries,
)
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors import readings as held
from registry.selectors.ai_models import model
from registry.selectors.clocks import as_of
from registry.selectors.ordering import Key
from registry.selectors.reading_history import reading_history


@dataclass(frozen=True, slots=True)
class ReadingsQuery(asking.Dated):
    """Which readings, as of when."""

    limit: int = parameter(kinds.LIMIT, "How many at most.", asking.DEFAULT_LIMIT)
    cursor: Key | None = parameter(cursors.CURSOR, "Where to go on.")
    sort: str = asking.sorted_by(held.READING_SORTS.names, held.READING_SORTS.default)
    model: tuple[str, str] | None = parameter(kinds_of_prices.MODEL, "Only of this model.")
    lab: str | None = parameter(kinds.SLUG, "Only of this lab's models.")
    benchmark: str | None = parameter(kinds.SLUG, "Only on this benchmark.")
    attempts: str | None = parameter(
        kinds_of_scores.condition("attempts"), "Only with so many tries."
    )
    effort: str | None = parameter(kinds_of_scores.condition("effort"), "Only at this effort.")
    harness: str | None = parameter(kinds_of_scores.condition("harness"), "Only with this harness.")
    subset: str | None = parameter(kinds_of_scores.condition("subset"), "Only on this subset.")
    version: str | None = parameter(kinds_of_scores.condition("version"), "Only of this version.")
    evaluator: str | None = parameter(kinds.one_of(held.EVALUATORS), "Only as measured so.")
    qualifier: str | None = parameter(kinds.one_of(held.QUALIFIERS), "Only as firm as this.")
    source: str | None = parameter(kinds.SLUG, "Only in this source's word.")

    def wanted(self) -> held.ReadingFilter:
        """The filter of readings."""
        names = (spec.name for spec in fields(held.ReadingFilter))
        return held.ReadingFilter(**{name: getattr(self, name) for name in names})


@dataclass(frozen=True, slots=True)
class ScoreHistoryQuery:
    """Which series, as known when."""

    revision: int | None = parameter(
        kinds.REVISION, "What the registry had published by then; else the newest."
    )
    benchmark: str | None = parameter(kinds.SLUG, "Only on this benchmark.")


class ReadingListView(ReadView):
    """All readings."""

    @operation(
        "listReadings", "Readings", query=ReadingsQuery, answer=ReadingList, example=READING_LIST
    )
    def get(self, request: Request, query: ReadingsQuery) -> Answer:
        """Scores that stand at a moment, as known at a revision; each setup is one of its own.

        With both ``at`` and ``revision`` given the answer never changes.
        """
        moment = query.as_of()
        page = held.readings(
            query.wanted(), moment, sort=query.sort, after=query.cursor, limit=query.limit
        )
        return Answer(
            ReadingList(
                revision=RevisionRef.of(moment),
                at=query.at,
                items=tuple(map(Reading.of, page.rows)),
                next=next_address(request, page.next),
            ),
            for_ever=moment.is_pinned,
        )


class ModelReadingsView(ReadView):
    """One model's readings."""

    @operation(
        "getModelReadings",
        "The readings of a model",
        query=asking.Dated,
        answer=ModelReadings,
        example=MODEL_READINGS,
        path=(asking.LAB, asking.MODEL_SLUG),
    )
    def get(self, request: Request, query: asking.Dated, lab: str, slug: str) -> Answer:
        """Everything that a model scores, by benchmark and setup.

        With both ``at`` and ``revision`` given the answer never changes.
        """
        moment = query.as_of()
        row = model(lab, slug)
        found = held.readings_of_models([row.model_id], moment)[row.model_id]
        answer = ModelReadings(
            RevisionRef.of(moment), query.at, row.ref, tuple(map(Reading.of, found))
        )
        return Answer(answer, for_ever=moment.is_pinned)


class ScoreHistoryView(ReadView):
    """One model's scores over time."""

    @operation(
        "getScoreHistory",
        "The history of a model's scores",
        query=ScoreHistoryQuery,
        answer=ScoreHistory,
        example=SCORE_HISTORY,
        path=(asking.LAB, asking.MODEL_SLUG),
    )
    def get(self, request: Request, query: ScoreHistoryQuery, lab: str, slug: str) -> Answer:
        """Every score that a model ever had: periods ``[from, to)`` of each benchmark and setup.

        With ``revision`` given the answer never changes.
        """
        moment = as_of(revision=query.revision)
        row = model(lab, slug)
        series = reading_history(row.model_id, moment, benchmark=query.benchmark)
        answer = ScoreHistory(RevisionRef.of(moment), row.ref, tuple(map(ScoreSeries.of, series)))
        return Answer(answer, for_ever=moment.revision_given)

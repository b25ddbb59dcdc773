"""The Atom feed of one benchmark: scores as they come out, and as they change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from registry.feeds import sentences
from registry.feeds.atom import AtomFeed, Entry, Subject, held
from registry.selectors.benchmarks import benchmark
from registry.selectors.score_changes import ScoreChange, ScoreChangeFilter, score_changes

_ENTRIES = 100


class BenchmarkFeed(AtomFeed[ScoreChange]):
    """One entry a score: what it is, under which setup, and what it was before."""

    subtitle = "Every score under the setup that it was reached with; each has its receipt."

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Subject:
        """The benchmark; 404 where none is held under the id."""
        row = held(benchmark, kwargs["slug"])
        return Subject(
            f"Ratecard: {row.name}",
            f"/benchmarks/{row.slug}",
            f"urn:ratecard:scores:{row.slug}",
            ScoreChangeFilter(benchmark=row.slug),
        )

    def read(self, subject: Subject) -> Sequence[ScoreChange]:
        """The newest changes first."""
        return score_changes(subject.wanted, newest_first=True, limit=_ENTRIES).rows

    def thing(self, change: ScoreChange) -> str:
        """The model."""
        return change.model

    def step(self, change: ScoreChange) -> str:
        """From what score to what."""
        return sentences.score_step(change)

    def receipt(self, change: ScoreChange) -> str:
        """The receipt in the API."""
        return f"/api/v1/receipts/scores/{change.point_id}"

    def items(self, subject: Subject) -> list[Entry[ScoreChange]]:
        """A score an entry: each has a setup of its own."""
        return [Entry((change,)) for change in self.read(subject)]

    def item_description(self, entry: Entry[ScoreChange]) -> str:
        """The setup, and whose word it is."""
        change = entry.first
        setup = change.setup.key or "the source tells no setup"
        return f"{setup}; {change.source or 'a curator'}; {change.status}"

    def item_guid(self, entry: Entry[ScoreChange]) -> str:
        """An id that stays."""
        return f"urn:ratecard:score:{entry.first.revision}:{entry.first.point_id}"

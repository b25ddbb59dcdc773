"""The Atom feed of one benchmark: scores as they come out, and as they change."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils.feedgenerator import Atom1Feed

from registry.feeds import sentences
from registry.selectors.benchmarks import BenchmarkRow, benchmark
from registry.selectors.paging import NotHeld
from registry.selectors.score_changes import ScoreChange, ScoreChangeFilter, score_changes

_ENTRIES = 100

if TYPE_CHECKING:
    _Feed = Feed[ScoreChange, BenchmarkRow]
else:
    _Feed = Feed  # generic for the type checker only


class BenchmarkFeed(_Feed):
    """One entry a score: what it is, under which setup, and what it was before."""

    feed_type = Atom1Feed
    subtitle = "Every score under the setup that it was reached with; each has its receipt."
    author_name = "Ratecard"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> BenchmarkRow:
        """The benchmark; 404 where none is held under the id."""
        try:
            return benchmark(kwargs["slug"])
        except NotHeld as error:
            raise Http404(str(error)) from error

    def title(self, row: BenchmarkRow) -> str:
        """The feed's name."""
        return f"Ratecard: {row.name}"

    def link(self, row: BenchmarkRow) -> str:
        """The page that shows the same."""
        return f"/benchmarks/{row.slug}"

    def feed_guid(self, row: BenchmarkRow) -> str:
        """An id that stays."""
        return f"urn:ratecard:scores:{row.slug}"

    def items(self, row: BenchmarkRow) -> list[ScoreChange]:
        """The newest entries."""
        wanted = ScoreChangeFilter(benchmark=row.slug)
        return list(score_changes(wanted, newest_first=True, limit=_ENTRIES).rows)

    def item_title(self, change: ScoreChange) -> str:
        """The model and its score."""
        return f"{change.model}: {sentences.score_step(change)}"

    def item_description(self, change: ScoreChange) -> str:
        """The setup, and whose word it is."""
        setup = change.setup.key or "the source tells no setup"
        return f"{setup}; {change.source or 'a curator'}; {change.status}"

    def item_link(self, change: ScoreChange) -> str:
        """Its receipt."""
        return f"/api/v1/receipts/scores/{change.now.point_id}"

    def item_guid(self, change: ScoreChange) -> str:
        """An id that stays."""
        return f"urn:ratecard:score:{change.revision}:{change.now.point_id}"

    def item_pubdate(self, change: ScoreChange) -> datetime:
        """When it came out."""
        return change.published_at

    def item_updateddate(self, change: ScoreChange) -> datetime:
        """The same: an entry never changes."""
        return change.published_at

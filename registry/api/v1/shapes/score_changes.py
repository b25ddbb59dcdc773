"""What was published of scores, change by change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from registry.api.shape import Instant, Shape, meaning
from registry.api.v1 import addresses
from registry.api.v1.shapes.feeds import Author, Follow, Next, PublishedBy, Source
from registry.api.v1.shapes.rate_cards import Basis
from registry.api.v1.shapes.readings import SetupMap
from registry.api.v1.shapes.revisions import RevisionRef
from registry.selectors.readings import READING_CAUSES, READING_STATUSES
from registry.selectors.score_changes import SCORE_STATES, SaidScore
from registry.selectors.score_changes import ScoreChange as Change


@dataclass(frozen=True, slots=True)
class ScoreSaying(Shape):
    """What a series of scores says from a moment on."""

    state: Annotated[
        str,
        meaning("withdrawn ends it; retracted takes an earlier start back.", among=SCORE_STATES),
    ]
    value: Annotated[
        str | None, meaning("On the benchmark's scale; null unless the state is scored.", "80.6")
    ]
    qualifier: Annotated[str | None, meaning("How firmly it is meant; null without a value.")]
    receipt: Annotated[str, meaning("The address of the evidence.")]

    @classmethod
    def of(cls, said: SaidScore) -> ScoreSaying:
        """The saying as the API tells it."""
        value = None if said.value is None else f"{said.value:f}"
        receipt = addresses.score_receipt(said.point_id)
        return cls(said.state, value, said.qualifier or None, receipt)


@dataclass(frozen=True, slots=True)
class ScoreChange(Shape):
    """One start of a score: from what it was until then to what it is from ``starts_at`` on."""

    revision: PublishedBy
    published_at: Instant
    model: str
    benchmark: str
    setup: SetupMap
    before: Annotated[
        ScoreSaying | None,
        meaning("What the registry had said of that moment until then; null is nothing."),
    ]
    now: ScoreSaying
    starts_at: Instant
    starts_basis: Basis
    cause: Annotated[str, meaning("Why it was published.", among=READING_CAUSES)]
    status: Annotated[str, meaning("As stored with its revision.", among=READING_STATUSES)]
    source: Source
    author: Author

    @classmethod
    def of(cls, change: Change) -> ScoreChange:
        """The change as the API tells it."""
        return cls(
            revision=change.revision,
            published_at=change.published_at,
            model=change.model,
            benchmark=change.benchmark,
            setup=change.setup.as_dict(),
            before=None if change.before is None else ScoreSaying.of(change.before),
            now=ScoreSaying.of(change.now),
            starts_at=change.starts_at,
            starts_basis=change.starts_basis,
            cause=change.cause,
            status=change.status,
            source=change.source,
            author=change.author,
        )


@dataclass(frozen=True, slots=True)
class ScoreChangeList(Shape):
    """Changes of scores in the order of their publication, or backwards where that was asked."""

    revision: RevisionRef
    items: tuple[ScoreChange, ...]
    next: Next
    follow: Follow

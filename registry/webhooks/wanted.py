"""Which changes an endpoint wants, as its owner wrote it and as the filter of each feed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from registry.selectors.changes import ChangeFilter, changed_revisions, changes
from registry.selectors.fact_changes import FactChangeFilter, fact_changes, restated_revisions
from registry.selectors.facts import FACT_CAUSES
from registry.selectors.paging import Page
from registry.selectors.rate_cards import CAUSES
from registry.selectors.readings import READING_CAUSES
from registry.selectors.score_changes import ScoreChangeFilter, rescored_revisions, score_changes
from registry.webhooks.models import Kind


@dataclass(frozen=True, slots=True)
class Feed:
    """One kind of changes: what may be asked of it, how it is filtered, counted and read.

    ``parameters``: those of the feed that an endpoint may name. ``causes``: why a change of it may
    have been published.
    """

    parameters: tuple[str, ...]
    causes: tuple[str, ...]
    filter: Callable[..., Any]
    revisions: Callable[..., tuple[tuple[int, int], ...]]
    page: Callable[..., Page[Any]]


FEEDS: Mapping[Kind, Feed] = {
    Kind.PRICES: Feed(
        ("provider", "provider_model_id", "model", "lab", "meter", "cause", "currency"),
        CAUSES,
        ChangeFilter,
        changed_revisions,
        changes,
    ),
    Kind.SCORES: Feed(
        ("model", "lab", "benchmark", "cause"),
        READING_CAUSES,
        ScoreChangeFilter,
        rescored_revisions,
        score_changes,
    ),
    Kind.FACTS: Feed(
        ("provider", "provider_model_id", "model", "lab", "of", "name", "cause"),
        FACT_CAUSES,
        FactChangeFilter,
        restated_revisions,
        fact_changes,
    ),
}


def filter_of(kind: Kind, wanted: Mapping[str, Any]) -> Any:
    """The filter of a kind's feed; ``model`` is written ``lab/slug``, as everywhere."""
    feed = FEEDS[kind]
    named = {name: wanted[name] for name in feed.parameters if wanted.get(name)}
    if "model" in named:
        lab, _, slug = str(named["model"]).partition("/")
        named["model"] = (lab, slug)
    return feed.filter(**named)


def misfits(kinds: Collection[Kind], wanted: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    """What is wanted that one of the kinds does not have: its name, value, and what was expected.

    It would be silently without effect on that kind, which therefore needs an endpoint of its own.
    """
    for kind in kinds:
        feed = FEEDS[kind]
        for name, value in wanted.items():
            if name not in feed.parameters:
                yield name, value, f"for {kind} any of {', '.join(feed.parameters)}"
            elif name == "cause" and value not in feed.causes:
                yield name, value, f"for {kind} one of {', '.join(feed.causes)}"

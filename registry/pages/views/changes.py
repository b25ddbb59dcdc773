"""What was published lately: of prices, scores and facts; what is new, gone and in dispute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict

from registry.pages import asking
from registry.pages.asking import Refused
from registry.pages.clock import Clock
from registry.pages.moves import moves
from registry.pages.paging import paged
from registry.pages.showing import page, show
from registry.selectors.benchmarks import benchmarks
from registry.selectors.changes import ChangeFilter, changes
from registry.selectors.disputes import DisputeFilter, disputes
from registry.selectors.fact_changes import FactChangeFilter, fact_changes
from registry.selectors.facts import FACT_NAMES
from registry.selectors.feed import Place, after_revision
from registry.selectors.model_events import Happened, model_events
from registry.selectors.ordering import Key
from registry.selectors.paging import NotHeld
from registry.selectors.revisions import last_published
from registry.selectors.score_changes import ScoreChangeFilter, score_changes
from registry.selectors.upcoming import planned_ends, planned_prices

ROWS = 60
_EVENTS = 120
_UPCOMING = 30
_MANY = 5_000
_EVERY = 100_000

Kinds = Mapping[str, tuple[str, dict[str, Any]]]
"""What may be shown: its words, and what it means to the selector."""

PRICES: Kinds = {
    "": ("all but first sightings", {"first_seen": False}),
    "repriced": ("repricings", {"cause": "repriced"}),
    "scheduled": ("announcements", {"cause": "scheduled"}),
    "corrected": ("corrections", {"cause": "corrected"}),
    "withdrawn": ("what is no longer sold", {"cause": "withdrawn"}),
    "disputed": ("what sources dispute", {"status": "disputed"}),
    "restored": ("what is back on sale", {"cause": "restored"}),
    "first_seen": ("what is new", {"first_seen": True}),
    "all": ("everything", {}),
}
SCORES: Kinds = {
    "": ("everything", {}),
    "first_seen": ("what is new", {"cause": "first_seen"}),
    "rescored": ("what was measured anew", {"cause": "rescored"}),
    "corrected": ("corrections", {"cause": "corrected"}),
    "withdrawn": ("what nobody states any more", {"cause": "withdrawn"}),
    "restored": ("what is stated again", {"cause": "restored"}),
}
FACTS: Kinds = {
    "": ("what is told otherwise", {"cause": "changed"}),
    "corrected": ("corrections", {"cause": "corrected"}),
    "first_seen": ("what is new", {"cause": "first_seen"}),
    "all": ("everything", {}),
}
MODELS: Kinds = {
    "": ("everything", {}),
    **{one.value: (one.value, {"happened": one}) for one in Happened},
}


@page
def feed(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Changes of prices, and what is announced."""
    what = asking.choice(request.GET, "what", PRICES, "")
    lab, provider = _text(request, "lab"), _text(request, "provider")
    is_everyday = asking.choice(request.GET, "terms", ("", "all"), "") == ""
    wanted = ChangeFilter(
        provider=provider,
        lab=lab,
        everyday=is_everyday,
        **PRICES[what][1],
    )
    found = changes(wanted, after=_begin(request, clock), newest_first=True, limit=ROWS)
    return show(
        request,
        "pages/changes/prices.html",
        clock,
        section="changes",
        here_is="prices",
        changes=moves(found.rows),
        is_everyday=is_everyday,
        planned=planned_prices(clock.as_of, limit=_UPCOMING),
        ends=planned_ends(clock.as_of, clock.at.date(), limit=_UPCOMING),
        **_asked(PRICES, what, found.next, lab=lab, provider=provider),
    )


@page
def scores(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Changes of scores."""
    what = asking.choice(request.GET, "what", SCORES, "")
    lab, measured = _text(request, "lab"), _text(request, "benchmark")
    known = {row.slug: row.scale.unit for row in benchmarks(limit=_MANY).rows}
    if measured is not None and measured not in known:
        raise NotHeld("benchmark", measured)
    wanted = ScoreChangeFilter(lab=lab, benchmark=measured, **SCORES[what][1])
    found = score_changes(wanted, after=_begin(request, clock), newest_first=True, limit=ROWS)
    return show(
        request,
        "pages/changes/scores.html",
        clock,
        section="changes",
        here_is="scores",
        changes=[(change, known[change.benchmark]) for change in found.rows],
        **_asked(SCORES, what, found.next, lab=lab, benchmark=measured),
    )


@page
def facts(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Changes of facts."""
    what = asking.choice(request.GET, "what", FACTS, "")
    lab, provider = _text(request, "lab"), _text(request, "provider")
    name = asking.choice(request.GET, "name", ("", *FACT_NAMES), "")
    wanted = FactChangeFilter(lab=lab, provider=provider, name=name or None, **FACTS[what][1])
    found = fact_changes(wanted, after=_begin(request, clock), newest_first=True, limit=ROWS)
    return show(
        request,
        "pages/changes/facts.html",
        clock,
        section="changes",
        here_is="facts",
        changes=[(change, None) for change in found.rows],
        names=FACT_NAMES,
        name=name,
        **_asked(FACTS, what, found.next, lab=lab, provider=provider),
    )


@page
def models(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Models that came and offers that went, up to the day that is looked at."""
    what = asking.choice(request.GET, "what", MODELS, "")
    lab, provider = _text(request, "lab"), _text(request, "provider")
    events = model_events(clock.as_of, lab=lab, provider=provider, limit=_EVENTS, **MODELS[what][1])
    return show(
        request,
        "pages/changes/models.html",
        clock,
        section="changes",
        here_is="models",
        events=events,
        ends=planned_ends(clock.as_of, clock.at.date(), limit=_UPCOMING),
        **_asked(MODELS, what, None, lab=lab, provider=provider),
    )


@page
def disputed(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Prices that stand and that a source contradicts, the widest apart first."""
    lab, provider = _text(request, "lab"), _text(request, "provider")
    number = asking.whole(request.GET, "page", least=1, most=_MANY, default=1)
    # They are held in memory in their order, so that all of them cost no more than the first.
    found = disputes(DisputeFilter(provider=provider, lab=lab), clock.as_of, limit=_EVERY).rows
    paging = paged(number, ROWS, len(found))
    return show(
        request,
        "pages/changes/disputes.html",
        clock,
        section="changes",
        here_is="disputes",
        disputes=found[(number - 1) * ROWS : paging.last],
        paged=paging,
        **_asked({}, "", None, lab=lab, provider=provider),
    )


def _asked(kinds: Kinds, what: str, following: Key | None, **texts: str | None) -> dict[str, Any]:
    """What the forms of all these pages repeat, and where the list goes on."""
    return {
        "what": what,
        "kinds": {name: told for name, (told, _) in kinds.items()},
        "next": ".".join(map(str, following)) if following else "",
        **{name: text or "" for name, text in texts.items()},
    }


def _text(request: HttpRequest, name: str) -> str | None:
    return asking.text(request.GET, name) or None


def _last(clock: Clock) -> int | None:
    """The last revision that is told of; None for all: what had come out by then, as known then."""
    if not clock.is_past:
        return None
    known = clock.as_of.number
    return min(known, last_published(clock.at)) if clock.as_of.at_given else known


def _begin(request: HttpRequest, clock: Clock) -> Place | None:
    """Where a list from the newest back begins, never beyond what had come out by then."""
    place, last = _place(request.GET), _last(clock)
    begins = [place] if last is None else [place, after_revision(last)]
    return min((begin for begin in begins if begin is not None), default=None)


def _place(query: QueryDict) -> Place | None:
    """Where to go on: a revision and a point, as ``73.4711``."""
    given = asking.text(query, "after")
    if not given:
        return None
    revision, _, point = given.partition(".")
    if not (revision.isdecimal() and point.isdecimal() and len(given) < 30):
        raise Refused("after", given, "a place of the feed, as its links have it")
    return int(revision), int(point)

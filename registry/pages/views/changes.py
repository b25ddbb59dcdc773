"""What was published lately: repricings, corrections, what is new and what is gone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict

from registry.pages import asking
from registry.pages.asking import Refused
from registry.pages.clock import Clock
from registry.pages.moves import moves
from registry.pages.showing import page, show
from registry.selectors.changes import ChangeFilter, changes
from registry.selectors.ordering import Key
from registry.selectors.upcoming import planned_ends, planned_prices

ROWS = 60
_UPCOMING = 30
WHAT: dict[str, tuple[str, dict[str, object]]] = {
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


@page
def feed(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Changes from the newest back, as far as the revision that is looked at."""
    what = asking.choice(request.GET, "what", WHAT, "")
    lab, provider = asking.text(request.GET, "lab"), asking.text(request.GET, "provider")
    is_everyday = asking.choice(request.GET, "terms", ("", "all"), "") == ""
    wanted = ChangeFilter(
        provider=provider or None,
        lab=lab or None,
        everyday=is_everyday,
        to_revision=clock.as_of.number if clock.as_of.revision_given else None,
        **WHAT[what][1],  # type: ignore[arg-type]
    )
    found = changes(wanted, after=_place(request.GET), newest_first=True, limit=ROWS)
    return show(
        request,
        "pages/changes/page.html",
        clock,
        section="changes",
        moves=moves(found.rows),
        next=".".join(map(str, found.next)) if found.next else "",
        what=what,
        kinds={name: told for name, (told, _) in WHAT.items()},
        lab=lab,
        provider=provider,
        is_everyday=is_everyday,
        planned=planned_prices(clock.as_of, limit=_UPCOMING),
        ends=planned_ends(clock.at.date(), limit=_UPCOMING),
    )


def _place(query: QueryDict) -> Key | None:
    """Where to go on: a revision and a point, as ``73.4711``."""
    given = asking.text(query, "after")
    if not given:
        return None
    revision, _, point = given.partition(".")
    if not (revision.isdecimal() and point.isdecimal() and len(given) < 30):
        raise Refused("after", given, "a place of the feed, as its links have it")
    return int(revision), int(point)

"""An iCalendar of what is announced: prices with a start to come, deprecations, retirements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from registry.feeds import sentences
from registry.selectors.clocks import AsOf, as_of
from registry.selectors.upcoming import (
    Ending,
    PlannedEnd,
    PlannedPrice,
    planned_ends,
    planned_prices,
)

# What has just passed is still of use to whoever looks a few days late.
_LOOK_BACK = timedelta(days=30)
_MOST = 2_000
_ENDINGS = {Ending.DEPRECATED: "is deprecated", Ending.RETIRED: "is retired"}


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The calendar; subscribers ask it again at most daily."""
    now = as_of()
    answer = HttpResponse(_calendar(now).to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="ratecard.ics"'
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _calendar(now: AsOf) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//Ratecard//Prices and retirements//EN")
    made.add("version", "2.0")
    made.add("name", "Ratecard: announced prices and retirements")
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    for event in (*_price_events(now), *_end_events(now)):
        made.add_component(event)
    return made


def _price_events(now: AsOf) -> Iterator[Event]:
    planned = planned_prices(now, limit=_MOST)
    for (starts_at, offer), group in groupby(planned, key=lambda p: (p.starts_at, p.offer)):
        yield _price_event(starts_at, offer, list(group), now)


def _price_event(
    starts_at: datetime, offer: str, prices: Sequence[PlannedPrice], now: AsOf
) -> Event:
    event = _event(f"price-{starts_at:%Y%m%dT%H%M%S}-{offer}", now)
    event.add("summary", f"{offer}: new prices")
    event.add("dtstart", starts_at)
    event.add("description", "\n".join(map(_price_line, prices)))
    return event


def _price_line(price: PlannedPrice) -> str:
    amount = sentences.price(price.state, price.amount, price.meter, price.currency)
    return f"{sentences.subject(price.meter, price.terms)}: {amount}"


def _end_events(now: AsOf) -> Iterator[Event]:
    since: date = (now.at - _LOOK_BACK).date()
    return (_end_event(end, now) for end in planned_ends(now, since, limit=_MOST))


def _end_event(end: PlannedEnd, now: AsOf) -> Event:
    event = _event(f"{end.ending}-{end.on:%Y%m%d}-{end.offer}", now)
    event.add("summary", f"{end.offer} {_ENDINGS[end.ending]}")
    event.add("dtstart", end.on)
    event.add("dtend", end.on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _event(uid: str, now: AsOf) -> Event:
    event = Event()
    event.add("uid", f"{uid}@ratecard")
    # By the day, so that what has not changed reads the same all day.
    event.add("dtstamp", now.at.replace(hour=0, minute=0, second=0, microsecond=0))
    return event

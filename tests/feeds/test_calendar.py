"""The calendar: announced prices, deprecations and retirements, as a calendar program reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar, Event

from registry.catalog.models import Offer
from registry.ledger.models import PricePoint
from registry.selectors.offers import offer
from tests.ledger.saying import point, say
from tests.ledger.stating import fact

NOW = "2026-06-01T09:30:00Z"
AHEAD = datetime(2026, 7, 1, tzinfo=UTC)
SCHEDULED = {"cause": PricePoint.Cause.SCHEDULED}


@pytest.fixture
def at_noon(registry: None) -> None:
    """A price from July on, a retirement in August, one long past, one a few days ago."""
    pro = offer("deepseek", "deepseek-v4-pro").offer_id
    say(point(pro, "2", starts=AHEAD, **SCHEDULED), point(pro, "4", starts=AHEAD, **SCHEDULED,
        meter="output_tokens"))  # fmt: skip
    sold = Offer.objects.get(pk=pro)
    say(fact(sold, "2026-08-01", name="retires_on"), fact(sold, "2026-05-20", name="deprecated_on"))


def events(client: Client) -> dict[str, Event]:
    with time_machine.travel(NOW, tick=False):
        answer = client.get("/feeds/calendar.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).events}


def test_announced_prices_are_one_event_an_offer_and_moment(at_noon: None, client: Client) -> None:
    event = events(client)["price-20260701T000000-deepseek/deepseek-v4-pro@ratecard"]
    assert event.decoded("dtstart") == AHEAD
    assert str(event["description"]) == (
        "input tokens: 2 USD per 1,000,000\noutput tokens: 4 USD per 1,000,000"
    )


def test_ends_are_whole_days_and_stay_for_a_month(at_noon: None, client: Client) -> None:
    found = events(client)
    retired = found["retired-20260801-deepseek/deepseek-v4-pro@ratecard"]
    assert retired.decoded("dtstart") == date(2026, 8, 1)
    assert str(retired["summary"]) == "deepseek/deepseek-v4-pro is retired"
    assert "deprecated-20260520-deepseek/deepseek-v4-pro@ratecard" in found
    sold = Offer.objects.get(fact_series__name="deprecated_on")
    say(fact(sold, "2026-04-20", name="deprecated_on", cause="changed"))
    assert not any(uid.startswith("deprecated") for uid in events(client))


def test_a_cancelled_announcement_is_in_it_no_more(at_noon: None, client: Client) -> None:
    pro = offer("deepseek", "deepseek-v4-pro").offer_id
    cancelled = {"state": PricePoint.State.RETRACTED, "cause": PricePoint.Cause.CANCELLED}
    say(*(point(pro, None, starts=AHEAD, meter=meter, **cancelled)
          for meter in ("input_tokens", "output_tokens")))  # fmt: skip
    assert not any(uid.startswith("price") for uid in events(client))

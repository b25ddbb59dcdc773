"""A message: what it says, how it is signed, and what each answer to it comes to."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from registry.catalog.models import Offer
from registry.ledger.models import PricePoint
from registry.pipeline.announce import AT_ONCE, announce
from registry.webhooks.endpoints import disable, enable, open_endpoint, replay, rotate_secret
from registry.webhooks.models import Delivery, Endpoint
from registry.webhooks.schedule import PAUSES
from scrapers.fetch import FetchSettings
from tests.ledger.saying import day, point, say
from tests.webhooks.conftest import LOOPBACK
from tests.webhooks.receiver import Receiver

REPRICED = {"cause": PricePoint.Cause.REPRICED}


def test_a_message_carries_the_changes_of_its_revision(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    say(point(offer, "1.74"))
    say(point(offer, "0.87", starts=day(26), **REPRICED))
    told = announce(sending)
    assert (told.owed, told.delivered, told.failed) == (2, 2, 0)
    first, second = sorted(listener.taken, key=lambda told: told["data"]["revision"]["number"])
    assert second["type"] == "revision.published"
    [item] = second["data"]["items"]
    assert (item["before"]["amount"], item["now"]["amount"]) == ("1.74", "0.87")
    assert second["data"]["more"] is None
    assert first["data"]["revision"]["number"] == 1


def test_nothing_is_told_twice_once_it_was_taken(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    say(point(offer))
    announce(sending)
    announce(sending)
    assert listener.revisions == [1]


def test_what_was_published_before_an_endpoint_was_opened_is_not_told(
    offer: Offer, owner: int, listener: Receiver, sending: FetchSettings
) -> None:
    say(point(offer))
    _, listener.secret = open_endpoint(owner, listener.address, wanted={}, policy=LOOPBACK)
    say(point(offer, "2", starts=day(26)))
    announce(sending)
    assert listener.revisions == [2]


def test_only_what_was_asked_for_is_told(
    offer: Offer, owner: int, listener: Receiver, sending: FetchSettings
) -> None:
    wanted = {"provider": "deepseek", "cause": "repriced"}
    _, listener.secret = open_endpoint(owner, listener.address, wanted=wanted, policy=LOOPBACK)
    say(point(offer))
    say(point(offer, "2", starts=day(26), **REPRICED), point(offer, "9", meter="output_tokens"))
    announce(sending)
    [message] = listener.taken
    assert message["data"]["changes"] == 1
    assert [item["cause"] for item in message["data"]["items"]] == ["repriced"]


def test_a_long_revision_points_to_the_rest(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    say(*(point(offer, "1", terms=f"context_over={n}") for n in range(1, 131)))
    announce(sending)
    [message] = listener.taken
    assert (message["data"]["changes"], len(message["data"]["items"])) == (130, 100)
    assert message["data"]["more"] == "/api/v1/changes?since=0"


def test_a_failure_is_tried_again_at_its_time_with_the_same_message(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    say(point(offer))
    listener.answers = lambda number: 503 if number == 0 else 200
    announce(sending)
    [owed] = Delivery.objects.all()
    assert (owed.state, owed.attempts, owed.answer[:3]) == ("pending", 1, "503")
    announce(sending)
    assert listener.taken == []
    with time_machine.travel(timezone.now() + PAUSES[0] + timedelta(seconds=1)):
        announce(sending)
    assert listener.ids == [f"msg_{endpoint.pk}_1"]


def test_a_receiver_that_wishes_to_be_left_alone_is(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    say(point(offer))
    listener.answers = lambda number: 429
    listener.headers = {"retry-after": "3600"}
    before = timezone.now()
    announce(sending)
    assert Delivery.objects.get().due_at >= before + timedelta(hours=1)


def test_after_the_last_attempt_it_is_given_up_and_can_be_replayed(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    say(point(offer))
    listener.answers = lambda number: 500
    moment = timezone.now()
    for pause in (timedelta(), *PAUSES):
        moment += pause + timedelta(seconds=1)
        with time_machine.travel(moment):
            announce(sending)
    owed = Delivery.objects.get()
    assert (owed.state, owed.attempts) == ("failed", len(PAUSES) + 1)
    listener.answers = lambda number: 200
    replay(owed, now=moment)
    with time_machine.travel(moment):
        announce(sending)
    assert listener.revisions == [1]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings, status: int
) -> None:
    say(point(offer))
    listener.answers = lambda number: status
    listener.headers = {"location": listener.address.replace("/told", "/elsewhere")}
    announce(sending)
    assert (Delivery.objects.get().state, listener.asked) == ("pending", 1)


def test_a_receiver_that_is_gone_is_told_no_more(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    say(point(offer))
    listener.answers = lambda number: 410
    announce(sending)
    say(point(offer, "2", starts=day(26)))
    announce(sending)
    endpoint.refresh_from_db()
    assert endpoint.disabled_because == "the receiver answered 410 Gone"
    assert listener.asked == 1


def test_what_was_published_while_it_was_disabled_is_told_when_it_is_enabled(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    disable(endpoint, because="by its owner", now=timezone.now())
    say(point(offer))
    announce(sending)
    assert listener.taken == []
    enable(endpoint, now=timezone.now())
    announce(sending)
    assert listener.revisions == [1]


def test_for_a_day_a_receiver_may_know_the_old_secret_or_the_new(
    offer: Offer, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    old = listener.secret
    new = rotate_secret(endpoint, now=timezone.now())
    for number, secret in enumerate((old, new)):
        listener.secret = secret
        say(point(offer, "1", starts=day(26 + number)))
        announce(sending)
    assert listener.revisions == [1, 2]
    listener.secret = old
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        say(point(offer, "3", starts=day(29)))
        announce(sending)
    assert (listener.revisions, listener.refused) == ([1, 2], 1)


def test_an_endpoint_that_gives_no_answer_leaves_the_others_their_turn(
    offer: Offer, owner: int, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    silent, _ = open_endpoint(owner, "http://127.0.0.1:1/told", wanted={}, policy=LOOPBACK)
    for number in range(3 * AT_ONCE):
        say(point(offer, str(number + 1), starts=day(1) + timedelta(hours=number)))
    announce(sending)
    assert sorted(listener.revisions) == list(range(1, 3 * AT_ONCE + 1))
    tried = Delivery.objects.filter(endpoint=silent, attempts__gt=0).count()
    assert 0 < tried <= AT_ONCE

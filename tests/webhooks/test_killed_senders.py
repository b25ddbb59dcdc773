"""Whatever dies whenever: each revision is told at least once, and its number gives the order."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from registry.catalog.models import Offer
from registry.pipeline import announce as sender
from registry.webhooks import outbox
from registry.webhooks.models import Delivery, Endpoint
from scrapers.fetch import FetchSettings
from tests.ledger.saying import day, point, say
from tests.webhooks.receiver import Receiver

REVISIONS = 60
# Of one step; a round of sixteen messages has three dozen of them, so that most of them die.
_DEADLY = 1 / 40


class Killed(BaseException):
    """As a process that ends there."""


def _dying(monkeypatch: pytest.MonkeyPatch, dice: random.Random) -> None:
    """Now and then a call of a step ends the sender, before or after the step."""
    for module, name in (
        (sender, "post"),
        (sender, "delivered"),
        (sender, "failed"),
        (outbox, "_touched"),
    ):
        step = getattr(module, name)

        def mortal(*args: object, _step: object = step, **kwargs: object) -> object:
            if dice.random() < _DEADLY:
                raise Killed
            answer = _step(*args, **kwargs)  # type: ignore[operator]
            if dice.random() < _DEADLY:
                raise Killed
            return answer

        monkeypatch.setattr(module, name, mortal)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_revision_arrives_though_senders_die_and_receivers_fail(
    offer: Offer,
    endpoint: Endpoint,
    listener: Receiver,
    sending: FetchSettings,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    dice = random.Random(seed)  # noqa: S311
    listener.answers = lambda number: 500 if dice.random() < 0.3 else 200
    for number in range(REVISIONS):
        say(point(offer, str(number + 1), starts=day(1) + timedelta(hours=number)))
    _dying(monkeypatch, dice)
    moment = timezone.now()
    deaths = 0
    for _ in range(300):
        with time_machine.travel(moment):
            try:
                sender.announce(sending)
            except Killed:
                deaths += 1
        if not Delivery.objects.exclude(state="delivered").exists() and listener.taken:
            break
        moment += timedelta(minutes=3)
    assert deaths > 5
    assert sorted(set(listener.revisions)) == list(range(1, REVISIONS + 1))
    assert len(set(listener.ids)) == REVISIONS
    assert listener.refused == 0

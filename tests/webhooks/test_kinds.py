"""Prices, scores and facts: each in messages of its own, to whoever asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Lab, Model, Offer
from registry.pipeline.announce import announce
from registry.webhooks.endpoints import EndpointRefused, open_endpoint
from registry.webhooks.models import Delivery, Endpoint, Kind
from scrapers.fetch import FetchSettings
from tests.ledger.saying import day, point, say
from tests.ledger.scoring import score
from tests.ledger.stating import fact
from tests.webhooks.conftest import LOOPBACK
from tests.webhooks.receiver import Receiver

Publish = Callable[[], None]


@pytest.fixture
def publish(offer: Offer) -> Publish:
    """One revision with a price, a score and two facts, then one with a price alone."""
    lab = Lab.objects.create(slug="deepseek", name="DeepSeek")
    model = Model.objects.create(lab=lab, slug="deepseek-v4-pro", name="DeepSeek V4 Pro")
    Offer.objects.filter(pk=offer.pk).update(model=model)
    verified = sync_benchmarks()["swe-bench-verified"]

    def twice() -> None:
        facts = fact(model, 1_000_000), fact(offer, "2026-12-01", name="retires_on")
        say(point(offer), score(model, verified), *facts)
        say(point(offer, "2", starts=day(26)))

    return twice


def opened(owner: int, listener: Receiver, *kinds: Kind, **wanted: str) -> Endpoint:
    endpoint, listener.secret = open_endpoint(
        owner, listener.address, kinds=kinds, wanted=wanted, policy=LOOPBACK
    )
    return endpoint


def told(listener: Receiver) -> list[tuple[str, int, int]]:
    """Event, revision and count of each message, in no order of its own."""
    return sorted(
        (one["type"], one["data"]["revision"]["number"], one["data"]["changes"])
        for one in listener.taken
    )


def test_each_kind_comes_in_messages_of_its_own(
    publish: Publish, owner: int, listener: Receiver, sending: FetchSettings
) -> None:
    endpoint = opened(owner, listener, *Kind)
    publish()
    announce(sending)
    assert told(listener) == [
        ("facts.published", 1, 2),
        ("revision.published", 1, 1),
        ("revision.published", 2, 1),
        ("scores.published", 1, 1),
    ]
    number = endpoint.pk
    assert set(listener.ids) == {
        f"msg_{number}_1", f"msg_{number}_1_scores", f"msg_{number}_1_facts", f"msg_{number}_2"
    }  # fmt: skip


def test_items_are_those_of_the_kinds_own_feed(
    publish: Publish, owner: int, listener: Receiver, sending: FetchSettings
) -> None:
    opened(owner, listener, Kind.SCORES, Kind.FACTS, model="deepseek/deepseek-v4-pro")
    publish()
    announce(sending)
    items: dict[str, Any] = {one["type"]: one["data"]["items"] for one in listener.taken}
    assert [one["now"]["value"] for one in items["scores.published"]] == ["80.6"]
    assert [(one["of"], one["now"]["value"]) for one in items["facts.published"]] == [
        ("model", 1_000_000),
        ("offer", "2026-12-01"),
    ]


def test_whoever_asked_for_prices_gets_what_it_got(
    publish: Publish, endpoint: Endpoint, listener: Receiver, sending: FetchSettings
) -> None:
    publish()
    announce(sending)
    assert told(listener) == [("revision.published", 1, 1), ("revision.published", 2, 1)]


def test_a_kind_is_filtered_as_its_feed_is(
    publish: Publish, owner: int, listener: Receiver, sending: FetchSettings
) -> None:
    opened(owner, listener, Kind.FACTS, name="retires_on")
    publish()
    announce(sending)
    assert told(listener) == [("facts.published", 1, 1)]


def test_more_leads_to_the_feed_of_the_kind(
    publish: Publish, owner: int, listener: Receiver, sending: FetchSettings
) -> None:
    opened(owner, listener, Kind.FACTS)
    lab = Lab.objects.get()
    models = [Model.objects.create(lab=lab, slug=f"m{n}", name=f"M{n}") for n in range(130)]
    say(*map(fact, models))
    announce(sending)
    [message] = listener.taken
    assert (message["data"]["changes"], len(message["data"]["items"])) == (130, 100)
    assert message["data"]["more"] == "/api/v1/changes/facts?since=0"


@pytest.mark.parametrize(
    ("kinds", "wanted", "field"),
    [
        ((Kind.SCORES,), {"provider": "openai"}, "wanted.provider"),
        ((Kind.PRICES, Kind.FACTS), {"meter": "input_tokens"}, "wanted.meter"),
        ((Kind.PRICES, Kind.SCORES), {"cause": "repriced"}, "wanted.cause"),
    ],
)
def test_a_wish_that_a_kind_cannot_heed_is_refused(
    owner: int, listener: Receiver, kinds: tuple[Kind, ...], wanted: Any, field: str
) -> None:
    with pytest.raises(EndpointRefused) as refused:
        opened(owner, listener, *kinds, **wanted)
    assert refused.value.field == field
    assert not Delivery.objects.exists()

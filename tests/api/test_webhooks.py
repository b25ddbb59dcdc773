"""Owners manage their webhooks over HTTP, and nobody else's."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from registry.access.keys import issue
from registry.pipeline.announce import announce
from registry.webhooks.models import Delivery, Endpoint
from registry.webhooks.outbox import fan_out
from scrapers.fetch import AddressPolicy, FetchSettings
from tests.webhooks.receiver import receiver

pytestmark = pytest.mark.usefixtures("registry")
ADDRESS = "https://billing.example.org/told"

Call = Callable[..., Any]


@pytest.fixture
def call(client: Client) -> Call:
    """Calls as the owner of a key; ``status`` is what the answer must be."""
    _, text = issue("a router", ["webhooks"], by="admin")

    def ask(method: str, path: str, body: Any = None, status: int = 200, key: str = text) -> Any:
        answer = client.generic(
            method,
            f"/api/v1/{path}",
            "" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"authorization": f"Bearer {key}"},
        )
        assert answer.status_code == status, answer.content
        return answer.json() if answer.content else None

    return ask


def opened(call: Call, **body: Any) -> Any:
    return call("POST", "webhooks", {"address": ADDRESS} | body, 201)["webhook"]


def test_a_webhook_is_opened_seen_and_closed(call: Call) -> None:
    made = opened(call, description="billing", wanted={"model": "deepseek/deepseek-v4-pro"})
    assert made["secret"].startswith("whsec_")
    assert made["told_to"] == 3
    [listed] = call("GET", "webhooks")["items"]
    assert listed == made | {"secret": None}
    assert call("GET", f"webhooks/{made['id']}")["webhook"] == listed
    call("DELETE", f"webhooks/{made['id']}", status=204)
    assert call("GET", "webhooks")["items"] == []


def test_the_secret_is_kept_as_nobody_can_read_it(call: Call) -> None:
    secret = opened(call)["secret"]
    assert secret.encode() not in bytes(Endpoint.objects.get().secret)


def test_nobody_sees_anybody_elses(call: Call) -> None:
    number = opened(call)["id"]
    _, other = issue("another", ["webhooks"], by="admin")
    assert call("GET", "webhooks", key=other)["items"] == []
    for method, path in (
        ("GET", ""),
        ("DELETE", ""),
        ("POST", "/secret"),
        ("POST", "/disable"),
        ("GET", "/deliveries"),
        ("POST", "/deliveries/1/replay"),
    ):
        call(method, f"webhooks/{number}{path}", status=404, key=other)


def test_a_key_is_needed_and_one_for_this(call: Call, client: Client) -> None:
    assert client.get("/api/v1/webhooks").status_code == 401
    _, reader = issue("a reader", ["read"], by="admin")
    assert call("GET", "webhooks", status=403, key=reader)["code"] == "permission_denied"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "address"),
        ({"address": "http://127.0.0.1/told"}, "address"),
        ({"address": "https://10.0.0.1/told"}, "address"),
        ({"address": "http://billing.example.org/told"}, "address"),
        ({"address": ADDRESS, "wanted": {"colour": "red"}}, "wanted.colour"),
        ({"address": ADDRESS, "wanted": {"cause": "repricing"}}, "wanted.cause"),
        ({"address": ADDRESS, "kinds": []}, "kinds"),
        ({"address": ADDRESS, "kinds": ["prices", "news"]}, "kinds[1]"),
        ({"address": ADDRESS, "kinds": ["scores"], "wanted": {"of": "model"}}, "wanted.of"),
        ({"address": ADDRESS, "wanted": {"cause": "rescored"}}, "wanted.cause"),
        ({"address": ADDRESS, "secret": "mine"}, "secret"),
    ],
)
def test_what_cannot_be_opened_is_named(call: Call, body: Any, field: str) -> None:
    [fault] = call("POST", "webhooks", body, 400)["errors"]
    assert fault["field"] == field
    assert not Endpoint.objects.exists()


def test_a_webhook_too_many_is_refused(call: Call) -> None:
    for _ in range(20):
        opened(call)
    [fault] = call("POST", "webhooks", {"address": ADDRESS}, 400)["errors"]
    assert fault["expected"] == "at most 20 endpoints a key"


def test_a_rotated_secret_is_another(call: Call) -> None:
    made = opened(call)
    again = call("POST", f"webhooks/{made['id']}/secret")["webhook"]["secret"]
    assert again.startswith("whsec_")
    assert again != made["secret"]


def test_disabled_and_enabled_again(call: Call) -> None:
    number = opened(call)["id"]
    off = call("POST", f"webhooks/{number}/disable")["webhook"]
    assert off["disabled_because"] == "by its owner"
    assert call("POST", f"webhooks/{number}/enable")["webhook"]["disabled_at"] is None


def test_deliveries_are_listed_and_replayed(call: Call, settings: Settings, tmp_path: Path) -> None:
    settings.FETCH_EXEMPT_HOSTS = frozenset({"127.0.0.1"})
    sending = FetchSettings(
        contact="https://registry.example/contact",
        version="1",
        slot_directory=tmp_path,
        policy=AddressPolicy(allow_hosts=settings.FETCH_EXEMPT_HOSTS),
    )
    with receiver() as listening:
        made = opened(call, address=listening.address)
        listening.secret = made["secret"]
        Endpoint.objects.update(told_to=0)
        announce(sending)
        deliveries = f"webhooks/{made['id']}/deliveries"
        first = call("GET", f"{deliveries}?limit=2")
        assert [one["revision"] for one in first["items"]] == [3, 2]
        rest = call("GET", first["next"].removeprefix("/api/v1/"))
        assert [one["revision"] for one in rest["items"]] == [1]
        assert {one["state"] for one in first["items"]} == {"delivered"}
        again = call("POST", f"{deliveries}/2/replay")["delivery"]
        assert (again["state"], again["attempts"]) == ("pending", 0)
        announce(sending)
    # Several go out at once, so that they come in any order.
    *at_first, at_last = listening.revisions
    assert (sorted(at_first), at_last) == ([1, 2, 3], 2)
    assert len(set(listening.ids)) == 3


def test_deliveries_of_one_revision_are_told_apart_by_their_kind(call: Call) -> None:
    made = opened(call, kinds=["prices", "facts", "facts"])
    assert made["kinds"] == ["prices", "facts"]
    for kind in ("prices", "facts"):
        Delivery.objects.create(
            endpoint_id=made["id"], revision=3, kind=kind, changes=1, due_at=timezone.now()
        )
    deliveries = f"webhooks/{made['id']}/deliveries"
    first = call("GET", f"{deliveries}?limit=1")
    [rest] = call("GET", first["next"].removeprefix("/api/v1/"))["items"]
    ids = [first["items"][0]["message_id"], rest["message_id"]]
    assert ids == [f"msg_{made['id']}_3_facts", f"msg_{made['id']}_3"]
    assert call("POST", f"{deliveries}/3/replay?kind=facts")["delivery"]["kind"] == "facts"
    call("POST", f"{deliveries}/3/replay?kind=scores", status=404)


def test_a_delivery_that_is_not_owed_is_not_found(call: Call) -> None:
    number = opened(call)["id"]
    fan_out(now=timezone.now())
    assert not Delivery.objects.exists()
    call("POST", f"webhooks/{number}/deliveries/1/replay", status=404)

"""An answer of thirty rows takes no more statements than one of three."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.catalog.models import Offer
from tests.ledger.saying import point, say
from tests.pipeline.bodies import models_dev
from tests.pipeline.taking import deliver

SELLERS = ("deepseek", "openrouter", "azure", "novita", "together", "fireworks", "groq", "baseten",
           "nebius", "venice")  # fmt: skip
PRICES = {"input": "1.74", "output": "3.48"}


@pytest.fixture
def thirty_offers(sources: None) -> None:
    """Ten sellers of three ids each, in one revision; thirty more of a curator's corrections."""
    rows = {
        f"{seller}/deepseek-v4-{kind}": PRICES
        for seller in SELLERS
        for kind in ("pro", "flash", "lite")
    }
    deliver("models-dev", models_dev(rows), "2026-05-01")
    for pk in Offer.objects.values_list("pk", flat=True):
        say(point(pk, "1.5"))


def statements(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, answer.content
    return len(captured)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("offers?", 2),
        ("offers?expand=rate_card&", 4),
        ("offers?expand=rate_card&at=2026-05-20&revision=1&", 4),
        ("models?", 2),
        ("labs?", 2),
        ("providers?", 2),
        ("sources?", 2),
        ("revisions?", 2),
        ("changes?", 3),
    ],
)
def test_a_list_of_three_and_of_thirty(
    thirty_offers: None, client: Client, path: str, most: int
) -> None:
    few = statements(client, f"/api/v1/{path}limit=3")
    many = statements(client, f"/api/v1/{path}limit=30")
    assert few == many == most


def test_the_lists_are_long_enough_to_tell(thirty_offers: None, client: Client) -> None:
    assert len(client.get("/api/v1/offers?limit=30").json()["items"]) == 30
    assert len(client.get("/api/v1/revisions?limit=30").json()["items"]) == 30


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("", 7),
        ("models/deepseek/deepseek-v4-pro", 5),
        ("models/deepseek/deepseek-v4-pro?expand=offers&at=2026-05-20", 5),
        ("offers/deepseek/deepseek-v4-pro", 2),
        ("offers/deepseek/deepseek-v4-pro?expand=rate_card", 4),
        ("rate-cards/deepseek/deepseek-v4-pro", 4),
        ("history/deepseek/deepseek-v4-pro", 3),
        ("revisions/1", 1),
        ("labs/deepseek", 2),
        ("providers/deepseek", 2),
        ("sources/models-dev", 2),
    ],
)
def test_a_single_thing(thirty_offers: None, client: Client, path: str, most: int) -> None:
    assert statements(client, f"/api/v1/{path}") == most


PRO = "deepseek/deepseek-v4-pro"
OTHER = "deepseek/deepseek-v4-flash"
USAGE = {"input_tokens": 1_000, "output_tokens": 10}


@pytest.mark.parametrize(
    "path",
    [
        f"resolve?id={PRO}",
        f"compare?models={PRO},{OTHER}&workload=input_tokens:1M,output_tokens:1k&tasks=10",
        f"compare?models=openrouter/deepseek-v4-pro,{OTHER}",
    ],
)
def test_a_question_in_an_address(thirty_offers: None, client: Client, path: str) -> None:
    statements(client, f"/api/v1/{path}")
    assert statements(client, f"/api/v1/{path}") <= 8


@pytest.mark.parametrize("many", [3, 30])
def test_a_question_that_is_posted(thirty_offers: None, client: Client, many: int) -> None:
    refs = [str(one) for one in Offer.objects.order_by("pk")[:many]]
    routes = [{"offer": ref, "share": "1"} for ref in refs[:1]]
    bodies: dict[str, Any] = {
        "resolve": {"ids": [{"id": ref} for ref in refs]},
        "cost": {"usages": [{"offer": ref, "usage": USAGE} for ref in refs]},
        "workloads": {"usage": USAGE, "models": refs},
        "scenarios": {
            "usage": USAGE,
            "baseline": {"routes": routes},
            "options": [{"name": ref, "routes": [{"offer": ref}]} for ref in refs[:10]],
        },
    }
    for path, body in bodies.items():
        for _ in range(2):
            with CaptureQueriesContext(connection) as captured:
                answer = client.post(f"/api/v1/{path}", body, content_type="application/json")
            assert answer.status_code == 200, answer.content
        assert len(captured) <= 8

"""Questions that are posted: what is taken, and how a mistake is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.api.conftest import Ask

RESOLVE = "/api/v1/resolve"


def send(client: Client, sent: Any, **extra: Any) -> Any:
    """The answer to a posted question, text as it stands."""
    return client.post(RESOLVE, sent, content_type="application/json", **extra)


@pytest.mark.parametrize(
    ("sent", "field", "value", "nearest"),
    [
        ({}, "ids", "nothing", None),
        ({"ids": []}, "ids", "0 values", None),
        ({"ids": "gpt-5.5"}, "ids", "gpt-5.5", None),
        ({"ids": [{"id": 5}]}, "ids[0].id", "5", None),
        ({"ids": [{"id": "a"}, {"id": ""}]}, "ids[1].id", "", None),
        ({"ids": [{"id": "a", "provder": "b"}]}, "ids[0].provder", "b", "provider"),
        ({"idz": [], "ids": [{"id": "a"}]}, "idz", "[]", "ids"),
        ([], "body", "[]", None),
        (b"null", "body", "null", None),
        ({"ids": [{"id": "a"}] * 1_001}, "ids", "1,001 values", None),
    ],
)
def test_a_mistake_is_told_with_its_path(
    db: None, client: Client, sent: Any, field: str, value: str, nearest: str | None
) -> None:
    answer = send(client, sent)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    [error] = answer.json()["errors"]
    assert (error["field"], error["value"], error["nearest"]) == (field, value, nearest)
    assert error["expected"]


def test_all_mistakes_are_told_at_once(db: None, client: Client) -> None:
    errors = send(client, {"ids": [{"id": 1}, {"provider": "x y"}], "more": 1}).json()["errors"]
    assert [error["field"] for error in errors] == [
        "more",
        "ids[0].id",
        "ids[1].id",
        "ids[1].provider",
    ]


@pytest.mark.parametrize(
    "text", ["", "{", '{"ids": NaN}', '{"ids": 1, "ids": 2}', "[" * 100_000, '"\\ud800"', "\xff"]
)
def test_what_is_no_plain_json_is_refused(db: None, client: Client, text: str) -> None:
    assert send(client, text.encode("latin-1")).status_code == 400


def test_another_format_is_refused_by_its_name(db: None, client: Client) -> None:
    answer = client.post(RESOLVE, "id=x", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 415
    assert answer["Content-Type"] == "application/problem+json"


def test_a_posted_question_has_no_parameters_and_is_not_kept(ask: Ask, client: Client) -> None:
    assert client.post(f"{RESOLVE}?id=x", {}, content_type="application/json").status_code == 400
    answer = send(client, {"ids": [{"id": "gpt-5.5", "provider": None}]})
    assert answer["Cache-Control"] == "no-store"
    assert "ETag" not in answer


def test_many_ids_are_answered_in_their_order(ask: Ask, client: Client) -> None:
    written = ["gpt-5.5", "nonsense", "openrouter/deepseek/deepseek-v4-pro", "models/x"]
    items = send(client, {"ids": [{"id": one} for one in written]}).json()["items"]
    assert [item["asked"] for item in items] == written
    offers = [item["offer"] and item["offer"]["id"] for item in items]
    assert offers == ["openai/gpt-5.5", None, "openrouter/deepseek/deepseek-v4-pro", None]


def test_one_id_is_asked_by_address(ask: Ask) -> None:
    [item] = ask("resolve?id=deepseek/deepseek-v4-pro")["items"]
    assert item["offer"] == {
        "id": "deepseek/deepseek-v4-pro",
        "matched": "exact",
        "address": "/api/v1/offers/deepseek/deepseek-v4-pro",
    }
    [error] = ask("resolve?provider=openai", status=400)["errors"]
    assert (error["field"], error["value"]) == ("id", "nothing")


def test_more_than_is_read_is_refused_with_the_limit(
    db: None, client: Client, settings: Settings
) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000
    assert send(client, {"ids": [{"id": "a"}]}).status_code == 200
    answer = send(client, {"ids": [{"id": "a" * 100}] * 10})
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    [error] = answer.json()["errors"]
    assert (error["field"], error["expected"]) == ("body", "at most 1000 bytes")

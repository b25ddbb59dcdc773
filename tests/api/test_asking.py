"""How the API is asked: ids with slashes, pages, filters, and mistakes that are told."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Ask


@pytest.mark.parametrize("written", ["deepseek/deepseek-v4-pro", "deepseek%2Fdeepseek-v4-pro"])
def test_an_id_with_slashes_may_be_written_either_way(ask: Ask, written: str) -> None:
    assert ask(f"offers/openrouter/{written}")["offer"]["provider"] == "openrouter"


def test_pages_follow_each_other_without_gap_or_repeat(ask: Ask) -> None:
    seen: list[str] = []
    path: str | None = "offers?limit=1"
    while path:
        page = ask(path)
        seen += [offer["id"] for offer in page["items"]]
        path = page["next"].removeprefix("/api/v1/") if page["next"] else None
    assert seen == sorted(set(seen))
    assert len(seen) == 3


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("provider=openai", ["openai/gpt-5.5"]),
        ("lab=openai", ["openai/gpt-5.5"]),
        ("model=openai/gpt-5.5", ["openai/gpt-5.5"]),
        ("provider=nobody", []),
    ],
)
def test_offers_by_filter(ask: Ask, question: str, ids: list[str]) -> None:
    assert [offer["id"] for offer in ask(f"offers?{question}")["items"]] == ids


@pytest.mark.parametrize(
    ("question", "field", "value"),
    [
        ("provder=x", "provder", "x"),
        ("at=yesterday", "at", "yesterday"),
        ("at=2026-02-30", "at", "2026-02-30"),
        ("revision=-1", "revision", "-1"),
        ("revision=999", "revision", "999"),
        ("limit=501", "limit", "501"),
        ("limit=many", "limit", "many"),
        ("tier=gold", "tier", "gold"),
    ],
)
def test_a_mistake_names_field_value_and_expectation(
    ask: Ask, client: Client, question: str, field: str, value: str
) -> None:
    answer = client.get(f"/api/v1/offers?{question}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    [error] = answer.json()["errors"]
    assert (error["field"], error["value"]) == (field, value)
    assert error["expected"]


def test_an_unknown_parameter_is_told_the_nearest_name(ask: Ask) -> None:
    [error] = ask("offers?provder=x", status=400)["errors"]
    assert error["nearest"] == "provider"


@pytest.mark.parametrize(
    "path",
    ["offers/deepseek/none", "models/deepseek/none", "labs/none", "providers/none",
     "sources/none", "receipts/999999", "revisions/999", "history/a/b", "rate-cards/a/b"],
)  # fmt: skip
def test_what_is_not_held_is_said_so(ask: Ask, path: str) -> None:
    assert ask(path, status=404)["status"] == 404


@pytest.mark.parametrize(
    "path", ["labs", "providers", "models", "offers?expand=rate_card", "sources", "revisions"]
)
def test_a_list_takes_as_many_queries_for_one_row_as_for_all(
    ask: Ask, client: Client, path: str
) -> None:
    joint = "&" if "?" in path else "?"
    counts = []
    for limit in (1, 100):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(f"{path}{joint}limit={limit}")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_the_contract_is_openapi_with_an_example_for_every_operation(
    ask: Ask, client: Client
) -> None:
    contract = client.get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    assert contract["openapi"].startswith("3.1")
    for path, operations in contract["paths"].items():
        for operation in operations.values():
            assert operation["operationId"]
            answered = [told for code, told in operation["responses"].items() if code[0] == "2"]
            for media in answered[0].get("content", {}).values():
                assert media.get("examples") or "snapshots" in path, path


def test_the_page_of_the_contract_asks_nobody_else(ask: Ask, client: Client) -> None:
    page = client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert b"https://" not in page.content

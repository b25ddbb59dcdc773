"""Every price that stands, as one flat list: filters, orders, pages."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.catalog.models import Model
from registry.selectors.rate_cards import RATE_STATUSES as STATUSES
from tests.api.conftest import Ask
from tests.pipeline.taking import moment

AT = "at=2026-05-01"


def amounts(answer: dict[str, list[dict[str, dict[str, str]]]]) -> set[str]:
    return {item["rate"]["amount"] for item in answer["items"]}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("provider=deepseek", {"1.74", "3.48", "0.145"}),
        ("provider=openrouter", {"1.6", "3.2"}),
        ("lab=openai&meter=input_tokens", {"5", "10"}),
        ("model=openai/gpt-5.5&meter=input_tokens&amount_to=5", {"5"}),
        ("amount_from=10&amount_to=30", {"10", "30"}),
        ("q=V4&meter=output_tokens", {"3.48", "3.2"}),
        ("tier=batch", set()),
        ("tier=standard&meter=cache_read_tokens", {"0.145", "0.5", "1"}),
        ("changed_since=2026-04-25", {"1.6", "3.2"}),
        ("currency=CNY", set()),
        ("region=eu", set()),
        ("context_at_least=1", set()),
        ("modality=image", set()),
        ("open_weights=true", set()),
        ("licence=MIT", set()),
    ],
)
def test_prices_by_filter(ask: Ask, question: str, expected: set[str]) -> None:
    assert amounts(ask(f"prices?{AT}&{question}")) == expected


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("context_at_least=1000000", True),
        ("context_at_least=1000001", False),
        ("modality=image", True),
        ("modality=audio", False),
        ("open_weights=true", True),
        ("open_weights=false", False),
        ("licence=mit", True),
        ("licence=Apache-2.0", False),
        ("q=deepseek-v4", True),
        ("q=v5", False),
    ],
)
def test_prices_by_what_the_model_is(ask: Ask, question: str, kept: bool) -> None:
    model = Model.objects.filter(slug="deepseek-v4-pro")
    model.update(
        context_tokens=1_000_000,
        input_modalities=["text", "image"],
        open_weights=True,
        licence="MIT",
    )
    rows = ask(f"prices?{AT}&{question}&lab=deepseek&limit=500")["items"]
    whole = ask(f"prices?{AT}&lab=deepseek&limit=500")["items"]
    assert {row["offer"].partition("/")[0] for row in whole} == {"deepseek", "openrouter"}
    assert rows == (whole if kept else [])


def test_a_row_says_all_that_is_known_of_it(ask: Ask) -> None:
    [row] = ask("prices?at=2026-06-15&provider=deepseek&meter=input_tokens&convert_to=EUR")["items"]
    assert (row["offer"], row["model"]) == ("deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-pro")
    rate = row["rate"]
    assert (rate["amount"], rate["currency"], rate["per"], rate["unit"]) == (
        "0.87",
        "USD",
        1_000_000,
        "token",
    )
    assert (rate["starts_at"], row["last_seen_at"]) == ("2026-05-30T00:00:00Z",) * 2
    assert row["converted"]["currency"] == "EUR"
    assert row["converted"]["on"] <= "2026-06-15"


def test_an_earlier_revision_has_the_prices_that_it_knew(ask: Ask) -> None:
    assert "1.6" in amounts(ask(f"prices?{AT}&revision=2"))
    assert "1.6" not in amounts(ask(f"prices?{AT}&revision=1"))


def test_by_amount_from_the_greatest(ask: Ask) -> None:
    rows = ask(f"prices?{AT}&sort=-amount&limit=3")["items"]
    assert [row["rate"]["amount"] for row in rows] == ["45", "30", "10"]


def test_a_cursor_of_another_order_is_refused(ask: Ask) -> None:
    page = ask(f"prices?{AT}&sort=offer&limit=1")
    cursor = page["next"].partition("cursor=")[2]
    [error] = ask(f"prices?{AT}&sort=amount&cursor={cursor}", status=400)["errors"]
    assert error["field"] == "cursor"


def test_many_rows_take_as_many_statements_as_few(ask: Ask, client: Client) -> None:
    counts = []
    for limit in (3, 30):
        with CaptureQueriesContext(connection) as captured:
            ask(f"prices?{AT}&limit={limit}")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("day", ["2026-06-15", "2027-06-15"])
def test_the_status_that_is_asked_for_is_the_one_that_rows_tell(ask: Ask, day: str) -> None:
    with time_machine.travel(moment(day)):
        rows = ask("prices")["items"]
        told = {status: [r for r in rows if r["rate"]["status"] == status] for status in STATUSES}
        assert any(told.values())
        for status, expected in told.items():
            assert ask(f"prices?status={status}")["items"] == expected


def test_about_the_past_the_status_is_the_stored_one(ask: Ask) -> None:
    with time_machine.travel(moment("2027-06-15")):
        assert ask(f"prices?{AT}&status=stale")["items"] == []
        assert ask(f"prices?{AT}&status=single")["items"]

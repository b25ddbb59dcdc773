"""The tools as an assistant's client finds and calls them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from django.core.wsgi import get_wsgi_application
from mcp import Client

from registry.catalog.models import Model
from registry.client.mcp_server import mcp_server
from registry.client.server import Server
from tests.client.relay import Relay
from tests.ledger.saying import say
from tests.ledger.stating import fact

TOOLS = {"resolve", "price", "cost", "compare", "history", "frontier", "changes"}

Call = Callable[..., Any]


@pytest.fixture
def call(registry: None, one_connection: None) -> Call:
    """Calls a tool and gives its JSON, or the text of its error."""
    relay = Relay(httpx.WSGITransport(app=get_wsgi_application()))
    tools = mcp_server(Server("http://localhost", transport=relay))

    async def ask(name: str, asked: dict[str, Any]) -> Any:
        async with Client(tools) as client:
            answer = await client.call_tool(name, asked)
            text = "".join(part.text for part in answer.content if part.type == "text")
            return text if answer.is_error else json.loads(text)

    return lambda name, **asked: relay.answering(lambda: asyncio.run(ask(name, asked)))


def test_a_client_finds_every_tool_with_its_meaning() -> None:
    server = Server("http://localhost")

    async def listed() -> dict[str, str | None]:
        async with Client(mcp_server(server)) as client:
            return {tool.name: tool.description for tool in (await client.list_tools()).tools}

    found = asyncio.run(listed())
    assert set(found) == TOOLS
    assert all(found.values())


def test_a_price_with_its_receipt(call: Call) -> None:
    card = call("price", model="deepseek/deepseek-v4-pro", at="2026-04-25")
    [rate] = [rate for rate in card["rates"] if rate["meter"] == "input_tokens"]
    assert rate["amount"] == "1.74"
    assert rate["receipt"].startswith("/api/v1/receipts/")


def test_a_bill(call: Call) -> None:
    usage = {"input_tokens": 100_000, "output_tokens": 20_000}
    assert call("cost", model="openai/gpt-5.5", usage=usage)["items"][0]["total"] == "1.1"


def test_history_and_changes(call: Call) -> None:
    say(fact(Model.objects.get(slug="deepseek-v4-pro"), 1_000_000))
    history = call("history", model="deepseek/deepseek-v4-pro", meter="input_tokens")
    assert [period["amount"] for period in history["series"][0]["periods"]] == ["1.74", "0.87"]
    assert call("changes", limit=1)["items"][0]["cause"] == "repriced"
    assert call("changes", of="facts", limit=1)["items"][0]["now"]["value"] == 1_000_000
    assert call("changes", of="scores")["items"] == []


def test_a_refusal_is_told_in_words(call: Call) -> None:
    assert "not certain to be any offer" in call("price", model="gpt-nothing")
    assert "usages[0].usage.colour" in call("cost", model="openai/gpt-5.5", usage={"colour": 1})

"""A running server as tools reach it: over a socket, from processes of their own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from mcp import Client, StdioServerParameters
from pytest_django import DjangoDbBlocker, Settings

from registry.access.keys import issue
from registry.catalog.models import Offer
from registry.exports.bulk.export import export
from registry.exports.bulk.keeping import folder_of
from registry.pipeline.announce import announce
from registry.selectors.clocks import as_of
from scrapers.fetch import AddressPolicy, FetchSettings
from tests.clients.conftest import Ask
from tests.ledger.saying import point, say
from tests.webhooks.receiver import receiver

pytestmark = pytest.mark.clients

OPENCODE = "opencode/stable/1.4.0/cli"
GPT = "openai/gpt-5.5"

Run = Callable[..., Any]


def fetched(address: str, **headers: str) -> tuple[Any, bytes]:
    with urlopen(Request(address, headers=headers), timeout=30) as answer:  # noqa: S310 - our own
        return answer.headers, answer.read()


def test_opencode_finds_its_models_at_the_address_that_it_makes(server: str) -> None:
    headers, body = fetched(f"{server}/compat/models.dev/api.json", **{"User-Agent": OPENCODE})
    assert headers["Content-Type"] == "application/json"
    providers = json.loads(body)
    for name, provider in providers.items():
        assert provider["id"] == name
        assert isinstance(provider["name"], str)
        assert isinstance(provider["npm"], str)
        assert isinstance(provider["env"], list)
        for model in provider["models"].values():
            assert {"context", "output"} <= model["limit"].keys()
    sold = providers["openai"]["models"]["gpt-5.5"]
    assert (sold["cost"]["input"], sold["cost"]["output"]) == (5, 30)
    assert providers["openai"]["npm"] == "@ai-sdk/openai"


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def ratecard(db: None, server: str) -> Run:
    """Runs the command in a process of its own; the exit code is what it must be."""

    def run(*words: str, code: int = 0, address: str = server) -> Any:
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "registry.client", "--server", address, *words],
            capture_output=True,
            check=False,
            text=True,
            timeout=120,
        )
        assert done.returncode == code, (words, done.stderr[-500:])
        return done

    return run


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("price", "gpt-5.5", "--at", "2026-05-01"), "USD per 1,000,000 tokens"),
        (("cost", GPT, "--input", "100000", "--cached", "40000", "--output", "20000"), "0.92"),
        (("history", "deepseek/deepseek-v4-pro", "--meter", "input_tokens"), "1.74"),
        (("changes", "--cause", "repriced", "--limit", "5"), "repriced"),
        (("changes", "--of", "scores", "--limit", "5"), "benchmark"),
        (("changes", "--of", "facts", "--limit", "5"), "fact"),
        (("workload", GPT, "deepseek-v4-pro", "--input", "100000000", "--output", "20000000"),
         "1100"),
        (("compare", GPT, "deepseek-v4-pro"), "SWE-bench Verified"),
        (("frontier", "swe-bench-verified"), "Frontier of SWE-bench Verified"),
    ],
)  # fmt: skip
def test_every_question_has_a_table_and_json(
    ratecard: Run, words: tuple[str, ...], told: str
) -> None:
    assert told in ratecard(*words).stdout
    assert json.loads(ratecard("--json", *words).stdout)


def test_what_goes_wrong_is_told_by_code_and_in_words(ratecard: Run) -> None:
    assert "it may mean deepseek/" in ratecard("price", "deepseek-v4", code=1).stderr
    assert "at: 'yesterday'" in ratecard("price", GPT, "--at", "yesterday", code=1).stderr
    assert "nope" in ratecard("frontier", "nope", code=1).stderr
    assert "No such command" in ratecard("nosuch", code=2).stderr
    assert "--limit" in ratecard("changes", "--limit", "0", code=2).stderr
    nowhere = "http://127.0.0.1:1"
    assert nowhere in ratecard("changes", code=3, address=nowhere).stderr


# --- an assistant's tools ------------------------------------------------------------------------

CALLS: dict[str, dict[str, Any]] = {
    "resolve": {"id": "azure/eu/gpt-5.5-2026-04-23"},
    "price": {"model": "gpt-5.5", "at": "2026-05-01"},
    "cost": {"model": GPT, "usage": {"input_tokens": 100_000, "output_tokens": 20_000}},
    "compare": {"models": ["gpt-5.5", "deepseek-v4-pro"]},
    "history": {"model": "deepseek/deepseek-v4-pro", "meter": "input_tokens"},
    "frontier": {"benchmark": "swe-bench-verified"},
    "changes": {"of": "facts", "limit": 3},
}


def test_an_assistant_lists_and_calls_every_tool_over_standard_input(db: None, server: str) -> None:
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "registry.client", "mcp"],
        env={"RATECARD_SERVER": server},
        cwd=Path(__file__).resolve().parents[2],
    )

    async def asked() -> tuple[set[str], dict[str, Any]]:
        async with Client(started) as client:
            names = {tool.name for tool in (await client.list_tools()).tools}
            answers = {}
            for name, words in CALLS.items():
                answer = await client.call_tool(name, words)
                text = "".join(part.text for part in answer.content if part.type == "text")
                assert not answer.is_error, (name, text)
                answers[name] = json.loads(text)
            return names, answers

    names, answers = asyncio.run(asked())
    assert names == set(CALLS)
    assert answers["cost"]["items"][0]["total"] == "1.1"
    assert answers["resolve"]["items"][0]["model"]["id"] == GPT
    assert len(answers["changes"]["items"]) == 3


# --- bulk files ----------------------------------------------------------------------------------


@pytest.fixture
def served(
    catalogue: None, settings: Settings, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> int:
    """A revision whose Parquet files are served."""
    settings.BULK_DIR, settings.SIGNING_KEY = tmp_path / "bulk", "s" * 50
    with django_db_blocker.unblock():
        moment = as_of()
        export(folder_of(moment.number), moment, secret="s" * 50, formats=["parquet"])
    return moment.number


def test_a_parquet_file_is_fetched_checked_and_read(
    ask: Ask, server: str, served: int, tmp_path: Path
) -> None:
    _, listed = fetched(f"{server}/bulk/")
    [found] = json.loads(listed)["revisions"]
    assert found["revision"] == served
    home = tmp_path / "fetched"
    home.mkdir()
    sums = {
        name: digest
        for digest, name in (
            line.split("  ")
            for line in fetched(f"{server}/bulk/{served}/SHA256SUMS")[1].decode().splitlines()
        )
    }
    for name in ("price_points.parquet", "claims.parquet"):
        _, body = fetched(f"{server}/bulk/{served}/{name}")
        assert hashlib.sha256(body).hexdigest() == sums[name]
        (home / name).write_bytes(body)
    sql = """
        select amount from '$folder/price_points.parquet'
        where offer = 'deepseek/deepseek-v4-pro' and meter = 'input_tokens' and terms is null
        order by starts_at, revision limit 1
    """
    [[first]] = ask("duckdb_reads.py", {"folder": str(home), "sql": sql})
    assert first.rstrip("0") == "1.74"


# --- webhooks ------------------------------------------------------------------------------------


def test_a_webhook_is_opened_received_verified_and_replayed(
    db: None, server: str, settings: Settings, tmp_path: Path
) -> None:
    offer = Offer.objects.get(provider__slug="openai", provider_model_id="gpt-5.5")
    settings.FETCH_EXEMPT_HOSTS = frozenset({"127.0.0.1"})
    _, key = issue("a router", ["webhooks"], by="admin")
    sending = FetchSettings(
        contact="https://registry.example/contact",
        version="1",
        slot_directory=tmp_path,
        policy=AddressPolicy(allow_hosts=settings.FETCH_EXEMPT_HOSTS),
    )
    with receiver() as listening:
        body = {"address": listening.address, "wanted": {"provider": "openai"}}
        made = posted(f"{server}/api/v1/webhooks", key, body)["webhook"]
        listening.secret = made["secret"]
        revision = say(point(offer, "9", terms="region=nowhere")).number
        announce(sending)
        deliveries = f"{server}/api/v1/webhooks/{made['id']}/deliveries"
        posted(f"{deliveries}/{revision}/replay", key)
        announce(sending)
    assert listening.revisions == [revision, revision]
    assert len(set(listening.ids)) == 1
    assert (listening.refused, listening.taken[0]) == (0, listening.taken[1])


def posted(address: str, key: str, body: Any = None) -> Any:
    asked = Request(  # noqa: S310 - our own
        address,
        b"" if body is None else json.dumps(body).encode(),
        {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        method="POST",
    )
    with urlopen(asked, timeout=30) as answer:  # noqa: S310 - our own
        return json.loads(answer.read())

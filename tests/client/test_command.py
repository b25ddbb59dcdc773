"""``ratecard`` in a shell: tables for people, the API's answer for programs, codes for scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Model
from registry.client.command import main
from registry.client.server import Server
from tests.client.conftest import Run
from tests.ledger.saying import say
from tests.ledger.scoring import score
from tests.ledger.stating import fact

Answer = Callable[..., Any]


def test_a_price_by_any_spelling(run: Run) -> None:
    for spelling in ("gpt-5.5", "openai/gpt-5.5", "openai/gpt-5.5-2026-04-23"):
        shown = run("price", spelling, "--at", "2026-04-25").stdout
        assert "openai/gpt-5.5" in shown
        assert "USD per 1,000,000 tokens" in shown


def test_a_price_at_a_moment_and_now(answer: Answer) -> None:
    def input_price(*words: str) -> list[str]:
        rates = answer("price", "deepseek/deepseek-v4-pro", *words)["rates"]
        return [rate["amount"] for rate in rates if rate["meter"] == "input_tokens"]

    assert input_price("--at", "2026-04-25") == ["1.74"]
    assert input_price() == ["0.87"]


def test_a_cost_is_itemised_and_exact(run: Run, answer: Answer) -> None:
    asked = ("cost", "openai/gpt-5.5", "--input", "100000", "--output", "20000")
    assert answer(*asked)["items"][0]["total"] == "1.1"
    shown = run(*asked).stdout
    assert "1.1" in shown
    assert "output tokens" in shown


def test_cached_tokens_are_a_part_of_the_input(answer: Answer) -> None:
    asked = ("cost", "openai/gpt-5.5", "--input", "100000", "--cached", "40000")
    assert answer(*asked)["items"][0]["total"] == "0.32"


def test_history_and_changes_tell_both_prices(run: Run) -> None:
    history = run("history", "deepseek/deepseek-v4-pro", "--meter", "input_tokens").stdout
    assert "1.74" in history
    assert "0.87" in history
    assert "0.87" in run("changes", "--cause", "repriced").stdout


def test_changes_of_scores_and_facts_have_tables_of_their_own(run: Run, answer: Answer) -> None:
    pro = Model.objects.get(slug="deepseek-v4-pro")
    facts = fact(pro, 1_000_000), fact(pro, True, name="open_weights")
    modalities = fact(pro, ("text", "image"), name="input_modalities")
    say(score(pro, sync_benchmarks()["swe-bench-verified"], "80.6", qualifier="approximate"))
    say(*facts, modalities)
    [scored] = answer("changes", "--of", "scores")
    assert (scored["model"], scored["now"]["value"]) == ("deepseek/deepseek-v4-pro", "80.6")
    assert "~80.6" in run("changes", "--of", "scores").stdout
    shown = run("changes", "--of", "facts").stdout
    for told in ("1000000", "yes", "text, image", "open weights"):
        assert told in shown
    refused = run("changes", "--of", "scores", "--provider", "openai", code=1)
    assert "provider: 'openai'" in refused.stderr


def test_changes_go_on_over_pages(answer: Answer) -> None:
    everything = answer("changes", "--oldest", "--limit", "10000")
    assert len(everything) > 8
    assert answer("changes", "--oldest", "--limit", "3") == everything[:3]


def test_a_month_at_several_models(answer: Answer, run: Run) -> None:
    asked = ("workload", "openai/gpt-5.5", "deepseek/deepseek-v4-pro", "--input", "100000000",
             "--output", "20000000", "--at", "2026-04-25")  # fmt: skip
    totals = [item["month"]["total"] for item in answer(*asked)["items"]]
    assert totals == ["243.6", "1100"]
    assert "243.6" in run(*asked).stdout


def test_what_is_not_certain_is_refused_with_candidates(run: Run) -> None:
    result = run("price", "gpt-nothing", code=1)
    assert "'gpt-nothing' is not certain to be any offer" in result.stderr
    part = run("price", "deepseek-v4", code=1)
    assert "it may mean deepseek/deepseek-v4-pro" in part.stderr


def test_the_servers_refusal_is_shown_in_its_words(run: Run) -> None:
    result = run("price", "gpt-5.5", "--at", "yesterday", code=1)
    assert "at: 'yesterday': expected a date" in result.stderr


def test_a_wrong_command_line_is_another_code(run: Run) -> None:
    run("cost", "gpt-5.5", "--input", "many", code=2)
    assert "say --input, --output or both" in run("cost", "gpt-5.5", code=2).output


@pytest.mark.parametrize(
    "handler",
    [
        lambda request: httpx.Response(502, text="<html>bad gateway</html>"),
        lambda request: httpx.Response(200, text="<html>a login</html>"),
        lambda request: httpx.Response(500, json={"oops": 1}),
    ],
)
def test_what_is_no_server_of_ours_is_said_to_be_none(
    handler: Callable[[httpx.Request], httpx.Response],
) -> None:
    server = Server("http://localhost", transport=httpx.MockTransport(handler))
    result = CliRunner().invoke(main, ["changes"], obj={"server": server})
    assert result.exit_code == 3
    assert "http://localhost" in result.stderr
    assert result.stdout == ""


def test_a_key_is_shown_to_the_server() -> None:
    shown: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        shown.append(request.headers["authorization"])
        return httpx.Response(200, json={"items": [], "next": None})

    transport = httpx.MockTransport(handler)
    list(Server("http://localhost", "rc_mine", transport=transport).pages("changes", most=1))
    assert shown == ["Bearer rc_mine"]


def test_models_side_by_side_with_a_month(run: Run, answer: Answer) -> None:
    asked = ("compare", "openai/gpt-5.5", "deepseek/deepseek-v4-pro", "--at", "2026-04-25",
             "--input", "100000000", "--output", "20000000")  # fmt: skip
    totals = [month["total"] for month in answer(*asked)["months"]]
    assert totals == ["1100", "243.6"]
    shown = run(*asked).stdout
    assert "1.74 ×0.348" in shown
    assert "243.6 ×0.2215" in shown


def test_the_frontier_of_a_benchmark(run: Run, answer: Answer, server: Server) -> None:
    pro = Model.objects.get(slug="deepseek-v4-pro")
    say(score(pro, sync_benchmarks()["swe-bench-verified"], "80.6", qualifier="approximate"))
    [plotted] = answer("frontier", "swe-bench-verified", "--at", "2026-04-30")["frontier"]
    assert plotted["model"] == "deepseek/deepseek-v4-pro"
    assert "~80.6" in run("frontier", "swe-bench-verified", "--at", "2026-04-30").stdout

"""GPT-5.5 and DeepSeek V4 as an article compares them, out of one call at 24 April 2026."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from registry.selectors.offers import offer
from tests.ledger.saying import day, point, say
from tests.ledger.scoring import score
from tests.pipeline.bodies import llm_prices, models_dev, record
from tests.pipeline.taking import deliver

pytestmark = pytest.mark.usefixtures("launch")

ARTICLE = (
    Path(__file__).resolve().parents[2] / "fixtures/recordings/tokenmix/gpt-5-5-vs-deepseek-v4.txt"
)
CALL = (
    "compare?models=gpt-5.5,deepseek-v4-pro,deepseek-v4-flash&at=2026-04-24"
    "&workload=input_tokens:100M,output_tokens:20M&tasks=33"
)
GPT, PRO, FLASH = "openai/gpt-5.5", "deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-flash"

# Further scores as the article tells them; the recording carries those of two benchmarks.
FURTHER = {
    ("swe-bench-pro", ""): ("58.6", "~55", "~48"),
    ("terminal-bench", "version=2.0"): ("82.7", "~75", "~68"),
    ("mmlu", ""): ("92.4", "~89", "~84"),
}


@pytest.fixture
def launch(sources: None) -> None:
    """The labs' prices of that day, and the article's own scores."""
    at_deepseek = {"vendor": '"deepseek"'}
    deliver(
        "llm-prices",
        llm_prices(
            record("gpt-5.5", ("5", "30", "0.5")),
            record("deepseek-v4-pro", ("1.74", "3.48", "0.145")) | at_deepseek,
            record("deepseek-v4-flash", ("0.14", "0.28", "0.028")) | at_deepseek,
        ),
        "2026-04-24",
    )
    deliver("tokenmix", ARTICLE.read_bytes(), "2026-04-24")
    models = dict(Model.objects.values_list("slug", "pk"))
    benchmarks = dict(Benchmark.objects.values_list("slug", "pk"))
    say(
        *(
            score(
                models[model],
                benchmarks[benchmark],
                figure.removeprefix("~"),
                setup=setup,
                qualifier="approximate" if figure.startswith("~") else "exact",
            )
            for (benchmark, setup), figures in FURTHER.items()
            for model, figure in zip(
                ("gpt-5.5", "deepseek-v4-pro", "deepseek-v4-flash"), figures, strict=True
            )
        )
    )


@pytest.fixture
def compared(client: Client) -> Any:
    return asked(client, CALL)


def asked(client: Client, path: str) -> Any:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def prices(compared: Any, meter: str) -> dict[str, Any]:
    [row] = [row for row in compared["prices"] if row["meter"] == meter]
    return {price["model"]: price for price in row["prices"]}


def stated(compared: Any, model: str, aspect: str, printed: str) -> list[Any]:
    return [
        one
        for one in compared["stated"]
        if (one["model"], one["aspect"], one["printed"]) == (model, aspect, printed)
    ]


def gaps(compared: Any, benchmark: str) -> dict[str, Any]:
    [row] = [row for row in compared["benchmarks"] if row["benchmark"]["id"] == benchmark]
    return {one["score"]["model"]: one["gap"] for one in row["scores"]}


@pytest.mark.parametrize(
    ("model", "meter", "amount", "times", "cheaper"),
    [
        (PRO, "input_tokens", "1.74", "0.348", "2.87356321839"),
        (PRO, "output_tokens", "3.48", "0.116", "8.62068965517"),
        (FLASH, "input_tokens", "0.14", "0.028", "35.7142857143"),
        (FLASH, "output_tokens", "0.28", "0.00933333333333", "107.142857143"),
        (FLASH, "cache_read_tokens", "0.028", "0.056", "17.8571428571"),
    ],
)
def test_a_price_beside_the_baselines(
    compared: Any, model: str, meter: str, amount: str, times: str, cheaper: str
) -> None:
    price = prices(compared, meter)[model]
    assert (price["rate"]["amount"], price["times"], price["times_cheaper"]) == (
        amount,
        times,
        cheaper,
    )


@pytest.mark.parametrize(
    ("model", "total", "cheaper"),
    [(GPT, "1100", "1"), (PRO, "243.6", "4.51559934319"), (FLASH, "19.6", "56.1224489796")],
)
def test_a_month_beside_the_baselines(compared: Any, model: str, total: str, cheaper: str) -> None:
    [month] = [one for one in compared["months"] if one["model"] == model]
    assert (month["total"], month["times_cheaper"]) == (total, cheaper)


@pytest.mark.parametrize(
    ("model", "of_input", "of_output"),
    [(GPT, "500", "600"), (PRO, "174", "69.6"), (FLASH, "14", "5.6")],
)
def test_a_month_by_its_meters(compared: Any, model: str, of_input: str, of_output: str) -> None:
    [subject] = [one for one in compared["models"] if one["model"]["id"] == model]
    lines = subject["month"]["standard"]["lines"]
    assert [line["amount"] for line in lines] == [of_input, of_output]


@pytest.mark.parametrize(
    ("model", "tokens", "times"),
    [(GPT, 256_000, "1"), (PRO, 1_000_000, "3.90625"), (FLASH, 1_000_000, "3.90625")],
)
def test_a_context_beside_the_baselines(compared: Any, model: str, tokens: int, times: str) -> None:
    [context] = [one for one in compared["contexts"] if one["model"] == model]
    assert (context["tokens"], context["times"]) == (tokens, times)


@pytest.mark.parametrize(
    ("model", "known"),
    [
        (
            GPT,
            {"released_on": "2026-04-23", "input_modalities": ["text", "image", "audio", "video"]},
        ),
        (
            PRO,
            {
                "released_on": "2026-04-24",
                "open_weights": True,
                "licence": "Apache 2.0",
                "total_parameters": 1_600_000_000_000,
                "active_parameters": 49_000_000_000,
                "input_modalities": ["text"],
                "tool_calls": True,
            },
        ),
        (FLASH, {"total_parameters": 284_000_000_000, "active_parameters": 13_000_000_000}),
    ],
)
def test_what_a_model_is(compared: Any, model: str, known: dict[str, Any]) -> None:
    [found] = [one["model"] for one in compared["models"] if one["model"]["id"] == model]
    assert {name: found[name] for name in known} == known


def test_what_a_model_is_is_told_as_it_was_known_at_both_clocks(client: Client) -> None:
    """A context that is stated later, and weights that are opened: not at the launch."""
    rows = {"openai/gpt-5.5": {"input": "5", "output": "30", "cache_read": "0.5"}}
    facts = {"limit": '{"context": 400000}', "open_weights": "true"}
    deliver("models-dev", models_dev(rows, facts=facts), "2026-05-10")
    head = asked(client, "revisions?limit=1")["items"][0]["number"]
    pair = "compare?models=gpt-5.5,deepseek-v4-pro"
    known = {
        question: (
            asked(client, f"{pair}&{question}")["models"][0]["model"]["open_weights"],
            asked(client, f"{pair}&{question}")["contexts"][-1]["times"],
        )
        for question in ("at=2026-04-24", "at=2026-05-11", f"at=2026-05-11&revision={head - 1}")
    }
    assert known == {
        "at=2026-04-24": (False, "3.90625"),
        "at=2026-05-11": (True, "2.5"),
        f"at=2026-05-11&revision={head - 1}": (False, "3.90625"),
    }


@pytest.mark.parametrize(
    ("model", "aspect", "printed", "computed"),
    [
        (FLASH, "price", "37", {"input_tokens": "35.7142857143", "output_tokens": "107.142857143"}),
        (FLASH, "input_tokens", "37", {"input_tokens": "35.7142857143"}),
        (FLASH, "output_tokens", "107", {"output_tokens": "107.142857143"}),
        (FLASH, "cache_read_tokens", "17", {"cache_read_tokens": "17.8571428571"}),
        (FLASH, "input_tokens", "0.03", {"input_tokens": "0.028"}),
        (FLASH, "output_tokens", "0.009", {"output_tokens": "0.00933333333333"}),
        (FLASH, "bill", "56", {"bill": "56.1224489796"}),
        (FLASH, "context_tokens", "4", {"context_tokens": "3.90625"}),
        (PRO, "input_tokens", "0.35", {"input_tokens": "0.348"}),
        (PRO, "output_tokens", "0.12", {"output_tokens": "0.116"}),
        (PRO, "bill", "243.60", {"bill": "243.6"}),
        (PRO, "bill of output_tokens", "69.60", {"bill of output_tokens": "69.6"}),
        (FLASH, "bill of output_tokens", "5.60", {"bill of output_tokens": "5.6"}),
        (GPT, "bill of input_tokens", "500", {"bill of input_tokens": "500"}),
        (GPT, "bill of output_tokens", "600", {"bill of output_tokens": "600"}),
        (GPT, "SWE-Bench Verified", "3.7", {"swe-bench-verified": "3.7"}),
        (GPT, "SWE-Bench Verified", "~10", {"swe-bench-verified": "10.7"}),
        (GPT, "Terminal-Bench 2.0", "~7", {"terminal-bench": "7.7"}),
        (GPT, "Hallucination", "-60% (claimed)", {}),
    ],
)
def test_what_the_article_states_beside_the_arithmetic(
    client: Client, compared: Any, model: str, aspect: str, printed: str, computed: dict[str, str]
) -> None:
    [found] = stated(compared, model, aspect, printed)
    assert {one["aspect"]: one["value"] for one in found["computed"]} == computed
    assert found["doubts"] == []
    assert (found["source"], found["seen_at"]) == ("tokenmix", "2026-04-24T00:00:00Z")
    assert client.get(found["receipt"]).json()["evidence"]["source"]["id"] == "tokenmix"


@pytest.mark.parametrize(
    ("model", "aspect", "printed", "whole"),
    [
        (GPT, "bill", ",100", "1100"),
        (PRO, "bill of input_tokens", "74", "174"),
        (FLASH, "bill of input_tokens", "4", "14"),
        (FLASH, "bill", "9.60", "19.6"),
    ],
)
def test_a_slip_of_the_article_is_shown_as_printed_and_doubted(
    compared: Any, model: str, aspect: str, printed: str, whole: str
) -> None:
    [found] = stated(compared, model, aspect, printed)
    assert [one["value"] for one in found["computed"]] == [whole]
    assert found["doubts"]


def test_what_is_said_beside_models_that_are_not_compared_is_computed_too(client: Client) -> None:
    sold = {"openai/gpt-5.4": ("2.5", "15"), "anthropic/claude-opus-4-7": ("5", "25")}
    rows = {ref: {"input": price, "output": other} for ref, (price, other) in sold.items()}
    deliver("models-dev", models_dev(rows), "2026-04-24")
    for ref, (price, other) in sold.items():
        one = offer(*ref.split("/")).offer_id
        say(point(one, price), point(one, other, meter="output_tokens"))
    compared = asked(client, CALL)
    [doubled] = stated(compared, GPT, "price", "2")
    assert {one["value"] for one in doubled["computed"]} == {"2"}
    [cheaper] = stated(compared, PRO, "price", "65")
    assert (cheaper["relation"], [one["value"] for one in cheaper["computed"]]) == (
        "percent_cheaper",
        ["65.2", "86.08"],
    )


def test_nothing_had_been_stated_before_its_day(client: Client, compared: Any) -> None:
    assert len(compared["stated"]) == 26
    pair = "compare?models=gpt-5.5,deepseek-v4-pro"
    of_two = asked(client, f"{pair}&at=2026-04-24")["stated"]
    assert {one["model"] for one in of_two} == {GPT, PRO}


@pytest.mark.parametrize(
    ("benchmark", "model", "points"),
    [
        ("swe-bench-verified", PRO, "-3.7"),
        ("swe-bench-verified", FLASH, "-10.7"),
        ("swe-bench-pro", PRO, "-3.6"),
        ("swe-bench-pro", FLASH, "-10.6"),
        ("terminal-bench", PRO, "-7.7"),
        ("terminal-bench", FLASH, "-14.7"),
        ("mmlu", PRO, "-3.4"),
        ("mmlu", FLASH, "-8.4"),
    ],
)
def test_a_score_beside_the_baselines(
    compared: Any, benchmark: str, model: str, points: str
) -> None:
    gap = gaps(compared, benchmark)[model]
    assert (gap["points"], gap["qualifier"]) == (points, "approximate")
    assert gap["more_failures_in_100"] == points


def test_a_gap_of_few_points_over_500_items_is_within_noise(compared: Any) -> None:
    """500 tasks: 3.7 points may be chance, 10.7 are not."""
    found = gaps(compared, "swe-bench-verified")
    assert {model: gap and gap["verdict"] for model, gap in found.items()} == {
        GPT: None,
        PRO: "within_noise",
        FLASH: "real",
    }
    assert found[PRO]["tasks_for_one"] == "27.027027027"


def test_what_each_further_task_costs_that_is_solved(compared: Any) -> None:
    """33 tasks a month: V4 Flash fails 10.7 of 100 more, and costs 1,080.40 less."""
    [extra] = [
        one
        for one in compared["extra_tasks"]
        if (one["benchmark"], one["than"]) == ("swe-bench-verified", FLASH)
    ]
    assert extra["better"] == GPT
    expected = Decimal("1080.4") / (Decimal("10.7") * 33 / 100)
    assert abs(Decimal(extra["cost"]) - expected) < Decimal("1e-8")


def test_everybody_has_something_that_the_other_lacks(compared: Any) -> None:
    assert compared["dominance"] == []


def test_the_baseline_is_the_first_unless_another_is_named(client: Client, compared: Any) -> None:
    assert compared["baseline"] == GPT
    other = asked(client, f"{CALL}&baseline=deepseek-v4-pro")
    assert other["baseline"] == PRO
    assert prices(other, "input_tokens")[GPT]["times"] == "2.87356321839"


def test_a_stated_condition_and_silence_are_not_equal(client: Client) -> None:
    bench = Benchmark.objects.get(slug="swe-bench-verified")
    pro = Model.objects.get(slug="deepseek-v4-pro")
    said = asked(client, "compare?models=gpt-5.5,deepseek-v4-pro&at=2026-04-25")
    say(score(pro, bench, "90", setup="effort=max", starts=day(24)))
    equal = asked(client, "compare?models=gpt-5.5,deepseek-v4-pro&at=2026-04-25")
    assert equal["benchmarks"] == said["benchmarks"]
    best = asked(client, "compare?models=gpt-5.5,deepseek-v4-pro&at=2026-04-25&setups=any")
    assert best["setups"] == "any"
    [row] = [r for r in best["benchmarks"] if r["benchmark"]["id"] == "swe-bench-verified"]
    assert row["setup"] is None
    assert [one["score"]["value"] for one in row["scores"]] == ["88.7", "90"]
    assert row["scores"][1]["score"]["setup"] == {"effort": "max"}
    assert row["scores"][1]["gap"]["points"] == "1.3"


def test_without_equal_conditions_readings_are_told_and_no_gap_is(client: Client) -> None:
    bench = Benchmark.objects.get(slug="gpqa-diamond")
    gpt, pro = (Model.objects.get(slug=slug) for slug in ("gpt-5.5", "deepseek-v4-pro"))
    say(score(gpt, bench, "93", setup="effort=xhigh"), score(pro, bench, "90"))
    answer = asked(client, "compare?models=gpt-5.5,deepseek-v4-pro&at=2026-04-25")
    [row] = [r for r in answer["benchmarks"] if r["benchmark"]["id"] == "gpqa-diamond"]
    assert (row["comparable"], row["setup"]) == (False, None)
    assert [one["gap"] for one in row["scores"]] == [None, None]


def test_who_is_better_and_cheaper_dominates(client: Client) -> None:
    flash = Model.objects.get(slug="deepseek-v4-flash")
    path = "compare?models=deepseek-v4-pro,deepseek-v4-flash&at=2026-04-25"
    assert asked(client, path)["dominance"] == []
    for slug in ("swe-bench-verified", "swe-bench-pro", "terminal-bench", "mmlu", "aime-2025"):
        measured = Benchmark.objects.get(slug=slug)
        series = measured.series.filter(model=flash)
        say(*(score(flash, measured, "99", setup=one.setup, starts=day(25)) for one in series))
    [found] = asked(client, path)["dominance"]
    assert (found["model"], found["beats"]) == (FLASH, PRO)
    assert {"input_tokens", "output_tokens", "mmlu"} <= set(found["by"])


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("models=gpt-5.5", "models"),
        ("models=gpt-5.5,gpt-5.5", "models"),
        ("models=gpt-5.5,nonsense", "models[1]"),
        ("models=gpt-5.5,openai/gpt-5.5", "models[1]"),
        ("models=gpt-5.5,deepseek-v4-pro&baseline=o3", "baseline"),
        ("models=gpt-5.5,deepseek-v4-pro&workload=tokens:1", "workload"),
        ("models=gpt-5.5,deepseek-v4-pro&workload=cache_read_tokens:1", "workload.input_tokens"),
        ("models=gpt-5.5,deepseek-v4-pro&setups=some", "setups"),
        ("", "models"),
    ],
)
def test_a_mistake_names_its_field(client: Client, question: str, field: str) -> None:
    answer = client.get(f"/api/v1/compare?{question}&at=2026-04-25")
    assert answer.status_code == 400, answer.content
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_the_frontier_of_price_and_score(client: Client) -> None:
    plot = asked(client, "frontier?benchmark=swe-bench-verified&x=blended&ratio=3:1&at=2026-04-25")
    assert [(one["model"], one["price"]) for one in plot["frontier"]] == [
        (FLASH, "0.175"),
        (PRO, "2.175"),
        (GPT, "11.25"),
    ]
    for one in plot["frontier"]:
        assert len(one["price_receipts"]) == 2
        assert all(client.get(receipt).status_code == 200 for receipt in one["price_receipts"])


def test_who_is_dearer_and_worse_is_dominated(client: Client) -> None:
    bench = Benchmark.objects.get(slug="mmlu")
    flash = Model.objects.get(slug="deepseek-v4-flash")
    [series] = bench.series.filter(model=flash)
    say(score(flash, bench, "95", setup=series.setup, starts=day(26)))
    plot = asked(client, "frontier?benchmark=mmlu&x=output_tokens&at=2026-04-27")
    assert [one["model"] for one in plot["frontier"]] == [FLASH]
    assert {one["model"]: one["beaten_by"] for one in plot["dominated"]} == {
        PRO: [FLASH],
        GPT: [FLASH],
    }
    before = asked(client, "frontier?benchmark=mmlu&x=output_tokens&at=2026-04-25")
    assert len(before["frontier"]) == 3


def test_an_unknown_benchmark_is_said_so(client: Client) -> None:
    assert client.get("/api/v1/frontier?benchmark=none").status_code == 404


@pytest.mark.parametrize("path", [CALL, "frontier?benchmark=swe-bench-verified&at=2026-04-25"])
def test_the_statements_are_few(client: Client, path: str) -> None:
    with CaptureQueriesContext(connection) as captured:
        asked(client, path)
    assert len(captured) <= 14
    with CaptureQueriesContext(connection) as captured:
        asked(client, path)
    assert len(captured) <= 8

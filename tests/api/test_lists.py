"""Every list: any order, pages that follow each other in it, and rows of no more than is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from registry.api.fields import paths_of
from registry.api.shape import Shape
from registry.api.v1.shapes.benchmarks import Benchmark
from registry.api.v1.shapes.disputes import Dispute
from registry.api.v1.shapes.labs import Lab
from registry.api.v1.shapes.models import Model
from registry.api.v1.shapes.offers import Offer
from registry.api.v1.shapes.prices import Price
from registry.api.v1.shapes.providers import Provider
from registry.api.v1.shapes.readings import Reading
from registry.api.v1.shapes.revisions import Revision
from registry.api.v1.shapes.sources import Source
from registry.selectors.ai_models import MODEL_SORTS
from registry.selectors.benchmarks import BENCHMARK_SORTS
from registry.selectors.disputes import DISPUTE_SORTS
from registry.selectors.labs import LAB_SORTS
from registry.selectors.offers import OFFER_SORTS
from registry.selectors.prices import PRICE_SORTS
from registry.selectors.providers import PROVIDER_SORTS
from registry.selectors.readings import READING_SORTS
from registry.selectors.revisions import REVISION_SORTS
from registry.selectors.sources import SOURCE_SORTS
from tests.api.conftest import Ask
from tests.pipeline.bodies import models_dev, models_dev_scores, scored
from tests.pipeline.taking import deliver

V4 = "deepseek/deepseek-v4-pro"
CODEX = {"name": "Terminal Bench 2.1", "score": 64.7, "harness": "Codex", "variant": "high"}
VERIFIED = {"name": "SWE-Bench Verified", "score": 80.6, "date": "2026-06-01"}

# The rows of each list, its orders, and what no order needs: fields of several values, addresses,
# and what follows from another field (a unit from its meter) or is read for the shown rows alone.
RATE = ["terms", "per", "unit", "receipt", "claims"]
LISTS: dict[str, tuple[type[Shape], tuple[str, ...], set[str]]] = {
    "labs": (Lab, LAB_SORTS.names, {"address"}),
    "providers": (Provider, PROVIDER_SORTS.names, {"address"}),
    "models": (Model, MODEL_SORTS.names, {"input_modalities", "output_modalities", "address"}),
    "offers": (
        Offer,
        OFFER_SORTS.names,
        {"input_modalities", "output_modalities", "rate_card", "links"},
    ),
    "prices": (
        Price,
        PRICE_SORTS.names,
        {"last_seen_at", "stale", "converted", "address", *(f"rate.{name}" for name in RATE)},
    ),
    "disputes": (
        Dispute,
        DISPUTE_SORTS.names,
        {"sides", "address", *(f"rate.{name}" for name in RATE)},
    ),
    "benchmarks": (
        Benchmark,
        BENCHMARK_SORTS.names,
        {"unit", "aliases", "versions", "subsets", "address"},
    ),
    "readings": (Reading, READING_SORTS.names, {"receipt"}),
    "sources": (
        Source,
        SOURCE_SORTS.names,
        {"own_providers", "addresses", "stale", "address"},
    ),
    "revisions": (Revision, REVISION_SORTS.names, {"address"}),
}
# Of prices, the figures asked for most.
SHORT = {("prices", "amount"): "rate.amount", ("prices", "starts_at"): "rate.starts_at"}


@pytest.fixture
def filled(registry: None) -> Iterator[None]:
    """Scores and facts beside the prices, and today's words of which some are old."""
    rows = {V4: {"input": "1.74", "output": "3.48"}, f"openrouter/{V4}": {"input": "1.6"}}
    facts = {"limit": '{"context": 1000000}', "open_weights": "true"}
    deliver("models-dev", models_dev(rows, facts=facts), "2026-06-01")
    first = scored(V4, VERIFIED, CODEX) | scored("openai/gpt-5.5", CODEX | {"score": 70})
    deliver("models-dev-scores", models_dev_scores(first), "2026-06-02")
    with time_machine.travel(datetime(2026, 6, 3, tzinfo=UTC)):
        yield


def pages(ask: Ask, path: str) -> list[dict[str, Any]]:
    """The rows of every page, one after the other."""
    rows: list[dict[str, Any]] = []
    following: str | None = path
    while following:
        page = ask(following)
        rows += page["items"]
        following = page["next"] and page["next"].removeprefix("/api/v1/")
    return rows


def of(row: dict[str, Any], path: str) -> Any:
    """The value at a path of a row."""
    for name in path.split("."):
        row = row and row[name]
    return row


def path_of(name: str, sort: str) -> str:
    """The field of a row that an order is by."""
    field = sort.removeprefix("-")
    return SHORT.get((name, field), field)


def compared(name: str, path: str) -> Callable[[Any], Any]:
    """How two values of a field compare: amounts as numbers, ids part by part."""
    if path.endswith(("amount", "difference")) or path in ("value", "low", "high"):
        return Decimal
    if (name, path) in {("offers", "id"), ("models", "id"), ("prices", "offer")}:
        return lambda text: text.partition("/")
    if path == "setup":
        return lambda setup: ";".join(f"{key}={value}" for key, value in sorted(setup.items()))
    return lambda value: value


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", LISTS)
def test_pages_in_every_order_follow_each_other_without_gap_or_repeat(ask: Ask, name: str) -> None:
    for sort in LISTS[name][1]:
        whole = ask(f"{name}?sort={sort}&limit=500")["items"]
        assert whole
        some = 2 if len(whole) < 30 else 30
        assert pages(ask, f"{name}?sort={sort}&limit={some}") == whole, sort


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", LISTS)
def test_rows_stand_in_the_order_and_what_is_unknown_comes_last(ask: Ask, name: str) -> None:
    for sort in LISTS[name][1]:
        path = path_of(name, sort)
        values = [of(row, path) for row in ask(f"{name}?sort={sort}&limit=500")["items"]]
        known = [value for value in values if value not in (None, "")]
        assert values[: len(known)] == known, sort
        order = sorted(known, key=compared(name, path), reverse=sort.startswith("-"))
        assert known == order, sort


@pytest.mark.usefixtures("filled")
def test_some_order_has_rows_without_a_value_and_some_has_equal_ones(ask: Ask) -> None:
    contexts = [row["context_tokens"] for row in ask("models?sort=-context_tokens")["items"]]
    assert contexts[0] == 1_000_000
    assert None in contexts
    assert len({row["kind"] for row in ask("providers?limit=500")["items"]}) < 20


@pytest.mark.parametrize("name", LISTS)
def test_every_field_of_a_row_with_one_value_has_an_order(name: str) -> None:
    row, sorts, without = LISTS[name]
    inner = {path.partition(".")[0] for path in paths_of(row) if "." in path}
    single = {
        path
        for path in paths_of(row)
        if path not in inner
        and path not in without
        and not any(path.startswith(f"{one}.") for one in without)
    }
    assert {path_of(name, sort) for sort in sorts} == single


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", LISTS)
def test_a_list_sorted_takes_as_many_statements_as_one_that_is_not(
    ask: Ask, client: Client, name: str
) -> None:
    ask(name)
    counts = []
    for sort in ("", *LISTS[name][1]):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/api/v1/{name}?limit=2" + (f"&sort={sort}" if sort else ""))
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 8


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("models?fields=id,open_weights", {"id": V4, "open_weights": True}),
        (
            "prices?provider=deepseek&meter=input_tokens&fields=rate.amount,offer,rate.currency",
            {"offer": V4, "rate": {"amount": "0.87", "currency": "USD"}},
        ),
        ("offers?provider=deepseek&fields=rate_card.amount", {"rate_card": None}),
        (
            "offers?provider=deepseek&expand=rate_card&at=2026-05-01&fields=rate_card.amount",
            {"rate_card": [{"amount": text} for text in ("1.74", "0.145", "3.48")]},
        ),
        (
            "readings?benchmark=swe-bench-verified&fields=value,setup",
            {"setup": {}, "value": "80.6"},
        ),
        ("sources?fields=last_run.outcome,id&sort=-last_run.at", None),
        ("changes?fields=offer&limit=1", None),
        ("changes/scores?fields=model,now.value&limit=1", None),
        ("revisions?fields=number", {"number": 5}),
        ("labs?fields=models", None),
    ],
)
def test_rows_of_the_named_fields(ask: Ask, question: str, row: dict[str, Any] | None) -> None:
    whole = ask(re.sub(r"fields=[^&]*&?", "", question))
    told = ask(question)
    assert told.keys() == whole.keys()
    assert told["revision"] == whole["revision"]
    assert told["items"]
    names = {
        name.partition(".")[0] for name in question.split("fields=")[1].split("&")[0].split(",")
    }
    assert all(item.keys() == names for item in told["items"])
    assert row is None or told["items"][0] == row
    for item, full in zip(told["items"], whole["items"], strict=True):
        single = [name for name in names if not isinstance(full[name], dict | list)]
        assert [item[name] for name in single] == [full[name] for name in single]


@pytest.mark.usefixtures("filled")
def test_fields_and_order_go_on_to_the_next_page(ask: Ask) -> None:
    rows = pages(ask, "prices?fields=offer&sort=-amount&limit=2")
    whole = ask("prices?sort=-amount&limit=500")["items"]
    assert rows == [{"offer": row["offer"]} for row in whole]


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (f"models/{V4}?fields=model.name,offers.id", {"model", "offers"}),
        (f"offers/{V4}?fields=offer.context_tokens", {"offer"}),
        (f"history/{V4}?fields=series.periods.amount", {"series"}),
        (f"rate-cards/{V4}?fields=rates.amount,available.tier", {"rates", "available"}),
        ("labs/deepseek?fields=lab.name", {"lab"}),
        ("compare?models=gpt-5.5,deepseek-v4-pro&fields=prices.meter", {"prices"}),
    ],
)
def test_what_is_no_list_tells_the_named_fields_too(
    ask: Ask, question: str, expected: set[str]
) -> None:
    assert ask(question).keys() - {"revision", "at"} == expected


@pytest.mark.usefixtures("filled")
def test_a_whole_field_and_one_within_it_is_the_whole(ask: Ask) -> None:
    [row, *_] = ask("prices?fields=rate.amount,rate")["items"]
    assert row == {"rate": ask("prices")["items"][0]["rate"]}


@pytest.mark.parametrize(
    ("question", "field", "nearest"),
    [
        ("models?fields=id,contxt_tokens", "fields", "context_tokens"),
        ("prices?fields=rate.amont", "fields", "rate.amount"),
        ("prices?fields=rate.amount.value", "fields", "rate.amount"),
        ("labs?fields=", "fields", None),
        ("labs?fields=id,,name", "fields", None),
        ("models?sort=relased_on", "sort", "released_on"),
        ("models?sort=--name", "sort", "-name"),
        ("labs?feilds=id", "feilds", "fields"),
    ],
)
def test_a_field_that_no_row_has_is_told_the_nearest(
    ask: Ask, question: str, field: str, nearest: str | None
) -> None:
    [error] = ask(question, status=400)["errors"]
    assert (error["field"], error["nearest"]) == (field, nearest)


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("name", LISTS)
def test_a_cursor_means_nothing_in_another_order_or_list(
    ask: Ask, client: Client, name: str
) -> None:
    foreign = {"models": "offers"}.get(name, "models")
    cursor = ask(f"{foreign}?limit=1")["next"].partition("cursor=")[2]
    [error] = client.get(f"/api/v1/{name}?sort=-{LISTS[name][1][2]}&cursor={cursor}").json()[
        "errors"
    ]
    assert error["field"] == "cursor"


@pytest.mark.parametrize(
    "cursor",
    [
        "W10",
        "WyJpZCJd",
        "WyJpZCIsMV0",
        "WyJpZCIsInhcdTAwMDAiXQ",
        "bnVsbA",
        "e30",
        "!",
        "WyJpZCIsbnVsbF0",
    ],
)
def test_a_cursor_that_is_none_is_refused(ask: Ask, cursor: str) -> None:
    [error] = ask(f"labs?cursor={cursor}", status=400)["errors"]
    assert error["field"] == "cursor"

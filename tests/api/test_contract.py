"""The contract is true: it is valid, its examples fit it, and so does every answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from tests.api.conftest import Ask
from tests.pipeline.bodies import models_dev, models_dev_scores, scored
from tests.pipeline.taking import deliver

# Programs are generated from these names: one that changes breaks them.
OPERATIONS = {
    "root": "/api/v1/",
    "listSources": "/api/v1/sources",
    "getSource": "/api/v1/sources/{source}",
    "listLabs": "/api/v1/labs",
    "getLab": "/api/v1/labs/{lab}",
    "listProviders": "/api/v1/providers",
    "getProvider": "/api/v1/providers/{provider}",
    "listModels": "/api/v1/models",
    "getModel": "/api/v1/models/{lab}/{slug}",
    "listOffers": "/api/v1/offers",
    "getOffer": "/api/v1/offers/{provider}/{provider_model_id}",
    "getRateCard": "/api/v1/rate-cards/{provider}/{provider_model_id}",
    "getHistory": "/api/v1/history/{provider}/{provider_model_id}",
    "listBenchmarks": "/api/v1/benchmarks",
    "getBenchmark": "/api/v1/benchmarks/{benchmark}",
    "listReadings": "/api/v1/readings",
    "getModelReadings": "/api/v1/readings/{lab}/{slug}",
    "getScoreHistory": "/api/v1/score-history/{lab}/{slug}",
    "listChanges": "/api/v1/changes",
    "listScoreChanges": "/api/v1/changes/scores",
    "listFactChanges": "/api/v1/changes/facts",
    "resolveId": "/api/v1/resolve",
    "resolveIds": "/api/v1/resolve",
    "cost": "/api/v1/cost",
    "workloads": "/api/v1/workloads",
    "scenarios": "/api/v1/scenarios",
    "listPrices": "/api/v1/prices",
    "listDisputes": "/api/v1/disputes",
    "compare": "/api/v1/compare",
    "frontier": "/api/v1/frontier",
    "listRevisions": "/api/v1/revisions",
    "getRevision": "/api/v1/revisions/{number}",
    "getReceipt": "/api/v1/receipts/{number}",
    "getScoreReceipt": "/api/v1/receipts/scores/{number}",
    "getClaimReceipt": "/api/v1/receipts/claims/{number}",
    "getFactReceipt": "/api/v1/receipts/facts/{number}",
    "getSnapshot": "/api/v1/snapshots/{sha256}",
}
# Operations on what belongs to a key: tried in tests of their own.
OWNED = {
    "listWebhooks": "/api/v1/webhooks",
    "openWebhook": "/api/v1/webhooks",
    "getWebhook": "/api/v1/webhooks/{webhook}",
    "closeWebhook": "/api/v1/webhooks/{webhook}",
    "rotateWebhookSecret": "/api/v1/webhooks/{webhook}/secret",
    "enableWebhook": "/api/v1/webhooks/{webhook}/enable",
    "disableWebhook": "/api/v1/webhooks/{webhook}/disable",
    "listDeliveries": "/api/v1/webhooks/{webhook}/deliveries",
    "replayDelivery": "/api/v1/webhooks/{webhook}/deliveries/{number}/replay",
}
# Operations that are posted, each with a question and what must be asked of a GET.
USAGE = {"input_tokens": 1_000, "output_tokens": 10}
POSTED: dict[str, dict[str, Any]] = {
    "resolveIds": {"ids": [{"id": "gpt-5.5"}]},
    "cost": {"usages": [{"offer": "gpt-5.5", "usage": USAGE}]},
    "workloads": {"usage": USAGE, "models": ["gpt-5.5", "nonsense"]},
    "scenarios": {
        "usage": USAGE,
        "baseline": {"routes": [{"offer": "gpt-5.5"}]},
        "options": [{"name": "move", "routes": [{"offer": "deepseek-v4-pro"}]}],
        "convert_to": "EUR",
        "at": "2026-05-01",
    },
}
FACTS = models_dev(
    {
        "deepseek/deepseek-v4-pro": {"input": "1.74", "output": "3.48", "cache_read": "0.145"},
        "openrouter/deepseek/deepseek-v4-pro": {"input": "1.6", "output": "3.2"},
    },
    facts={"limit": '{"context": 1000000}', "open_weights": "true"},
)
SCORES = models_dev_scores(
    scored(
        "deepseek/deepseek-v4-pro", {"name": "SWE-bench Verified", "score": 80.6, "variant": "max"}
    )
)
QUESTIONS = {
    "resolveId": "?id=gpt-5.5",
    "compare": "?models=gpt-5.5,deepseek-v4-pro&workload=input_tokens:1M,output_tokens:1k",
    "frontier": "?benchmark=swe-bench-verified",
    "listPrices": "?include=claims",
    "getRateCard": "?include=claims",
    "listOffers": "?expand=rate_card&include=claims",
    "getModel": "?expand=facts",
    "getOffer": "?expand=facts",
}
JSON_OPERATIONS = sorted(OPERATIONS.keys() - {"getSnapshot"})


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    """The contract as it is served."""
    answer: dict[str, Any] = Client().get("/api/v1/schema/").json()
    return answer


@pytest.fixture
def held(ask: Ask) -> dict[str, str]:
    """Something held for every part of a path."""
    [rate, *_] = ask("rate-cards/deepseek/deepseek-v4-pro?at=2026-04-25")["rates"]
    receipt = ask(rate["receipt"].removeprefix("/api/v1/"))
    [said, *_] = ask("prices?include=claims&limit=1")["items"][0]["rate"]["claims"]
    deliver("models-dev-scores", SCORES, "2026-06-01")
    [reading] = ask("readings")["items"]
    deliver("models-dev", FACTS, "2026-06-02")
    [fact, *_] = ask("models/deepseek/deepseek-v4-pro?expand=facts")["facts"]
    return {
        "{benchmark}": "swe-bench-verified",
        "receipts/scores/{number}": reading["receipt"].removeprefix("/api/v1/"),
        "receipts/claims/{number}": said["receipt"].removeprefix("/api/v1/"),
        "receipts/facts/{number}": fact["receipt"].removeprefix("/api/v1/"),
        "{source}": "llm-prices",
        "{lab}": "deepseek",
        "{provider}": "deepseek",
        "{slug}": "deepseek-v4-pro",
        "{provider_model_id}": "deepseek-v4-pro",
        "{sha256}": receipt["evidence"]["snapshot"]["sha256"],
        "revisions/{number}": "revisions/1",
        "receipts/{number}": rate["receipt"].removeprefix("/api/v1/"),
    }


def filled(path: str, held: dict[str, str]) -> str:
    for part, value in held.items():
        path = path.replace(part, value)
    return path


def described(contract: dict[str, Any], operation: str) -> dict[str, Any]:
    """An operation as the contract has it."""
    method = "post" if operation in POSTED else "get"
    found: dict[str, Any] = contract["paths"][OPERATIONS[operation]][method]
    return found


def answer_of(contract: dict[str, Any], operation: str) -> dict[str, Any]:
    """How the contract describes the JSON that an operation answers with, nothing left out."""
    content = described(contract, operation)["responses"]["200"]["content"]
    media: dict[str, Any] = content["application/json"]
    whole, *_ = ways_to_answer(contract, media["schema"])
    return {**media, "schema": whole}


def ways_to_answer(contract: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The whole answer, and where there is one, the answer of named fields."""
    component = contract["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return component.get("anyOf") or [schema]


def asked(client: Client, operation: str, held: dict[str, str], query: str = "") -> Any:
    """The answer to an operation, asked of something that is held."""
    path = filled(OPERATIONS[operation], held)
    if operation in POSTED:
        sent = POSTED[operation]
        return client.post(f"{path}{query}", sent, content_type="application/json")
    return client.get(f"{path}{query or QUESTIONS.get(operation, '')}")


def refused(contract: dict[str, Any], schema: dict[str, Any], value: object) -> list[str]:
    """Where a value does not fit; a member that is not described does not fit either."""
    parts = {
        name: part | ({"additionalProperties": False} if "properties" in part else {})
        for name, part in contract["components"]["schemas"].items()
    }
    whole = {**schema, "components": {"schemas": parts}}
    return [f"{e.json_path}: {e.message}" for e in Draft202012Validator(whole).iter_errors(value)]


def test_it_is_valid_openapi_3_1(contract: dict[str, Any]) -> None:
    assert contract["openapi"].startswith("3.1")
    validate_schema(contract)  # type: ignore[no-untyped-call]


def test_its_operations_keep_their_names(contract: dict[str, Any]) -> None:
    named = {
        operation["operationId"]: path
        for path, operations in contract["paths"].items()
        for operation in operations.values()
    }
    assert named == OPERATIONS | OWNED


@pytest.mark.parametrize("operation", JSON_OPERATIONS)
def test_an_example_fits_what_it_is_an_example_of(contract: dict[str, Any], operation: str) -> None:
    media = answer_of(contract, operation)
    assert media["examples"]
    for example in media["examples"].values():
        assert refused(contract, media["schema"], example["value"]) == []


@pytest.mark.parametrize("name", sorted(OWNED))
def test_an_owned_operation_needs_a_key_and_its_examples_fit(
    contract: dict[str, Any], name: str
) -> None:
    [found] = [one for one in contract["paths"][OWNED[name]].values() if one["operationId"] == name]
    assert found["security"] == [{"key": []}]
    assert {"401", "403"} <= set(found["responses"])
    [answered] = [told for code, told in found["responses"].items() if code.startswith("2")]
    for media in (answered, found.get("requestBody", {})):
        for described_media in media.get("content", {}).values():
            for example in described_media["examples"].values():
                assert refused(contract, described_media["schema"], example["value"]) == []


@pytest.mark.parametrize("operation", sorted(POSTED))
def test_an_example_of_a_question_is_one(contract: dict[str, Any], operation: str) -> None:
    media = described(contract, operation)["requestBody"]["content"]["application/json"]
    for example in media["examples"].values():
        assert refused(contract, media["schema"], example["value"]) == []


def test_every_answer_fits_it(
    contract: dict[str, Any], held: dict[str, str], client: Client
) -> None:
    for operation in JSON_OPERATIONS:
        answer = asked(client, operation, held)
        assert answer.status_code == 200, answer.content
        schema = answer_of(contract, operation)["schema"]
        assert refused(contract, schema, answer.json()) == [], operation


@pytest.mark.parametrize(
    ("operation", "question"),
    [
        ("listOffers", "expand=rate_card"),
        ("getOffer", "expand=rate_card&at=2026-05-01&revision=2"),
        ("getModel", "expand=offers&at=2026-05-01T12:00:00Z"),
        ("getRateCard", "tier=standard&currency=USD&context_over=0"),
        ("getHistory", "meter=input_tokens&terms=&currency=USD&revision=1"),
        ("listReadings", "lab=deepseek&effort=max&harness=&evaluator=independent&at=2026-06-02"),
        ("getScoreHistory", "benchmark=swe-bench-verified&revision=4"),
    ],
)
def test_fuller_answers_fit_it_too(
    contract: dict[str, Any], held: dict[str, str], client: Client, operation: str, question: str
) -> None:
    answer = client.get(f"{filled(OPERATIONS[operation], held)}?{question}")
    assert answer.status_code == 200, answer.content
    assert refused(contract, answer_of(contract, operation)["schema"], answer.json()) == []


@pytest.mark.parametrize(
    ("operation", "question"),
    [
        ("listOffers", "expand=rate_card&fields=id,rate_card.amount"),
        ("listPrices", "fields=rate.starts_at,offer"),
        ("listChanges", "fields=offer"),
        ("getModel", "fields=model.id,offers.rate_card.meter"),
        ("getReceipt", "fields=figure"),
        ("getHistory", "fields=series.periods"),
    ],
)
def test_an_answer_of_named_fields_fits_the_other_way_and_not_the_whole(
    contract: dict[str, Any], held: dict[str, str], client: Client, operation: str, question: str
) -> None:
    answer = client.get(f"{filled(OPERATIONS[operation], held)}?{question}")
    assert answer.status_code == 200, answer.content
    media = described(contract, operation)["responses"]["200"]["content"]["application/json"]
    whole, partly = ways_to_answer(contract, media["schema"])
    assert refused(contract, partly, answer.json()) == []
    assert refused(contract, whole, answer.json())


def test_every_error_fits_it(
    contract: dict[str, Any], held: dict[str, str], client: Client
) -> None:
    for operation in OPERATIONS:
        answer = asked(client, operation, held, "?nonsense=1")
        assert answer.status_code == 400, operation
        content = described(contract, operation)["responses"]["400"]["content"]
        schema = content["application/problem+json"]["schema"]
        assert refused(contract, schema, answer.json()) == [], operation


def test_every_address_in_an_answer_leads_somewhere(held: dict[str, str], client: Client) -> None:
    answers = [asked(client, name, held).json() for name in JSON_OPERATIONS]
    found = {text for text in texts(answers) if text.startswith("/api/v1/") and "{" not in text}
    assert {text.split("/")[3] for text in found} >= {"offers", "models", "receipts", "snapshots"}
    for address in found - {OPERATIONS[name] for name in POSTED}:
        assert client.get(address).status_code == 200, address


def texts(value: object) -> list[str]:
    """Every text within an answer."""
    if isinstance(value, dict):
        return [text for member in value.values() for text in texts(member)]
    if isinstance(value, list):
        return [text for member in value for text in texts(member)]
    return [value] if isinstance(value, str) else []

"""How the API behaves to whoever asks: browsers elsewhere, curious clients, broken ones."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.conftest import Ask

NUL = "%00"


def test_any_site_may_read_it(ask: Ask, client: Client) -> None:
    answer = client.get("/api/v1/labs", headers={"Origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer


def test_a_browser_that_asks_first_is_told_that_it_may(client: Client) -> None:
    answer = client.options(
        "/api/v1/labs",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
    )
    assert answer.status_code == 200
    assert "GET" in answer["Access-Control-Allow-Methods"]


def test_head_tells_what_get_would(ask: Ask, client: Client) -> None:
    got, headed = client.get("/api/v1/labs"), client.head("/api/v1/labs")
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed["ETag"] == got["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, db: None, method: str) -> None:
    answer = getattr(client, method)("/api/v1/offers")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer["Content-Type"] == "application/problem+json"


def test_another_format_is_not_pretended(client: Client, db: None) -> None:
    answer = client.get("/api/v1/labs", headers={"Accept": "application/xml"})
    assert answer.status_code == 406
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("offer", "/api/v1/offers "),
        ("model/deepseek/x", "/api/v1/models "),
        ("rate-card/a/b", "/api/v1/rate-cards/{provider}/{provider_model_id} "),
        ("schema", "/api/v1/schema/ "),
    ],
)
def test_an_address_that_is_none_is_told_the_nearest(
    client: Client, db: None, path: str, meant: str
) -> None:
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"
    assert f"Was {meant}meant?" in answer.json()["detail"]


def test_a_mistake_is_not_kept(client: Client, db: None) -> None:
    assert client.get("/api/v1/labs/none")["Cache-Control"] == "no-store"
    assert client.get("/api/v1/labs?x=1")["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    [
        f"labs/{NUL}",
        f"providers/a{NUL}",
        f"models/a/b{NUL}c",
        f"offers/{NUL}/b",
        f"rate-cards/a/b{NUL}",
        f"history/a{NUL}/b",
        "receipts/99999999999999999999999999",
        "revisions/99999999999999999999999999",
        "receipts/0",
        "receipts/-1",
        "snapshots/abc",
        f"snapshots/{'F' * 64}",
        "offers/%ff/%fe",
        "models/a",
    ],
)
def test_an_id_that_cannot_be_is_not_held(client: Client, db: None, path: str) -> None:
    assert client.get(f"/api/v1/{path}").status_code == 404


@pytest.mark.parametrize(
    "question",
    [
        f"provider_model_id={NUL}",
        "provider_model_id=",
        f"provider_model_id={'x' * 301}",
        "provider=a/b",
        "model=deepseek-v4-pro",
        "model=/x",
        "at=2026-04-25T12:00:00",
        "at=2026-04-25T12:00:00+02:00",
        "at=0001-01-01T00:00:00%2B14:00",
        "at=9999-12-31T23:59:59-14:00",
        "at=２０２６-04-25",
        "at=",
        "revision=0",
        "revision=1.0",
        "revision=१",
        "revision=99999999999999999999999",
        "limit=0",
        "limit=-1",
        "limit=1&limit=2",
        "has_model=maybe",
        "expand=rate_card,",
        "expand=model",
        "currency=usd",
        "region=EU!",
        "context_over=-1",
        "cursor=x",
        "cursor=WzFd",
        "cursor=WyJhIl0",
        "cursor=WyJhIiwiXHUwMDAwIl0",
        "cursor=W1tdLFtdXQ",
        "cursor=%C3%A9",
        "format=json",
    ],
)
def test_what_is_not_understood_is_refused(client: Client, db: None, question: str) -> None:
    answer = client.get(f"/api/v1/offers?{question}")
    assert answer.status_code == 400, answer.content
    [error] = answer.json()["errors"]
    assert error["field"] == question.partition("=")[0]
    assert error["expected"]


def test_all_mistakes_are_told_at_once(client: Client, db: None) -> None:
    answer = client.get("/api/v1/offers?limit=x&at=y&z=1").json()
    assert [error["field"] for error in answer["errors"]] == ["limit", "at", "z"]


def test_a_long_value_is_told_back_short(client: Client, db: None) -> None:
    [error] = client.get(f"/api/v1/offers?mode={'x' * 5000}").json()["errors"]
    assert len(error["value"]) <= 80


@pytest.mark.parametrize(
    "at",
    ["2026-05-30", "2026-05-30T00:00:00Z", "2026-05-30T02:00:00%2B02:00", "2026-05-30T00:00Z"],
)
def test_a_moment_may_be_written_in_any_zone(ask: Ask, at: str) -> None:
    assert ask(f"offers?at={at}")["at"] == "2026-05-30T00:00:00Z"


def test_a_snapshot_is_a_download_and_takes_no_question(ask: Ask, client: Client) -> None:
    [rate, *_] = ask("rate-cards/deepseek/deepseek-v4-pro?at=2026-04-25")["rates"]
    receipt = ask(rate["receipt"].removeprefix("/api/v1/"))
    address = receipt["evidence"]["snapshot"]["bytes"]
    answer = client.get(address)
    assert answer["Content-Type"] == "application/octet-stream"
    assert "immutable" in answer["Cache-Control"]
    assert client.get(f"{address}?as=html").status_code == 400
    again = client.get(address, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304

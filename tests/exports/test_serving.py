"""How the files are served: at a moment and a revision, with tags, and their lists beside them."""

from __future__ import annotations

import gzip
from functools import partial
from http import HTTPStatus
from threading import Event
from typing import Any

import pytest
from django.test import Client

from registry.exports import views
from registry.exports.compat.formats import FORMATS, Format
from registry.exports.shelf import Bodies, Body, Shelf
from registry.exports.warming import warm
from registry.selectors.clocks import AsOf
from tests.pipeline.bodies import llm_prices, models_dev, record
from tests.pipeline.taking import deliver

LITELLM = "/compat/litellm/model_prices_and_context_window.json"
MODELS_DEV = "/compat/models.dev/api.json"
# Models are no history; nothing that OpenRouter sells is held here.
_WITHOUT_AN_OFFER = {"models.dev/models.json", "openrouter/api/v1/models"}


def prices(sent: str) -> bytes:
    return llm_prices(record("deepseek-v4-pro", (sent, "2", "0.1")) | {"vendor": '"deepseek"'})


@pytest.fixture(autouse=True)
def registry(sources: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two revisions of one price, and nothing kept from another test."""
    monkeypatch.setattr(views, "_shelf", Shelf())
    deliver("llm-prices", prices("1"), "2026-04-24")
    deliver("llm-prices", prices("0.8"), "2026-05-24")


def sent(client: Client, address: str) -> Any:
    return client.get(address).json()


def test_every_format_is_served_with_a_link_to_what_it_leaves_out(client: Client) -> None:
    for form in FORMATS:
        response = client.get(f"/compat/{form.address}")
        assert response.status_code == HTTPStatus.OK, form.address
        assert response["Ratecard-Revision"] == "2"
        list_ = response["Link"].removeprefix("<").partition(">")[0]
        listed = sent(client, list_)
        assert listed["count"] == len(listed["items"]), form.address


def test_a_file_at_a_moment_and_a_file_of_a_revision(client: Client) -> None:
    cost = [
        sent(client, f"{MODELS_DEV}{asked}")["deepseek"]["models"]["deepseek-v4-pro"]["cost"]
        for asked in ("", "?at=2026-05-01", "?revision=1")
    ]
    assert [one["input"] for one in cost] == [0.8, 1, 1]


def test_before_its_first_price_nothing_is_in_the_file(client: Client) -> None:
    assert sent(client, f"{MODELS_DEV}?at=2026-01-01") == {}


def test_equal_bytes_are_not_sent_again(client: Client) -> None:
    tag = client.get(LITELLM)["ETag"]
    assert client.get(LITELLM, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"{LITELLM}?revision=1", headers={"If-None-Match": tag}).status_code == 200


def test_the_packed_body_is_the_same_document_under_a_tag_of_its_own(client: Client) -> None:
    plain, packed = (client.get(LITELLM, headers=h) for h in ({}, {"Accept-Encoding": "gzip"}))
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("gzip, deflate, br, zstd", True),
        ("*", True),
        ("*;q=0, gzip ; q=1.0", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.000, *", False),
        ("identity, *;q=0", False),
    ],
)
def test_a_packed_body_is_sent_to_whom_takes_it(
    client: Client, accepted: str, packed: bool
) -> None:
    answer = client.get(LITELLM, headers={"Accept-Encoding": accepted})
    assert ("Content-Encoding" in answer) is packed


def test_head_tells_what_get_would(client: Client) -> None:
    for form in FORMATS:
        asked = client.get(f"/compat/{form.address}")
        told = client.head(f"/compat/{form.address}")
        assert told.content == b""
        for name in ("ETag", "Content-Length", "Content-Type", "Link", "Ratecard-Revision"):
            assert told[name] == asked[name], (form.address, name)


def test_every_file_is_that_of_a_moment_where_one_is_asked_for(client: Client) -> None:
    for form in FORMATS:
        now, then = (client.get(f"/compat/{form.address}{at}") for at in ("", "?at=2026-01-01"))
        assert then.status_code == HTTPStatus.OK, form.address
        held = client.get(
            f"/compat/{form.address}?at=2026-01-01", headers={"If-None-Match": then["ETag"]}
        )
        assert held.status_code == HTTPStatus.NOT_MODIFIED
        if form.address not in _WITHOUT_AN_OFFER:
            assert now.content != then.content, form.address


@pytest.mark.parametrize("address", [LITELLM, "/bulk/", "/feeds/facts.atom", "/feeds/calendar.ics"])
def test_a_page_elsewhere_may_ask_and_read_the_tag(client: Client, address: str) -> None:
    elsewhere = {"Origin": "https://tool.example", "Access-Control-Request-Method": "GET"}
    asked = client.options(address, headers=elsewhere)
    assert (asked.status_code, asked["Access-Control-Allow-Origin"]) == (HTTPStatus.OK, "*")
    assert "if-none-match" in asked["Access-Control-Allow-Headers"]
    answer = client.get(address, headers={"Origin": "https://tool.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert {"ETag", "Ratecard-Revision"} <= set(answer["Access-Control-Expose-Headers"].split(", "))


@pytest.mark.parametrize(
    ("asked", "field"),
    [("at=yesterday", "at"), ("revision=0", "revision"), ("revision=99", "revision"), ("x=1", "x")],
)
def test_what_is_not_understood_is_refused_by_name(client: Client, asked: str, field: str) -> None:
    response = client.get(f"{LITELLM}?{asked}")
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].startswith(field)


def test_the_request_that_opencode_makes_is_answered(client: Client) -> None:
    """It reads ``{OPENCODE_MODELS_URL}/api.json`` and takes cost, limit and package from it."""
    provider = sent(client, "/compat/models.dev/api.json")["deepseek"]
    model = provider["models"]["deepseek-v4-pro"]
    assert provider["env"]
    assert provider["npm"]
    assert model["id"] == "deepseek-v4-pro"
    assert {"context", "output"} <= model["limit"].keys()
    assert model["cost"] == {"input": 0.8, "output": 2, "cache_read": 0.1}


OPENROUTER = "/compat/openrouter/api/v1/models"


def test_openrouters_own_questions_are_answered_or_refused_by_name(client: Client) -> None:
    rows = {"openrouter/deepseek/deepseek-v4-pro": {"input": "1", "output": "2"}}
    facts = {"modalities": '{"input": ["text"], "output": ["text"]}', "tool_call": "true"}
    deliver("models-dev", models_dev(rows, facts=facts), "2026-06-01")
    for asked, count in (("", 1), ("?supported_parameters=tools&output_modalities=text", 1),
                         ("?output_modalities=image", 0)):  # fmt: skip
        told = client.get(f"{OPENROUTER}{asked}")
        assert (told.json()["total_count"], told["Ratecard-Revision"]) == (count, "3"), asked
    tags = {
        client.get(f"{OPENROUTER}{asked}")["ETag"] for asked in ("", "?output_modalities=image")
    }
    assert len(tags) == 2
    for asked in ("category=programming", "use_rss=true", "sort=price"):
        refused = client.get(f"{OPENROUTER}?{asked}")
        assert refused.status_code == HTTPStatus.BAD_REQUEST
        assert refused.json()["detail"].startswith(asked.partition("=")[0])
    left_out = client.get(f"{OPENROUTER}.left-out.json?output_modalities=text")
    assert left_out.status_code == HTTPStatus.BAD_REQUEST


def test_endpoints_of_a_model_that_is_not_held_are_not_found(client: Client) -> None:
    response = client.get("/compat/openrouter/api/v1/models/a/b/endpoints")
    assert response.status_code == HTTPStatus.NOT_FOUND


def test_files_made_ahead_are_served_and_made_again_after_a_revision(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    make = views._made

    def counted(form: Format, as_of: AsOf) -> Bodies:
        made.append(as_of.number)
        return make(form, as_of)

    monkeypatch.setattr(views, "_made", counted)
    ready = warm(None)
    assert client.get(LITELLM)["Ratecard-Revision"] == "2"
    assert made == [2] * len(FORMATS)
    assert warm(ready) == ready
    assert made == [2] * len(FORMATS)
    deliver("llm-prices", prices("0.7"), "2026-06-24")
    warm(ready)
    assert client.get(LITELLM)["Ratecard-Revision"] == "3"
    assert made == [2] * len(FORMATS) + [3] * len(FORMATS)


def bodies(number: int) -> Bodies:
    return Bodies(Body.of(b"document"), Body.of(b"list"), number)


def test_a_body_is_made_once_and_the_oldest_gives_way() -> None:
    shelf, made = Shelf(), list[int]()

    def make(number: int) -> Bodies:
        made.append(number)
        return bodies(number)

    for number in (*range(13), 12, 0):
        shelf.get(number, partial(make, number))
    assert made == [*range(13), 0]


def test_nobody_waits_for_a_new_body_while_there_is_an_older_one() -> None:
    shelf, begun, finish = Shelf(), Event(), Event()

    def slow() -> Bodies:
        begun.set()
        finish.wait(timeout=30)
        return bodies(2)

    assert shelf.get_now("map", "first", partial(bodies, 1)).revision == 1
    assert shelf.get_now("map", "second", slow).revision == 1
    assert begun.wait(timeout=30)
    assert shelf.get_now("map", "second", slow).revision == 1
    finish.set()
    assert shelf.get("second", slow).revision == 2
    assert shelf.get_now("map", "second", slow).revision == 2

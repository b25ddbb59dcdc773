"""The start page says what the registry holds and where to read it."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.catalog.models import Lab, Model
from registry.ledger.models import Revision

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    """The start page, which must answer."""
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def count_of(name: str, html: str) -> str:
    found = re.search(rf"<dt>{name}</dt>\s*<dd>([\d,]+)</dd>", html)
    assert found
    return found[1]


def test_an_empty_registry_says_that_it_is_empty(client: Client) -> None:
    html = page(client)
    assert "Nothing is published yet" in html
    assert count_of("Price points", html) == "0"


def test_it_counts_what_is_held(client: Client) -> None:
    lab = Lab.objects.create(slug="deepseek", name="DeepSeek")
    Model.objects.create(lab=lab, slug="deepseek-v4-pro", name="DeepSeek V4 Pro")
    Revision.objects.create(
        number=1,
        kind=Revision.Kind.CATALOG,
        published_at=datetime(2026, 10, 1, 12, 30, tzinfo=UTC),
        author="catalogue",
        point_count=1234,
        previous_hash="",
        hash="a" * 64,
    )
    html = page(client)
    assert count_of("Labs", html) == "1"
    assert count_of("Models", html) == "1"
    assert count_of("Providers", html) == "0"
    assert count_of("Price points", html) == "1,234"
    assert "a" * 64 in html
    assert "1 October 2026, 12:30 UTC" in html
    assert "Nothing is published yet" not in html


def test_it_leads_to_the_api_its_docs_and_the_admin(client: Client) -> None:
    html = page(client)
    for address in ("/api/v1/", "/api/v1/docs/", "/admin/"):
        assert f'href="{address}"' in html


def test_it_asks_nothing_of_other_hosts_and_runs_no_script(client: Client) -> None:
    answer = client.get("/")
    html = answer.content.decode()
    assert not re.search(r'(?:src|href)="(?:https?:)?//', html)
    assert "<script" not in html
    assert "style=" not in html
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_static_file_it_names_exists(client: Client) -> None:
    named = re.findall(r'href="/static/([^"]+)"', page(client))
    assert named
    for name in named:
        assert finders.find(name), name


def test_it_costs_a_handful_of_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(7):
        client.get("/")


def test_it_cannot_be_written_to(client: Client) -> None:
    assert client.post("/").status_code == 405


def test_an_unknown_address_is_answered_with_a_page(client: Client) -> None:
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "Nothing is at this address" in answer.content.decode()

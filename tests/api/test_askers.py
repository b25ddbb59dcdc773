"""Over HTTP: everybody may read, a key may read more, and a wrong key is never merely ignored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from registry.access.keys import issue, revoke
from registry.access.models import KeyUse
from registry.access.usage import USAGE

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/labs"


@pytest.fixture(autouse=True)
def _low_rates(settings: Settings) -> Iterator[None]:
    settings.RATE_ANONYMOUS, settings.RATE_WITH_KEY = 2, 4
    cache.clear()
    yield
    cache.clear()


def answered(client: Client, times: int, **headers: str) -> list[int]:
    return [client.get(ADDRESS, headers=headers).status_code for _ in range(times)]


def test_without_a_key_the_lower_rate_holds(client: Client) -> None:
    assert answered(client, 3) == [200, 200, 429]


def test_a_refusal_says_when_to_ask_again(client: Client) -> None:
    answered(client, 2)
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "throttled"
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["RateLimit"].startswith('"anonymous";r=0;t=')
    assert answer["Cache-Control"] == "no-store"


def test_every_answer_says_what_is_left(client: Client) -> None:
    assert client.get(ADDRESS)["RateLimit-Policy"] == '"anonymous";q=2;w=60'
    assert client.get(f"{ADDRESS}?colour=red")["RateLimit"].startswith('"anonymous";r=0;t=')


def test_a_key_has_a_rate_of_its_own_and_is_counted(client: Client) -> None:
    key, text = issue("a router", ["read"], by="admin")
    assert answered(client, 5, authorization=f"Bearer {text}") == [200, 200, 200, 200, 429]
    assert answered(client, 1) == [200]
    USAGE.write()
    assert KeyUse.objects.get(key=key).requests == 5


def test_a_key_without_the_scope_reads_at_the_lower_rate(client: Client) -> None:
    _, text = issue("a receiver", ["webhooks"], by="admin")
    assert answered(client, 3, authorization=f"Bearer {text}") == [200, 200, 429]


@pytest.mark.parametrize("shown", ["Bearer rc_nothing", "Bearer ", "Basic YTpi", "rc_abcdefgh_x"])
def test_a_wrong_key_is_refused_in_words(client: Client, shown: str) -> None:
    answer = client.get(ADDRESS, headers={"authorization": shown})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="ratecard"'
    assert answer.json()["status"] == 401


def test_a_key_taken_back_is_refused_at_once(client: Client) -> None:
    key, text = issue("a router", ["read"], by="admin")
    assert answered(client, 1, authorization=f"Bearer {text}") == [200]
    revoke(key.prefix, at=timezone.now())
    assert answered(client, 1, authorization=f"Bearer {text}") == [401]


def test_no_limit_is_told_by_no_header(client: Client, settings: Settings) -> None:
    settings.RATE_ANONYMOUS = 0
    answer = client.get(ADDRESS)
    assert answer.status_code == 200
    assert "RateLimit" not in answer

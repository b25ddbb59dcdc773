"""Windows of a minute: so many requests, then none until the next begins."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from registry.access.limits import take

NOON = 1_780_000_020.0


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def test_a_window_counts_down_and_then_refuses() -> None:
    quotas = [take("anonymous", "192.0.2.1", 2, now=NOON + i) for i in range(3)]
    assert [quota.remaining for quota in quotas] == [1, 0, 0]
    assert [quota.exceeded for quota in quotas] == [False, False, True]


def test_the_next_window_is_full_again() -> None:
    spent = take("anonymous", "192.0.2.1", 1, now=NOON)
    assert take("anonymous", "192.0.2.1", 1, now=NOON).exceeded
    assert not take("anonymous", "192.0.2.1", 1, now=NOON + spent.resets).exceeded


def test_askers_do_not_share_a_window() -> None:
    take("anonymous", "192.0.2.1", 1, now=NOON)
    assert not take("anonymous", "192.0.2.2", 1, now=NOON).exceeded
    assert not take("key", "192.0.2.1", 1, now=NOON).exceeded


def test_headers_tell_the_policy_and_what_is_left() -> None:
    quota = take("key", "7", 100, now=NOON)
    assert quota.headers == {
        "RateLimit-Policy": '"key";q=100;w=60',
        "RateLimit": f'"key";r=99;t={quota.resets}',
    }
    assert 0 < quota.resets <= 60

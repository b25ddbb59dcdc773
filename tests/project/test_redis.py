"""Where REDIS_URL names a server, it is the cache and the broker."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

from registry.pipeline.celery import app

pytestmark = pytest.mark.redis


def test_the_cache_keeps_what_it_is_given() -> None:
    cache = caches["default"]
    assert isinstance(cache, RedisCache)
    cache.set("ratecard:test", {"kept": True}, timeout=60)
    try:
        assert cache.get("ratecard:test") == {"kept": True}
    finally:
        cache.delete("ratecard:test")


def test_the_broker_can_be_reached() -> None:
    with app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=1)
        assert connection.transport_cls == "redis"
        assert connection.connected

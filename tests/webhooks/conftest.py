"""A registry of two revisions, and an endpoint that listens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.access.keys import issue
from registry.catalog.models import Offer, Provider
from registry.webhooks.endpoints import open_endpoint
from registry.webhooks.models import Endpoint
from scrapers.fetch import AddressPolicy, FetchSettings
from tests.webhooks.receiver import Receiver, receiver

LOOPBACK = AddressPolicy(allow_hosts=frozenset({"127.0.0.1"}))


@pytest.fixture
def offer(db: None) -> Offer:
    provider = Provider.objects.create(slug="deepseek", name="DeepSeek")
    return Offer.objects.create(provider=provider, provider_model_id="deepseek-v4-pro")


@pytest.fixture
def sending(tmp_path: Path) -> FetchSettings:
    """As in earnest, but loopback may be told."""
    return FetchSettings(
        contact="https://registry.example/contact",
        version="1",
        slot_directory=tmp_path,
        policy=LOOPBACK,
        deadline=5.0,
    )


@pytest.fixture
def listener() -> Iterator[Receiver]:
    with receiver() as listening:
        yield listening


@pytest.fixture
def owner(db: None) -> int:
    key, _ = issue("a router", ["webhooks"], by="admin")
    return int(key.pk)


@pytest.fixture
def endpoint(owner: int, listener: Receiver) -> Endpoint:
    """Wants everything."""
    opened, listener.secret = open_endpoint(owner, listener.address, wanted={}, policy=LOOPBACK)
    return opened

"""No endpoint leads to a machine that is not public, now or when its name moves later."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.catalog.models import Offer
from registry.pipeline.announce import announce
from registry.webhooks.endpoints import EndpointRefused, open_endpoint
from registry.webhooks.models import Delivery
from scrapers.fetch import AddressPolicy, FetchSettings
from tests.ledger.saying import point, say
from tests.scrapers.fetch.spellings import REFUSED


@pytest.mark.parametrize("address", REFUSED)
def test_a_private_address_in_any_spelling_is_refused(owner: int, address: str) -> None:
    with pytest.raises(EndpointRefused) as refused:
        open_endpoint(owner, address, wanted={}, policy=AddressPolicy())
    assert refused.value.field == "address"


@pytest.mark.parametrize("address", ["http://example.org/told", "ftp://example.org", "told", ""])
def test_only_https_is_taken(owner: int, address: str) -> None:
    with pytest.raises(EndpointRefused):
        open_endpoint(owner, address, wanted={}, policy=AddressPolicy())


def test_a_name_that_moved_to_a_private_address_is_not_asked(
    owner: int, offer: Offer, tmp_path: Path
) -> None:
    open_endpoint(owner, "https://hooks.example.org/told", wanted={}, policy=AddressPolicy())
    say(point(offer))
    sending = FetchSettings(
        contact="https://registry.example/contact",
        version="1",
        slot_directory=tmp_path,
        resolver=lambda host, port: ("10.0.0.7",),
    )
    announce(sending)
    assert Delivery.objects.get().answer.startswith("address_refused: ")

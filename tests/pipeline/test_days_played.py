"""An archive behind a host on loopback, played day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from registry.pipeline.courier import Courier
from scrapers.catalog import SOURCES
from tests.pipeline.archive_host import ArchiveHost
from tests.pipeline.days import Days
from tests.pipeline.upstreams import Upstreams, price_list, price_page

FLASH = ("0.0028", "0.14", "0.28")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two days of DeepSeek's page, one of a list that agrees with the first."""
    for day, pro in (("2026-04-24", "1.74"), ("2026-04-27", "1.20")):
        page = tmp_path / "html" / day / "deepseek-pricing.html"
        page.parent.mkdir(parents=True)
        page.write_bytes(price_page(FLASH, ("0.0145", pro, "3.48")))
    listed = tmp_path / "llm-prices" / "2026-04-23" / "historical-v1.json"
    listed.parent.mkdir(parents=True)
    listed.write_bytes(price_list({"deepseek-v4-pro": ("1.74", "3.48")}))
    return tmp_path


@pytest.fixture
def days(
    db: None, archive: Path, upstreams: Upstreams, new_courier: Callable[[], Courier]
) -> Iterator[Days]:
    """The archive's days, with the clock given back at the end."""
    played = Days(ArchiveHost(upstreams, archive, SOURCES), new_courier())
    yield played
    played.stop()


def input_price(client: Client) -> Decimal:
    answer = client.get("/api/v1/rate-cards/deepseek/deepseek-v4-pro").json()
    (rate,) = (rate for rate in answer["rates"] if rate["meter"] == "input_tokens")
    return Decimal(rate["amount"])


def source(client: Client) -> dict[str, object]:
    answer: dict[str, dict[str, object]] = client.get("/api/v1/sources/deepseek").json()
    return answer["source"]


def test_a_day_that_comes_brings_what_its_upstreams_say(days: Days, client: Client) -> None:
    assert days.move_to(date(2026, 4, 24)) == {"published": 2}
    assert input_price(client) == Decimal("1.74")
    assert days.move_to(date(2026, 4, 26)) == {"unchanged": 4}
    assert days.move_to(date(2026, 4, 27)) == {"published": 1, "unchanged": 1}
    assert input_price(client) == Decimal("1.2")


def test_a_source_breaks_goes_stale_and_recovers(days: Days, client: Client) -> None:
    days.move_to(date(2026, 4, 24))
    days.host.broken.add("deepseek")
    assert days.move_to(date(2026, 4, 25))["rejected"] == 1
    assert source(client)["stale"] is False
    days.move_to(date(2026, 4, 27))
    assert source(client)["stale"] is True
    assert "1 stale" in days.told()
    assert input_price(client) == Decimal("1.74")
    days.host.broken.clear()
    days.host.silent.add("deepseek")
    assert days.move_to(date(2026, 4, 28))["failed"] == 1
    days.host.silent.clear()
    days.move_to(date(2026, 4, 29))
    assert source(client)["stale"] is False
    assert input_price(client) == Decimal("1.2")


def test_no_day_comes_twice(days: Days) -> None:
    days.move_to(date(2026, 4, 25))
    with pytest.raises(ValueError, match="a day after 2026-04-25"):
        days.move_to(date(2026, 4, 25))

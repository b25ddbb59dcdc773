"""Days of a registry whose upstreams change, break, go stale and recover."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from registry.catalog.models import Offer
from registry.ingest.models import Run, Source
from registry.ledger.asof import rates_at
from registry.pipeline.courier import Courier
from registry.pipeline.management.commands.keep_fresh import round_of
from registry.selectors.freshness import SourceFreshness, freshness
from tests.pipeline.upstreams import Upstreams, price_list, price_page

DAY_1 = datetime(2026, 4, 24, 12, tzinfo=UTC)
FLASH = ("0.0028", "0.14", "0.28")
PRO = ("0.0145", "1.74", "3.48")
PRO_CHEAPER = ("0.0145", "1.20", "3.48")


def on_day(number: int) -> datetime:
    return DAY_1 + timedelta(days=number - 1)


def input_price(at: datetime) -> Decimal | None:
    """What DeepSeek's V4 Pro costs at a moment, as published now."""
    offer = Offer.objects.get(provider__slug="deepseek", provider_model_id="deepseek-v4-pro")
    standings = rates_at([offer.pk], at=at)[offer.pk]
    return next(s.amount for s in standings if s.meter == "input_tokens")


def told_of(source: Source) -> SourceFreshness:
    return next(row for row in freshness(timezone.now()) if row.slug == source.slug)


def test_prices_follow_their_upstreams_and_no_broken_page_moves_them(
    page: Source,
    feed: Source,
    upstreams: Upstreams,
    new_courier: Callable[[], Courier],
    capsys: pytest.CaptureFixture[str],
) -> None:
    def a_day_passes(number: int) -> None:
        with time_machine.travel(on_day(number)):
            round_of(new_courier(), threading.Event())

    upstreams.serves("/pricing", price_page(FLASH, PRO), content_type="text/html")
    listed = {"deepseek-v4-flash": ("0.14", "0.28"), "deepseek-v4-pro": ("1.74", "3.48")}
    upstreams.serves("/prices.json", price_list(listed))
    a_day_passes(1)
    assert input_price(on_day(1) + timedelta(minutes=1)) == Decimal("1.74")

    # The provider's own page lowers a price; the feed has not noticed.
    upstreams.serves("/pricing", price_page(FLASH, PRO_CHEAPER), content_type="text/html")
    a_day_passes(2)
    assert input_price(on_day(2) + timedelta(minutes=1)) == Decimal("1.2")
    assert input_price(on_day(2) - timedelta(minutes=1)) == Decimal("1.74")

    # A new design: the page is there, its table is not.
    redesigned = b"<!doctype html><html><body><p>New prices soon!</p></body></html>"
    upstreams.serves("/pricing", redesigned, content_type="text/html")
    a_day_passes(3)
    with time_machine.travel(on_day(3) + timedelta(hours=1)):
        row = told_of(page)
        assert [address.outcome for address in row.failing] == [Run.Outcome.REJECTED]
        assert not row.stale
        assert row.seen_at is not None
        assert row.seen_at.date() == on_day(2).date()
        assert not told_of(feed).failing
    assert input_price(on_day(3) + timedelta(minutes=1)) == Decimal("1.2")

    # Nobody mends it, so its word goes stale; the feed stays fresh.
    a_day_passes(4)
    a_day_passes(5)
    with time_machine.travel(on_day(5) + timedelta(hours=1)):
        assert told_of(page).stale
        assert not told_of(feed).stale
        call_command("sources")
        shown = capsys.readouterr().out
        assert "2 sources, 1 stale" in shown
        line = next(line for line in shown.splitlines() if line.lstrip().startswith(page.slug))
        assert "stale" in line
        assert "rejected: " in line
        assert "2026-04-25 12:00" in line

    upstreams.serves("/pricing", price_page(FLASH, PRO_CHEAPER), content_type="text/html")
    a_day_passes(6)
    with time_machine.travel(on_day(6) + timedelta(hours=1)):
        row = told_of(page)
        assert not row.stale
        assert not row.failing
        assert row.seen_at is not None
        assert row.seen_at.date() == on_day(6).date()
    assert input_price(on_day(6) + timedelta(minutes=1)) == Decimal("1.2")

    runs = Run.objects.filter(source=page).order_by("at")
    assert [run.outcome for run in runs] == [
        "published", "published", "rejected", "rejected", "rejected", "unchanged",
    ]  # fmt: skip


def test_a_second_tick_of_the_same_slot_asks_nobody(
    page: Source, feed: Source, upstreams: Upstreams, new_courier: Callable[[], Courier]
) -> None:
    upstreams.serves("/pricing", price_page(FLASH, PRO), content_type="text/html")
    upstreams.serves("/prices.json", price_list({"deepseek-v4-pro": ("1.74", "3.48")}))
    carrier = new_courier()
    with time_machine.travel(DAY_1, tick=False) as clock:
        round_of(carrier, threading.Event())
        assert sorted(upstreams.asked) == ["/prices.json", "/pricing"]
        clock.shift(timedelta(minutes=1))
        round_of(carrier, threading.Event())
    assert len(upstreams.asked) == 2


def test_a_fault_of_ours_leaves_the_other_sources_their_turn(
    page: Source,
    feed: Source,
    upstreams: Upstreams,
    new_courier: Callable[[], Courier],
) -> None:
    page.parser = "no_such_parser"
    page.save()
    upstreams.serves("/pricing", price_page(FLASH, PRO), content_type="text/html")
    upstreams.serves("/prices.json", price_list({"deepseek-v4-pro": ("1.74", "3.48")}))
    round_of(new_courier(), threading.Event())
    outcomes = {run.source.slug: (run.outcome, run.fault) for run in Run.objects.all()}
    assert outcomes == {
        page.slug: ("failed", "ModuleNotFoundError"),
        feed.slug: ("published", ""),
    }

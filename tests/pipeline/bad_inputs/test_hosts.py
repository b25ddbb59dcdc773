"""Hosts that bomb, drip, circle or lead elsewhere: rows 32, 36, 41 and 42, from the wire on."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from registry.ingest.models import Run, Source
from registry.ledger.models import Revision
from registry.pipeline.courier import Courier
from registry.pipeline.refresh import refresh
from tests.pipeline.upstreams import Page, Upstreams, price_list

NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)
GOOD = price_list({"deepseek-v4-pro": ("1.74", "3.48")})
NEW = price_list({"deepseek-v4-pro": ("1.8", "3.5")})
NewCourier = Callable[[], Courier]


def asked(source: Source, courier: Courier, slot: str) -> Run:
    run = refresh(source, "", slot=slot, courier=courier)
    assert run is not None
    run.refresh_from_db()
    return run


def bomb(size: int) -> bytes:
    return gzip.compress(b'{"prices": [' + b" " * size + b"]}")


@pytest.mark.parametrize(
    ("page", "outcome", "faults"),
    [
        pytest.param(
            Page(bomb(12_000_000), encoding="gzip"), Run.Outcome.FAILED, {"too_large"},
            marks=pytest.mark.bad_input(41), id="a bomb of gzip",
        ),
        pytest.param(
            Page(b'{"prices": [' + b" " * 10_500_000 + b"]}"), Run.Outcome.FAILED,
            {"too_large"}, marks=pytest.mark.bad_input(41), id="over the cap as it is",
        ),
        pytest.param(
            Page(b"[" * 100_000 + b"]" * 100_000), Run.Outcome.REJECTED,
            {"wrong_format"}, marks=pytest.mark.bad_input(41), id="nested a hundred thousand deep",
        ),
        pytest.param(
            Page(b'{"prices": ' + b"[" * 5_000 + b"]" * 5_000 + b"}"), Run.Outcome.REJECTED,
            {"wrong_format"}, marks=pytest.mark.bad_input(41), id="nested in its place",
        ),
        pytest.param(
            Page(b"", redirect="/prices.json"), Run.Outcome.FAILED, {"too_many_redirects"},
            marks=pytest.mark.bad_input(42), id="a redirect to itself",
        ),
        pytest.param(
            Page(b"", redirect="http://10.0.0.8/x.json"), Run.Outcome.FAILED, {"address_refused"},
            marks=pytest.mark.bad_input(42), id="a redirect to a private address",
        ),
        pytest.param(
            Page(b"", redirect="http://169.254.169.254/"), Run.Outcome.FAILED, {"address_refused"},
            marks=pytest.mark.bad_input(42), id="a redirect to a cloud's metadata",
        ),
        pytest.param(
            Page(b"", redirect="/"), Run.Outcome.REJECTED, {"wrong_page"},
            marks=pytest.mark.bad_input(32), id="a redirect to the home page",
        ),
        pytest.param(
            Page(b"<html><title>Just a moment...</title></html>", "text/html"),
            Run.Outcome.REJECTED, {"blocked", "wrong_page"},
            marks=pytest.mark.bad_input(32), id="a challenge with status 200",
        ),
        pytest.param(
            Page(NEW, "image/png"), Run.Outcome.REJECTED, {"wrong_content_type"},
            marks=pytest.mark.bad_input(36), id="another content type",
        ),
        pytest.param(
            Page(NEW, "application/json; charset=utf-16"), Run.Outcome.REJECTED,
            {"wrong_content_type"}, marks=pytest.mark.bad_input(36), id="another character set",
        ),
    ],
)  # fmt: skip
def test_what_a_host_does_ends_in_the_run_and_what_stood_stands(
    page: Page,
    outcome: Run.Outcome,
    faults: set[str],
    feed: Source,
    upstreams: Upstreams,
    new_courier: NewCourier,
) -> None:
    upstreams.serves("/prices.json", GOOD, changed_at=NOON)
    assert asked(feed, new_courier(), "due:1").outcome == Run.Outcome.PUBLISHED
    upstreams.serves("/", b"<html>home</html>", content_type="text/html")
    upstreams.pages["/prices.json"] = page
    run = asked(feed, new_courier(), "due:2")
    assert run.outcome == outcome, run.detail
    assert run.fault in faults, run.detail
    assert Revision.objects.count() == 1


@pytest.mark.bad_input(42)
def test_one_byte_a_second_runs_into_the_deadline(
    feed: Source, upstreams: Upstreams, new_courier: NewCourier
) -> None:
    upstreams.serves("/prices.json", GOOD)
    assert asked(feed, new_courier(), "due:1").outcome == Run.Outcome.PUBLISHED
    upstreams.serves("/prices.json", NEW, pause=0.1)
    courier = new_courier()
    hasty = replace(courier, settings=replace(courier.settings, deadline=1.0))
    run = asked(feed, hasty, "due:2")
    assert (run.outcome, run.fault) == (Run.Outcome.FAILED, "deadline_exceeded")
    assert Revision.objects.count() == 1

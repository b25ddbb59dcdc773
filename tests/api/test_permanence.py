"""What never changes is the same bytes for ever; what may change says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from registry.ingest.models import Snapshot
from registry.selectors.offers import offer
from tests.api.conftest import Ask
from tests.ledger.saying import point, say

PRO = "deepseek/deepseek-v4-pro"
IMMUTABLE = "public, max-age=31536000, immutable"
PINNED = [
    f"rate-cards/{PRO}?at=2026-05-01&revision=2",
    f"rate-cards/{PRO}?at=2026-06-15&revision=3",
    f"rate-cards/{PRO}?at=2027-06-15&revision=3",
    f"rate-cards/{PRO}?at=2026-04-01&revision=1",
    f"history/{PRO}?revision=1",
    f"history/{PRO}?revision=3",
    "revisions/1",
    "revisions/3",
]


def correct_everything() -> None:
    """A later revision that rewrites the past, the present and the future of the offer."""
    one = offer("deepseek", "deepseek-v4-pro").offer_id
    starts = [datetime(2026, 4, 1, tzinfo=UTC) + timedelta(days=30 * n) for n in range(20)]
    say(*(point(one, f"{n}.5", starts=at) for n, at in enumerate(starts, start=1)))


@pytest.mark.parametrize("path", PINNED)
def test_a_later_revision_leaves_the_pinned_answer_as_it_was(
    ask: Ask, client: Client, path: str
) -> None:
    before = client.get(f"/api/v1/{path}")
    assert before["Cache-Control"] == IMMUTABLE
    correct_everything()
    with time_machine.travel(datetime(2028, 1, 1, tzinfo=UTC)):
        assert client.get(f"/api/v1/{path}").content == before.content


@pytest.mark.parametrize(
    "path",
    [
        f"rate-cards/{PRO}",
        f"rate-cards/{PRO}?at=2026-05-01",
        f"rate-cards/{PRO}?revision=1",
        f"history/{PRO}",
        "revisions",
        # Names, links and freshness of the catalogue are not part of history.
        f"offers/{PRO}?at=2026-05-01&revision=1&expand=rate_card",
        f"models/{PRO}?at=2026-05-01&revision=1",
    ],
)
def test_what_may_change_is_kept_for_a_minute(ask: Ask, client: Client, path: str) -> None:
    assert client.get(f"/api/v1/{path}")["Cache-Control"] == "public, max-age=60"


def test_a_correction_changes_the_tag_of_what_is_not_pinned(ask: Ask, client: Client) -> None:
    address = f"/api/v1/rate-cards/{PRO}?at=2026-05-01"
    before = client.get(address)
    correct_everything()
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert after["ETag"] != before["ETag"]


def test_about_now_a_silent_source_is_stale_and_its_tag_another(ask: Ask, client: Client) -> None:
    address = f"/api/v1/rate-cards/{PRO}"
    with time_machine.travel(datetime(2026, 6, 1, tzinfo=UTC)):
        heard = client.get(address)
    with time_machine.travel(datetime(2027, 6, 1, tzinfo=UTC)):
        silent = client.get(address)
    assert heard["ETag"] != silent["ETag"]
    assert "stale" not in {rate["status"] for rate in heard.json()["rates"]}
    assert {rate["status"] for rate in silent.json()["rates"]} == {"stale"}


def test_bytes_that_are_not_held_are_said_to_be_upstream(ask: Ask, client: Client) -> None:
    Snapshot.objects.update(content=None)
    [rate, *_] = ask(f"rate-cards/{PRO}?at=2026-04-25")["rates"]
    snapshot = ask(rate["receipt"].removeprefix("/api/v1/"))["evidence"]["snapshot"]
    assert (snapshot["held"], snapshot["bytes"]) == (False, None)
    assert "digests only" in snapshot["remark"]
    assert ask(f"snapshots/{snapshot['sha256']}", status=404)["code"] == "bytes_not_held"

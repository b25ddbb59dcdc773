"""Publishing: one revision or nothing, exact figures, numbers without gaps."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from registry.catalog.models import Offer
from registry.ledger.chain import GENESIS, head
from registry.ledger.models import PricePoint, Revision, Series
from registry.ledger.record import HeadMoved, PointError, RevisionError, publish
from tests.ledger.saying import State, day, point, say

ROOT = Path(__file__).resolve().parents[2]


def test_revisions_are_numbered_from_one_and_continue_each_other(offer: Offer) -> None:
    first = say(point(offer))
    second = say(point(offer, "0.435", starts=day(26)))
    assert (first.number, first.previous_hash) == (1, GENESIS)
    assert (second.number, second.previous_hash) == (2, first.hash)
    assert head().number == 2
    assert head().hash == second.hash
    assert head().published_at == day(25)


def test_an_empty_ledger_has_a_head(db: None) -> None:
    assert (head().number, head().hash, head().published_at) == (0, GENESIS, None)


def test_without_points_there_is_no_revision(db: None) -> None:
    assert publish([], kind=Revision.Kind.RUN, published_at=day(25), author="litellm") is None
    assert not Revision.objects.exists()


def test_a_series_is_made_once(offers: list[Offer]) -> None:
    say(point(offers[0]), point(offers[1]))
    say(point(offers[0], "2", starts=day(26)), point(offers[0], terms="tier=batch"))
    assert Series.objects.count() == 3
    assert PricePoint.objects.count() == 4


def test_two_currencies_are_two_series(offer: Offer) -> None:
    say(point(offer, "1.74"), point(offer, "12", currency="CNY"))
    assert set(Series.objects.values_list("currency", flat=True)) == {"USD", "CNY"}


@pytest.mark.parametrize(
    "amount", ["1.74", "0.000000000001", "0.003625", "999999.999999999", "123456789012345", "10"]
)
def test_an_amount_comes_back_digit_by_digit(offer: Offer, amount: str) -> None:
    say(point(offer, amount))
    assert PricePoint.objects.get().amount == Decimal(amount)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"amount": "1.23456789012345678"}, "amount: 1.23456789012345678 .*15 significant digits"),
        ({"amount": "0.0000000000000001"}, "amount: 1E-16 .*places"),
        ({"amount": "1e15"}, "amount: 1E.15 .*places"),
        ({"amount": "0"}, "amount: 0 .*above zero"),
        ({"amount": "-1"}, "amount: -1 .*above zero"),
        ({"amount": "NaN"}, "amount: NaN"),
        ({"amount": None}, "amount: None"),
        ({"amount": "1", "state": State.FREE}, "amount: 1 "),
        ({"amount": "1", "state": State.WITHDRAWN}, "amount: 1 "),
        ({"meter": "tokens_in"}, "meter: tokens_in"),
        ({"currency": "usd"}, "currency: usd"),
        ({"starts": datetime(2026, 4, 24)}, "starts_at: 2026-04-24 .*time zone"),  # noqa: DTZ001
        ({"state": "cheap"}, "state: cheap .*priced, free"),
        ({"cause": "whim"}, "cause: whim"),
    ],
)
def test_a_point_that_cannot_be_kept_exactly_is_refused_by_name(
    fields: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(PointError, match=complaint) as caught:
        point(7, **fields)
    assert str(caught.value).startswith("offer 7: ")


def test_one_series_has_one_start_a_revision(offer: Offer) -> None:
    same_moment = day(24).astimezone(timezone(timedelta(hours=8)))
    with pytest.raises(PointError, match="one point a series and start"):
        say(point(offer, "1"), point(offer, "2", starts=same_moment))
    assert not Revision.objects.exists()


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"author": ""}, "author: ''"),
        ({"author": "x" * 151}, "author"),
        ({"note": "x" * 501}, "note"),
        ({"note": "a\0b"}, "note.*NUL"),
        ({"kind": "whim"}, "kind: 'whim'.*run, catalog, curation"),
        ({"published_at": datetime(2026, 4, 24)}, "published_at.*time zone"),  # noqa: DTZ001
    ],
)
def test_a_header_that_does_not_fit_is_refused_by_name(
    offer: Offer, fields: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(RevisionError, match=complaint):
        say(point(offer), **fields)
    assert not Revision.objects.exists()


def test_nothing_is_written_when_one_entry_is_of_no_offer_or_claim(offer: Offer) -> None:
    with pytest.raises(PointError, match=r"offer: 987654 .*offer of the catalogue"):
        say(point(offer), point(987654))
    with pytest.raises(PointError, match="claim: 987654"):
        say(point(offer), point(offer, terms="tier=batch", claim_id=987654))
    assert not Revision.objects.exists()
    assert not Series.objects.exists()


def test_a_decision_made_on_an_older_head_is_refused(offer: Offer) -> None:
    say(point(offer), expected_head=0)
    with pytest.raises(HeadMoved, match="0 is no longer the head, which is 1"):
        say(point(offer, "2", starts=day(26)), expected_head=0)
    assert head().number == 1


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> dict[str, str]:
    """The environment of processes that work on one database; SQLite's is a file of its own."""
    if connection.vendor == "sqlite":
        return {"DATABASE_URL": f"sqlite:///{tmp_path}/shared.sqlite3"}
    said = connection.settings_dict
    login = ":".join(filter(None, (said["USER"], said["PASSWORD"])))
    return {"DATABASE_URL": f"postgres://{login}@{said['HOST']}:{said['PORT']}/{said['NAME']}"}


def test_two_writers_at_once_leave_no_gap(shared_database: dict[str, str]) -> None:
    environment = os.environ | shared_database

    def start(*command: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )

    assert start("manage.py", "migrate", "--verbosity", "0").wait() == 0
    writers = [start("-m", "tests.ledger.writer", name, "20") for name in ("litellm", "portkey")]
    assert [writer.wait() for writer in writers] == [0, 0]
    verified = start("manage.py", "verify").communicate()[0]
    assert verified.startswith("verified: 40 revisions, 40 points, head 40 ")

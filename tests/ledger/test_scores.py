"""Scores in the ledger: beside prices in one revision, exact, verified like them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from registry.catalog.models import Offer
from registry.ledger.kinds.prices import SignedPrice
from registry.ledger.kinds.scores import SignedScore
from registry.ledger.models import PricePoint, Revision, ScorePoint, ScoreSeries
from registry.ledger.record import PointError
from registry.ledger.verification import verify
from tests.ledger.conftest import Rated
from tests.ledger.saying import day, point, say
from tests.ledger.scoring import State, score
from tests.ledger.unguarded import guards_lifted


def test_prices_and_scores_come_out_in_one_revision(offer: Offer, rated: Rated) -> None:
    revision = say(point(offer), score(*rated), score(*rated, "75.1", setup="harness=codex"))
    assert (Revision.objects.count(), revision.point_count) == (1, 3)
    assert PricePoint.objects.count() == 1
    assert ScorePoint.objects.filter(revision=revision).count() == 2
    found = verify()
    assert (found.ok, found.points) == (True, 3)


def test_each_setup_is_a_series_that_is_made_once(rated: Rated) -> None:
    say(score(*rated), score(*rated, setup="effort=high"))
    say(score(*rated, "81", starts=day(26)))
    assert sorted(ScoreSeries.objects.values_list("setup", flat=True)) == ["", "effort=high"]


@pytest.mark.parametrize("value", ["80.6", "0", "-12.5", "1289", "0.000000000001"])
def test_a_score_comes_back_digit_by_digit(rated: Rated, value: str) -> None:
    say(score(*rated, value, low=value, high=value))
    row = ScorePoint.objects.get()
    assert (row.value, row.low, row.high) == (Decimal(value),) * 3
    assert verify().ok


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"qualifier": "forecast"}, "qualifier: forecast .*exact"),
        ({"qualifier": ""}, "qualifier: .*one with a score"),
        ({"evaluator": "a friend"}, "evaluator: a friend"),
        ({"value": None, "qualifier": "", "evaluator": ""}, "value: None .*one with a score"),
        ({"state": State.WITHDRAWN}, "value: 80.6 .*none without a score"),
        ({"value": "NaN"}, "value: NaN"),
        ({"value": "1.23456789012345678"}, "value: .*15 significant digits"),
        ({"low": "81"}, "low: 81 .*at most the score"),
        ({"high": "80"}, "high: 80 .*at least the score"),
        ({"items": 0}, "items: 0"),
        ({"starts": day(24).replace(tzinfo=None)}, "starts_at: .*time zone"),
    ],
)
def test_a_score_that_cannot_be_kept_is_refused_by_name(
    fields: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(PointError, match=complaint) as caught:
        score(7, 3, **fields)
    assert str(caught.value).startswith("model 7: benchmark 3 from ")


def test_nothing_is_written_for_a_model_or_benchmark_that_does_not_exist(
    offer: Offer, rated: Rated
) -> None:
    model, benchmark = rated
    with pytest.raises(PointError, match=r"model: 987654 .*model of the catalogue"):
        say(point(offer), score(987654, benchmark))
    with pytest.raises(PointError, match=r"benchmark: 987654 .*declared benchmark"):
        say(score(model, 987654))
    assert not Revision.objects.exists()


def test_one_series_has_one_start_a_revision(rated: Rated) -> None:
    with pytest.raises(PointError, match="one point a series and start"):
        say(score(*rated), score(*rated, "81"))


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ledger_scorepoint SET value = 90 WHERE revision_id = 2",
        "UPDATE ledger_scorepoint SET qualifier = 'claimed' WHERE revision_id = 2",
        "UPDATE ledger_scorepoint SET items = 499 WHERE revision_id = 2",
        "UPDATE ledger_scoreseries SET setup = 'effort=low' WHERE setup <> ''",
        "DELETE FROM ledger_scorepoint WHERE revision_id = 2",
    ],
)
def test_an_altered_score_is_found_in_its_revision(offer: Offer, rated: Rated, change: str) -> None:
    say(point(offer), score(*rated))
    say(score(*rated, "75.1", setup="effort=high", items=500))
    with guards_lifted(), connection.cursor() as cursor:
        cursor.execute(change)
    assert [fault.revision for fault in verify().faults][:1] == [2]


def test_a_score_is_signed_apart_from_every_price() -> None:
    """A price begins with an offer, which has a slash; a score with the word for its kind."""
    assert "/" not in "score"
    assert SignedScore._fields[0] == "kind"
    assert SignedPrice._fields[0] == "offer"

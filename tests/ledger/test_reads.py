"""Reading with two clocks: when a price holds, and what the registry had said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.catalog.models import Offer
from registry.ledger.asof import history, outlook, rates_at
from registry.ledger.models import PricePoint
from registry.pricing.rates import PriceState, Rate
from registry.pricing.terms import STANDARD, Terms
from tests.ledger.saying import State, day, point, say


def amounts(offer: Offer, at: datetime, revision: int | None = None) -> list[str]:
    """The amounts that stand, as text; the state where there is none."""
    standings = rates_at([offer.pk], at=at, revision=revision)[offer.pk]
    return [str(standing.amount or standing.state) for standing in standings]


def test_a_price_holds_from_its_start_until_the_next(offer: Offer) -> None:
    say(point(offer, "1.740"), point(offer, "0.435", starts=day(26)))
    assert amounts(offer, day(24) - timedelta(microseconds=1)) == []
    assert amounts(offer, day(24)) == ["1.74"]
    assert amounts(offer, day(26) - timedelta(microseconds=1)) == ["1.74"]
    assert amounts(offer, day(26)) == ["0.435"]


def test_a_correction_takes_the_start_over_and_the_old_answer_stays_readable(offer: Offer) -> None:
    say(point(offer, "60"))
    say(point(offer, "30", cause=PricePoint.Cause.CORRECTED))
    assert amounts(offer, day(25)) == ["30"]
    assert amounts(offer, day(25), revision=1) == ["60"]
    assert amounts(offer, day(25), revision=0) == []


def test_a_retracted_start_leaves_the_one_before_standing(offer: Offer) -> None:
    say(point(offer, "5"))
    say(point(offer, "7", starts=day(26)))
    say(point(offer, None, starts=day(26), state=State.RETRACTED))
    assert amounts(offer, day(27), revision=2) == ["7"]
    assert amounts(offer, day(27)) == ["5"]


def test_a_start_can_be_said_again_after_its_retraction(offer: Offer) -> None:
    say(point(offer, "5"))
    say(point(offer, None, state=State.RETRACTED))
    say(point(offer, "6"))
    assert amounts(offer, day(27)) == ["6"]


def test_a_withdrawn_series_has_no_rate_until_it_returns(offer: Offer) -> None:
    say(point(offer, "5"), point(offer, None, starts=day(26), state=State.WITHDRAWN))
    say(point(offer, "6", starts=day(28), cause=PricePoint.Cause.RESTORED))
    assert amounts(offer, day(27)) == []
    assert amounts(offer, day(28)) == ["6"]


def test_every_asked_offer_has_its_place_in_the_answer(offers: list[Offer]) -> None:
    say(point(offers[0], "5"), point(offers[1], "7"))
    found = rates_at([offers[2].pk, offers[0].pk], at=day(27))
    assert list(found) == [offers[2].pk, offers[0].pk]
    assert found[offers[2].pk] == ()


def test_a_standing_is_a_rate_with_its_point(offer: Offer) -> None:
    revision = say(
        point(offer, "10.50", terms="tier=batch"),
        point(offer, None, meter="output_tokens", state=State.FREE),
    )
    priced, free = rates_at([offer.pk], at=day(25))[offer.pk]
    assert priced.rate == Rate(
        "input_tokens", Terms(tier="batch"), PriceState.PRICED, Decimal("10.5"), "USD"
    )
    assert str(priced.amount) == "10.5"
    assert free.rate == Rate("output_tokens", STANDARD, PriceState.FREE, None, "USD")
    assert priced.point_id == PricePoint.objects.get(series__meter="input_tokens").pk
    assert (priced.revision, priced.starts_at, priced.starts_basis, priced.claim_id) == (
        revision.number,
        day(24),
        PricePoint.Basis.STATED,
        None,
    )


def test_a_whole_number_is_shown_without_an_exponent(offer: Offer) -> None:
    say(point(offer, "1200"))
    assert amounts(offer, day(25)) == ["1200"]


@pytest.mark.parametrize("read", [rates_at, outlook])
def test_a_moment_without_a_zone_is_refused(offer: Offer, read: Callable[..., object]) -> None:
    with pytest.raises(ValueError, match=r"at: .* has no time zone"):
        read([offer.pk], at=datetime(2026, 4, 24))  # noqa: DTZ001


def test_a_read_is_one_statement_however_many_offers(offers: list[Offer]) -> None:
    say(*(point(offer, terms=terms) for offer in offers for terms in ("", "tier=batch")))
    ids = [offer.pk for offer in offers]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rates_at(ids, at=day(27), revision=1)
        outlook(ids, at=day(27))
        history(ids[0])
    assert len(queries) == 3


def test_history_is_periods_without_overlap(offer: Offer) -> None:
    say(point(offer, "5"), point(offer, "7", starts=day(26)))
    say(point(offer, None, starts=day(27), state=State.WITHDRAWN))
    say(point(offer, "6", starts=day(28)), point(offer, "1", terms="tier=batch"))
    standard, batch = history(offer.pk)
    assert [(p.starts_at.day, p.ends_at and p.ends_at.day) for p in standard.periods] == [
        (24, 26),
        (26, 27),
        (28, None),
    ]
    assert (standard.key.terms, batch.key.terms) == (STANDARD, Terms(tier="batch"))


def test_history_can_be_narrowed_and_pinned(offer: Offer) -> None:
    say(point(offer, "5"), point(offer, "7", meter="output_tokens"))
    say(point(offer, "6"), point(offer, "1", terms="tier=batch"))
    assert [h.key.meter for h in history(offer.pk, meter="output_tokens")] == ["output_tokens"]
    assert [h.key.terms for h in history(offer.pk, terms="tier=batch")] == [Terms(tier="batch")]
    assert len(history(offer.pk, terms="")) == 2
    assert history(offer.pk, currency="CNY") == ()
    (pinned,) = history(offer.pk, revision=1, meter="input_tokens")
    assert [str(p.standing.amount) for p in pinned.periods] == ["5"]


def test_the_outlook_shows_what_stands_and_what_is_announced(offer: Offer) -> None:
    say(
        point(offer, "5"),
        point(offer, "7", starts=day(26)),
        point(offer, "8", starts=day(28)),
        point(offer, "3", starts=day(28), terms="tier=batch"),
    )
    say(point(offer, None, starts=day(26), state=State.RETRACTED))
    batch_less, batch = outlook([offer.pk], at=day(25))[offer.pk]
    assert batch_less.standing is not None
    assert str(batch_less.standing.amount) == "5"
    assert [(c.starts_at, str(c.amount)) for c in batch_less.coming] == [(day(28), "8")]
    assert (batch.standing, len(batch.coming)) == (None, 1)


def test_the_outlook_shows_a_withdrawn_series(offer: Offer) -> None:
    say(point(offer, "5"), point(offer, None, starts=day(25), state=State.WITHDRAWN))
    (seen,) = outlook([offer.pk], at=day(25))[offer.pk]
    assert seen.standing is not None
    assert seen.standing.is_withdrawn

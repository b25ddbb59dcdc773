"""One offer decided: what is published, what is kept back, and from when."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from registry.curation.policy.announcements import Announcement, Planned
from registry.curation.policy.decisions import Decision, decide
from registry.curation.policy.points import Cause
from registry.curation.policy.reasons import Reason
from registry.curation.policy.starts import Pending
from registry.curation.policy.voices import ALWAYS, Price, Voice, weeks_of
from registry.pricing.rates import PriceState, RateKey
from registry.pricing.terms import STANDARD
from tests.curation.cases import INPUT, NOW, OUTPUT, READ, card, case, slot, standing, voice

DAY = timedelta(days=1)


def amounts(decision: Decision) -> dict[str, Decimal | None]:
    return {
        f"{p.key.meter};{p.key.terms.key}".rstrip(";"): p.price.amount if p.price else None
        for p in decision.points
    }


def reasons(decision: Decision) -> set[Reason]:
    return {finding.reason for kept in decision.kept for finding in kept.findings}


def test_a_first_card_is_published_whole_from_now_on() -> None:
    decision = decide(case(voice("feed", {INPUT: "3", OUTPUT: "15"})))
    assert amounts(decision) == {INPUT: Decimal(3), OUTPUT: Decimal(15)}
    assert {(p.starts_at, p.stated, p.cause) for p in decision.points} == {
        (NOW, False, Cause.FIRST_SEEN)
    }
    assert decision.kept == ()


def test_what_stands_already_is_not_said_again() -> None:
    assert decide(case(voice("feed", {INPUT: "3"}), stands={INPUT: "3.0"})) == Decision()


def test_a_small_change_is_published() -> None:
    decision = decide(case(voice("feed", {INPUT: "2"}), stands={INPUT: "3"}))
    [point] = decision.points
    assert (point.price, point.cause) == (Price(PriceState.PRICED, Decimal(2)), Cause.REPRICED)


def test_one_bad_figure_holds_the_whole_card() -> None:
    decision = decide(case(voice("feed", {INPUT: "2", OUTPUT: "-1"}), stands={INPUT: "3"}))
    assert decision.points == ()
    assert reasons(decision) == {Reason.NEGATIVE}


@pytest.mark.parametrize("new", ["9.01", "0.99"])
def test_a_change_beyond_threefold_is_held_with_the_whole_card(new: str) -> None:
    decision = decide(
        case(voice("feed", {INPUT: new, OUTPUT: "16"}), stands={INPUT: "3", OUTPUT: "15"})
    )
    assert decision.points == ()
    assert Reason.LARGE_CHANGE in reasons(decision)


@pytest.mark.parametrize(
    ("voices", "published"),
    [
        ((voice("page", {INPUT: "0.4"}, trust=90, own=True),), False),
        ((voice("page", {INPUT: "0.4"}, trust=90, own=True), voice("a", {INPUT: "0.4"})), True),
        ((voice("a", {INPUT: "0.4"}), voice("b", {INPUT: "0.4"})), False),
        (tuple(voice(name, {INPUT: "0.4"}) for name in "abc"), True),
        (
            (
                voice("a", {INPUT: "0.4"}),
                voice("b", {INPUT: "0.4"}),
                voice("copy", {INPUT: "0.4"}, group="b"),
            ),
            False,
        ),
    ],
)
def test_a_large_change_needs_the_provider_and_another_or_three(
    voices: tuple[Voice, ...], published: bool
) -> None:
    decision = decide(case(*voices, stands={INPUT: "1.74"}))
    assert bool(decision.points) is published
    assert bool(decision.kept) is not published


def test_a_price_a_power_of_ten_off_the_other_providers_is_held() -> None:
    peers = {slot(INPUT): (Decimal("0.30"), Decimal("0.30"), Decimal("0.32"))}
    off = decide(case(voice("feed", {INPUT: "0.003"}), peers=peers))
    assert reasons(off) == {Reason.SCALE}
    assert decide(case(voice("feed", {INPUT: "0.25"}), peers=peers)).points


def test_sevenfold_over_the_whole_card_is_another_currency() -> None:
    stands = {INPUT: "0.435", OUTPUT: "0.87"}
    decision = decide(case(voice("feed", {INPUT: "3", OUTPUT: "6"}), stands=stands))
    assert reasons(decision) == {Reason.OTHER_CURRENCY}


def test_input_dearer_than_output_is_held_unless_it_stood_so_or_another_says_so() -> None:
    odd = {INPUT: "0.15", OUTPUT: "0.0375"}
    assert reasons(decide(case(voice("feed", odd)))) == {Reason.SWAPPED}
    assert decide(case(voice("feed", odd), voice("other", odd))).points
    assert reasons(decide(case(voice("feed", odd), stands=odd))) == set()


def test_a_price_that_its_source_no_longer_says_is_held_and_stays() -> None:
    decision = decide(case(voice("litellm", {INPUT: "3"}), stands={INPUT: "3", READ: "0.3"}))
    assert decision.points == ()
    assert reasons(decision) == {Reason.VANISHED}


def test_a_price_that_another_source_still_says_does_not_vanish() -> None:
    decision = decide(
        case(
            voice("litellm", {INPUT: "3"}),
            voice("other", {INPUT: "3", READ: "0.3"}),
            stands={INPUT: "3", READ: "0.3"},
        )
    )
    assert decision == Decision()


def test_an_offer_that_no_source_carries_any_more_is_withdrawn() -> None:
    decision = decide(case(stands={INPUT: "3", OUTPUT: "15"}, ended=True))
    assert amounts(decision) == {INPUT: None, OUTPUT: None}
    assert {p.cause for p in decision.points} == {Cause.WITHDRAWN}


def test_a_withdrawn_price_that_returns_is_restored() -> None:
    key = RateKey(INPUT, STANDARD, "USD")
    [point] = decide(case(voice("feed", {INPUT: "3"}), withdrawn={key: NOW - 9 * DAY})).points
    assert point.cause is Cause.RESTORED


def test_hours_that_end_are_withdrawn_with_the_change() -> None:
    peak = "hours=mon-fri 01:00-04:00"
    decision = decide(
        case(voice("feed", {INPUT: "0.5"}), stands={INPUT: "0.4", f"{INPUT};{peak}": "0.8"})
    )
    assert amounts(decision) == {INPUT: Decimal("0.5"), f"{INPUT};{peak}": None}


def test_what_was_built_on_a_price_that_moved_ends_with_it() -> None:
    stands = {OUTPUT: "0.87", "reasoning_tokens": "0.87"}
    page = voice("page", {OUTPUT: "1.98"}, trust=90, own=True)
    old = voice("feed", {OUTPUT: "0.87", "reasoning_tokens": "0.87"}, fresh=False)
    decision = decide(case(page, old, stands=stands))
    assert amounts(decision) == {OUTPUT: Decimal("1.98"), "reasoning_tokens": None}


def test_a_new_peak_is_measured_by_its_own_card() -> None:
    peak = f"{INPUT};hours=mon-fri 01:00-04:00"
    doubled = voice("page", {INPUT: "0.22", peak: "0.44"})
    assert decide(case(doubled, stands={INPUT: "0.14"})).points
    eaten = voice("page", {INPUT: "0.22", peak: "4.4"})
    assert reasons(decide(case(eaten, stands={INPUT: "0.14"}))) == {Reason.LARGE_CHANGE}


def test_variants_give_way_to_one_price_for_all_of_them() -> None:
    stands = {"web_searches;variant=low": "10", "web_searches;variant=high": "10"}
    decision = decide(case(voice("litellm", {"web_searches": "12"}), stands=stands))
    assert amounts(decision) == {
        "web_searches": Decimal("0.012"),
        "web_searches;variant=low": None,
        "web_searches;variant=high": None,
    }


def test_feeds_that_have_not_followed_do_not_bring_the_old_price_back() -> None:
    page = voice("page", {INPUT: "0.22"}, trust=90, own=True, fresh=False, seen_days_ago=3)
    lagging = voice("feed", {INPUT: "0.14"}, seen_days_ago=90)
    assert decide(case(page, lagging, stands={INPUT: "0.22"})).points == ()
    newer = voice("feed", {INPUT: "0.15"}, seen_days_ago=1)
    assert amounts(decide(case(page, newer, stands={INPUT: "0.22"}))) == {INPUT: Decimal("0.15")}


def test_what_a_stale_source_says_stays_kept() -> None:
    heard = voice("feed", {INPUT: "1.74"})
    stale = voice("page", {INPUT: "0.4"}, trust=90, own=True, fresh=False)
    decision = decide(case(heard, stale, stands={INPUT: "1.74"}))
    assert decision.unheard == {stale.claim_id}


class TestFromWhen:
    """The start of a change."""

    def test_a_first_price_begins_when_its_source_dates_it(self) -> None:
        dated = voice("list", {INPUT: "3"}, stated_at=NOW - 90 * DAY)
        [point] = decide(case(dated)).points
        assert (point.starts_at, point.stated) == (NOW - 90 * DAY, True)

    def test_a_stated_date_after_the_old_price_was_last_seen_is_taken(self) -> None:
        dated = voice("list", {INPUT: "2"}, stated_at=NOW - 10 * DAY, silent_before=NOW - 20 * DAY)
        [point] = decide(case(dated, stands={INPUT: "3"})).points
        assert (point.starts_at, point.stated) == (NOW - 10 * DAY, True)

    def test_a_stated_date_that_rewrites_known_prices_is_held(self) -> None:
        dated = voice("list", {INPUT: "2"}, stated_at=NOW - 30 * DAY, silent_before=NOW - 20 * DAY)
        assert reasons(decide(case(dated, stands={INPUT: "3"}))) == {Reason.PAST_DATE}

    def test_a_confirmed_change_begins_when_it_was_first_held(self) -> None:
        held = Pending(
            weeks_of(card({INPUT: "0.4"}).rates)[slot(INPUT)], NOW - 50 * DAY, "page", trust=90
        )
        decision = decide(
            case(
                voice("page", {INPUT: "0.4"}, trust=90, own=True),
                voice("feed", {INPUT: "0.4"}),
                stands={INPUT: "1.74"},
                pending={slot(INPUT): (held,)},
            )
        )
        [point] = decision.points
        assert (point.starts_at, point.stated) == (NOW - 50 * DAY, False)

    def test_a_change_that_the_provider_said_first_begins_where_it_was_read(self) -> None:
        page = voice("page", {INPUT: "0.6"}, trust=90, own=True, fresh=False, seen_days_ago=40)
        feed = voice("feed", {INPUT: "0.6"})
        [point] = decide(case(page, feed, stands={INPUT: "0.4"})).points
        assert point.starts_at == NOW - 40 * DAY

    def test_a_held_change_never_begins_before_what_stands(self) -> None:
        held = Pending(
            weeks_of(card({INPUT: "2"}).rates)[slot(INPUT)], NOW - 200 * DAY, "feed", trust=90
        )
        [point] = decide(
            case(voice("feed", {INPUT: "2"}), stands={INPUT: "3"}, pending={slot(INPUT): (held,)})
        ).points
        assert point.starts_at == NOW


class TestAnnouncements:
    """Prices dated in the future."""

    later = NOW + 30 * DAY

    def announced(self, amount: str = "4") -> tuple[Voice, Announcement]:
        speaker = voice("page", {INPUT: "3"}, trust=90, own=True)
        return speaker, Announcement(speaker, self.later, card({INPUT: amount}))

    def planned(self, amount: str) -> Planned:
        price = Price(PriceState.PRICED, Decimal(amount))
        return Planned(RateKey(INPUT, STANDARD, "USD"), self.later, price, "page")

    def test_a_future_price_is_published_for_its_date(self) -> None:
        speaker, ahead = self.announced()
        [point] = decide(case(speaker, stands={INPUT: "3"}, announcements=(ahead,))).points
        assert (point.starts_at, point.cause, point.stated) == (self.later, Cause.SCHEDULED, True)

    def test_an_announcement_that_stands_is_not_repeated(self) -> None:
        speaker, ahead = self.announced("4")
        known = case(
            speaker, stands={INPUT: "3"}, announcements=(ahead,), planned=(self.planned("4"),)
        )
        assert decide(known) == Decision()

    def test_an_announcement_that_is_no_longer_made_is_cancelled(self) -> None:
        speaker, _ = self.announced()
        [point] = decide(case(speaker, stands={INPUT: "3"}, planned=(self.planned("4"),))).points
        assert point.cancels
        assert (point.starts_at, point.cause) == (self.later, Cause.CANCELLED)

    def test_a_lesser_voice_announces_nothing(self) -> None:
        page = voice("page", {INPUT: "3"}, trust=90, own=True)
        feed = voice("feed", {INPUT: "3"})
        ahead = Announcement(feed, self.later, card({INPUT: "4"}))
        assert decide(case(page, feed, stands={INPUT: "3"}, announcements=(ahead,))) == Decision()


def test_a_decision_does_not_depend_on_the_order_of_voices() -> None:
    voices = [
        voice("page", {INPUT: "3"}, trust=90, own=True),
        voice("a", {INPUT: "4", OUTPUT: "9"}),
        voice("b", {INPUT: "5", OUTPUT: "9"}),
    ]
    forward, backward = decide(case(*voices)), decide(case(*reversed(voices)))
    assert set(forward.points) == set(backward.points)


def test_standing_is_compared_exactly_not_within_the_agreement_margin() -> None:
    stands = standing({INPUT: "1.000"})
    [point] = decide(case(voice("feed", {INPUT: "1.001"}), stands={INPUT: "1.000"})).points
    assert stands[slot(INPUT)].week[ALWAYS].amount == 1
    assert point.price == Price(PriceState.PRICED, Decimal("1.001"))

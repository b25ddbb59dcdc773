"""What speaks against a change that nobody else confirms: each rule holds one and lets one by."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from registry.curation.policy.case import Case
from registry.curation.policy.changes import Change, changes_of
from registry.curation.policy.objections import objections
from registry.curation.policy.reasons import Reason
from registry.curation.policy.rulings import Refusal, Rulings, TakenBack
from registry.curation.policy.starts import Pending
from registry.curation.policy.voices import Voice, choose, weeks_of
from tests.curation.cases import INPUT, NOW, OUTPUT, READ, WRITE, card, case, slot, voice

DAY = timedelta(days=1)
AUDIO = "input_audio_tokens"
OLD = {INPUT: "3", OUTPUT: "15"}


def changes(one: Case) -> tuple[Change, ...]:
    stands = {slot: stand.week for slot, stand in one.standing.items()}
    return changes_of(choose(one.voices, stands), one.standing)


def reasons(one: Case) -> set[Reason]:
    return {finding.reason for finding in objections(one, changes(one))}


def said_for(days: int, speaker: Voice, **rest: object) -> Case:
    """A voice whose present word has been held for so many days already."""
    pending = {
        at: (Pending(week, NOW - days * DAY, speaker.source, speaker.trust),)
        for at, week in speaker.weeks().items()
    }
    return case(speaker, stands=OLD, pending=pending, **rest)


def own(prices: dict[str, str]) -> Voice:
    return voice("page", prices, trust=90, own=True)


class TestTime:
    """A word that is repeated and never contradicted."""

    @pytest.mark.parametrize(("days", "holds"), [(6, True), (7, False)])
    def test_the_providers_own_large_step_is_believed_after_a_week(
        self, days: int, holds: bool
    ) -> None:
        case = said_for(days, own({INPUT: "12", OUTPUT: "60"}))
        assert reasons(case) == ({Reason.LARGE_CHANGE} if holds else set())

    def test_a_feeds_large_step_is_not_however_long_it_is_repeated(self) -> None:
        alone = said_for(300, voice("feed", {INPUT: "12", OUTPUT: "60"}))
        assert reasons(alone) == {Reason.LARGE_CHANGE}

    @pytest.mark.parametrize(("price", "holds"), [("28", False), ("30", True)])
    def test_tenfold_is_a_digit_too_many_whoever_repeats_it(self, price: str, holds: bool) -> None:
        assert bool(reasons(said_for(300, own({INPUT: price, OUTPUT: "60"})))) is holds

    def test_yuan_for_dollars_is_no_truer_for_being_repeated(self) -> None:
        yuan = said_for(300, own({INPUT: "21", OUTPUT: "105"}))
        assert reasons(yuan) == {Reason.OTHER_CURRENCY}

    def test_a_refused_price_stays_refused_whoever_says_it_next(self) -> None:
        said = own({INPUT: "12", OUTPUT: "60"})
        refused = Rulings(refused=(Refusal("another", said.weeks()),))
        assert reasons(said_for(300, said, rulings=refused)) == {Reason.LARGE_CHANGE}

    def test_an_answer_taken_back_is_left_to_persons(self) -> None:
        said = own({INPUT: "12", OUTPUT: "60"})
        lifted = Rulings(taken_back=TakenBack(weeks=(said.weeks(),)))
        assert reasons(said_for(300, said, rulings=lifted)) == {Reason.LARGE_CHANGE}
        elsewhere = weeks_of(card({INPUT: "13", OUTPUT: "60"}).rates)
        other = Rulings(taken_back=TakenBack(weeks=({slot(INPUT): elsewhere[slot(INPUT)]},)))
        assert reasons(said_for(300, said, rulings=other)) == set()


class TestTwoFeeds:
    """A price that two feeds give to somebody else's offer, where three would be needed at once."""

    CUT = {INPUT: "0.522", OUTPUT: "1.044"}

    @pytest.mark.parametrize(("days", "holds"), [(6, True), (7, False), (99, False), (100, True)])
    def test_what_one_has_said_for_a_week_the_other_confirms_unless_it_lags(
        self, days: int, holds: bool
    ) -> None:
        second = voice("second", self.CUT, fresh=False, seen_days_ago=days)
        one = case(voice("feed", self.CUT), second, stands=OLD)
        assert reasons(one) == ({Reason.LARGE_CHANGE} if holds else set())

    def test_a_copy_confirms_nothing(self) -> None:
        second = voice("copy", self.CUT, group="feed", seen_days_ago=30)
        one = case(voice("feed", self.CUT), second, stands=OLD)
        assert reasons(one) == {Reason.LARGE_CHANGE}

    def test_they_do_not_while_a_third_says_otherwise(self) -> None:
        second = voice("second", self.CUT, seen_days_ago=30)
        one = case(voice("feed", self.CUT), second, voice("third", OLD), stands=OLD)
        assert reasons(one) == {Reason.LARGE_CHANGE}

    @pytest.mark.parametrize(("price", "holds"), [("0.025", False), ("0.03", True), ("0.3", True)])
    def test_a_digit_may_be_copied_from_one_by_the_other(self, price: str, holds: bool) -> None:
        said = {INPUT: price, OUTPUT: "15"}
        one = case(voice("a", said), voice("b", said, seen_days_ago=30), stands=OLD)
        assert reasons(one) == ({Reason.LARGE_CHANGE} if holds else set())

    def test_yuan_are_yuan_in_two_feeds(self) -> None:
        yuan = {INPUT: "21", OUTPUT: "105"}
        one = case(voice("a", yuan), voice("b", yuan, seen_days_ago=30), stands=OLD)
        assert reasons(one) == {Reason.OTHER_CURRENCY}

    @pytest.mark.parametrize(("read", "holds"), [("0.06", False), ("0.03", True)])
    def test_the_rest_of_a_card_falls_with_what_both_say(self, read: str, holds: bool) -> None:
        said = voice("feed", {INPUT: "0.6", READ: read})
        second = voice("second", {INPUT: "0.6"}, seen_days_ago=30)
        one = case(said, second, stands={INPUT: "3", READ: "0.3"})
        assert reasons(one) == ({Reason.LARGE_CHANGE} if holds else set())


class TestOtherProviders:
    """What others ask for the model."""

    @pytest.mark.parametrize(
        ("others", "holds"),
        [
            (("0.5", "0.5"), False),
            (("0.5",), True),
            (("0.5", "0.5", "3", "3"), True),
            (("0.5", "0.5", "0.5", "3", "3"), False),
        ],
    )
    def test_a_step_to_where_more_of_them_are_is_no_slip(
        self, others: tuple[str, ...], holds: bool
    ) -> None:
        peers = {slot(INPUT): tuple(map(Decimal, others))}
        one = case(voice("feed", {INPUT: "0.5", OUTPUT: "15"}), stands=OLD, peers=peers)
        assert reasons(one) == ({Reason.LARGE_CHANGE} if holds else set())

    @pytest.mark.parametrize(
        ("days", "others", "holds"),
        [
            (7, ("0.5", "0.5", "0.5", "3", "3", "3"), False),
            (6, ("0.5", "0.5", "0.5", "3", "3", "3"), True),
            (7, ("0.5", "0.5", "0.6"), True),
        ],
    )
    def test_sellers_that_move_together_speak_for_each_other_after_a_week(
        self, days: int, others: tuple[str, ...], holds: bool
    ) -> None:
        asked = {slot(INPUT): (Decimal(3),) * len(others)}
        moving = {slot(INPUT): tuple(map(Decimal, others))}
        said = voice("feed", {INPUT: "0.5", OUTPUT: "15"})
        one = said_for(days, said, peers=asked, moving=moving)
        assert reasons(one) == ({Reason.LARGE_CHANGE} if holds else set())

    @pytest.mark.parametrize(
        ("days", "inputs", "outputs", "holds"),
        [
            pytest.param(7, "0.1 0.15 0.35", "0.5 0.6 0.75", False, id="about what three ask"),
            pytest.param(6, "0.1 0.15 0.35", "0.5 0.6 0.75", True, id="not for a week yet"),
            pytest.param(7, "0.1 0.35", "0.5 0.6", True, id="two are too few"),
            pytest.param(7, "0.1 0.12 0.35", "0.5 0.6 0.75", True, id="away from the middle one"),
            pytest.param(7, "0.1 0.15 0.35", "3 4 5", True, id="one of its prices alone"),
            pytest.param(7, "0.1 0.15 0.35", "", True, id="one that cannot be compared"),
        ],
    )
    def test_a_price_that_stood_apart_may_come_to_where_the_others_are(
        self, days: int, inputs: str, outputs: str, holds: bool
    ) -> None:
        asked = {slot(INPUT): inputs, slot(OUTPUT): outputs}
        peers = {at: tuple(map(Decimal, text.split())) for at, text in asked.items()}
        said = voice("feed", {INPUT: "0.22", OUTPUT: "0.59"})
        one = said_for(days, said, peers=peers)
        assert reasons(one) == ({Reason.LARGE_CHANGE} if holds else set())

    def test_a_price_that_leaves_the_others_waits_however_long(self) -> None:
        peers = {slot(INPUT): tuple(map(Decimal, ("3", "3", "4")))}
        one = said_for(300, voice("feed", {INPUT: "0.7", OUTPUT: "15"}), peers=peers)
        assert reasons(one) == {Reason.LARGE_CHANGE}

    def test_every_price_that_can_be_compared_must_be_theirs(self) -> None:
        peers = {slot(INPUT): (Decimal("0.5"),) * 2, slot(OUTPUT): (Decimal(2),) * 2}
        one = case(voice("feed", {INPUT: "0.5", OUTPUT: "1"}), stands=OLD, peers=peers)
        assert reasons(one) == {Reason.LARGE_CHANGE}


class TestTheRestOfTheCard:
    """Prices of one card beside each other."""

    def test_a_cached_token_falls_with_the_input_that_others_confirm(self) -> None:
        stands = {INPUT: "3", READ: "0.3"}
        feed = voice("feed", {INPUT: "0.6", READ: "0.06"})
        others = [voice(name, {INPUT: "0.6"}) for name in "ab"]
        assert reasons(case(feed, *others, stands=stands)) == set()
        deeper = voice("feed", {INPUT: "0.6", READ: "0.03"})
        assert reasons(case(deeper, *others, stands=stands)) == {Reason.LARGE_CHANGE}

    def test_exchanged_prices_are_exchanged_columns(self) -> None:
        stands = {INPUT: "3", OUTPUT: "15", AUDIO: "9"}
        exchanged = voice("feed", {INPUT: "3", OUTPUT: "9", AUDIO: "15"})
        assert reasons(case(exchanged, stands=stands)) == {Reason.SWAPPED}
        moved = voice("feed", {INPUT: "3", OUTPUT: "9", AUDIO: "14"})
        assert reasons(case(moved, stands=stands)) == set()

    def test_exchanged_prices_are_seen_where_better_voices_know_one_of_them(self) -> None:
        stands = {INPUT: "0.1", OUTPUT: "0.4", AUDIO: "0.5"}
        exchanged = voice("feed", {INPUT: "0.1", OUTPUT: "0.5", AUDIO: "0.4"})
        page = voice("page", {OUTPUT: "0.4"}, trust=90, own=True)
        assert [c.slot for c in changes(case(exchanged, page, stands=stands))] == [slot(AUDIO)]
        assert reasons(case(exchanged, page, stands=stands)) == {Reason.SWAPPED}

    @pytest.mark.parametrize("other", [f"{INPUT};context_over=200000", f"{WRITE};variant=1h"])
    def test_prices_of_other_terms_are_exchanged_too(self, other: str) -> None:
        stands = {INPUT: "3", other: "6", OUTPUT: "15"}
        slipped = voice("feed", {INPUT: "6", other: "3", OUTPUT: "15"})
        assert Reason.SWAPPED in reasons(case(slipped, stands=stands))
        raised = voice("feed", {INPUT: "6", other: "8", OUTPUT: "15"})
        assert Reason.SWAPPED not in reasons(case(raised, stands=stands))

    def test_input_that_was_dearer_than_output_may_just_have_been_put_right(self) -> None:
        stands = {INPUT: "15", OUTPUT: "6"}
        assert reasons(case(voice("feed", {INPUT: "6", OUTPUT: "15"}), stands=stands)) == set()

    @pytest.mark.parametrize(
        ("said", "holds"),
        [
            ({INPUT: "1.7", OUTPUT: "15"}, True),
            ({INPUT: "1.4", OUTPUT: "15"}, True),
            ({INPUT: "1.6", OUTPUT: "15"}, False),
            ({INPUT: "1.7", OUTPUT: "14"}, False),
        ],
    )
    def test_the_only_price_that_moved_lost_a_digit(
        self, said: dict[str, str], holds: bool
    ) -> None:
        one = case(voice("feed", said), stands={INPUT: "1.74", OUTPUT: "15"})
        assert reasons(one) == ({Reason.EATEN_FIGURE} if holds else set())

    def test_two_who_read_it_so_lost_no_digit(self) -> None:
        said = {INPUT: "1.7", OUTPUT: "15"}
        both = case(voice("a", said), voice("b", said), stands={INPUT: "1.74", OUTPUT: "15"})
        assert reasons(both) == set()

    @pytest.mark.parametrize(("stands", "says"), [("3", "free"), ("free", "3")])
    def test_free_is_further_from_a_price_than_any_factor(self, stands: str, says: str) -> None:
        old, new = {INPUT: stands, OUTPUT: "15"}, {INPUT: says, OUTPUT: "15"}
        assert reasons(case(own(new), stands=old)) == {Reason.LARGE_CHANGE}
        assert not reasons(case(own(old), stands=old))
        assert not reasons(case(own(new), voice("feed", new), stands=old))

    @pytest.mark.parametrize(("provider", "holds"), [(True, False), (False, True)])
    def test_free_is_believed_of_the_provider_after_a_week(
        self, provider: bool, holds: bool
    ) -> None:
        said = voice("page", {INPUT: "free", OUTPUT: "free"}, trust=90, own=provider)
        assert bool(reasons(said_for(7, said))) is holds

    def test_a_band_that_is_said_no_more_has_vanished_unless_the_slot_moved_with_it(self) -> None:
        band = f"{INPUT};context_over=200000"
        stands = {INPUT: "3", band: "6", f"{INPUT};context_over=400000": "9"}
        gone = voice("litellm", {INPUT: "3", band: "6"})
        assert reasons(case(gone, stands=stands)) == {Reason.VANISHED}
        moved = voice("litellm", {INPUT: "3", band: "5"})
        assert reasons(case(moved, stands=stands)) == set()


amounts = st.decimals(min_value="0.01", max_value=600, places=2)


@given(old=amounts, new=amounts, days=st.integers(0, 400))
def test_no_feed_alone_takes_a_price_beyond_threefold(
    old: Decimal, new: Decimal, days: int
) -> None:
    assume(not old / 3 <= new <= old * 3)
    speaker = voice("feed", {INPUT: str(new)}, mode="embedding")
    week = speaker.weeks()[slot(INPUT)]
    held = {slot(INPUT): (Pending(week, NOW - days * DAY, "feed", speaker.trust),)}
    assert reasons(case(speaker, stands={INPUT: str(old)}, pending=held))


@given(old=amounts, new=amounts)
def test_three_feeds_take_a_price_anywhere(old: Decimal, new: Decimal) -> None:
    voices = [voice(name, {INPUT: str(new)}) for name in "abc"]
    assert reasons(case(*voices, stands={INPUT: str(old)})) == set()

"""What a source said before is known again; what it says no more is counted, then withdrawn."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import Model

from registry.catalog.models import Offer, OfferAlias, Provider
from registry.curation.models import Review
from registry.ingest.models import Claim, Run, Snapshot, SourceEntry
from registry.ledger.models import PricePoint, Revision, Series
from scrapers.claims import Entry
from scrapers.sources import models_dev as parser
from tests.pipeline.bodies import FILLERS, litellm, models_dev, per_token, priced
from tests.pipeline.taking import card, deliver, head_number, moment, offer

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
KEPT_ROWS: tuple[type[Model], ...] = (
    Snapshot, SourceEntry, Claim, Provider, Offer, OfferAlias, Review, Revision, Series, PricePoint,
)  # fmt: skip


def body(price: str = "3", *, without: str = "", **facts: str) -> bytes:
    rows = priced((*FILLERS, GPT), "3", "15") | priced((GPT,), price, "15")
    return models_dev({key: row for key, row in rows.items() if key != without}, facts=facts)


def row_counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in KEPT_ROWS}


def claim() -> Claim:
    """The one that the feed makes of the offer now."""
    return Claim.objects.get(entries__key=GPT)


@pytest.fixture
def read_keys(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the entries that the parser was asked to read."""
    keys: list[str] = []
    read = parser.read

    def counting(entry: Entry) -> object:
        keys.append(entry.key)
        return read(entry)

    monkeypatch.setattr(parser, "read", counting)
    return keys


def test_equal_bytes_again_add_no_row_but_the_run() -> None:
    deliver("models-dev", body(), "2026-04-01")
    before = row_counts()
    again = deliver("models-dev", body(), "2026-04-02")
    assert again.outcome == Run.Outcome.UNCHANGED
    assert row_counts() == before
    assert Run.objects.count() == 2


def test_word_that_nothing_changed_is_the_same_as_equal_bytes() -> None:
    first = deliver("models-dev", body(), "2026-04-01")
    before = row_counts()
    again = deliver("models-dev", None, "2026-04-02")
    assert (again.outcome, again.snapshot) == (Run.Outcome.UNCHANGED, first.snapshot)
    assert row_counts() == before


def test_bytes_that_came_back_are_one_snapshot() -> None:
    runs = [deliver("models-dev", body(price), f"2026-04-0{n}") for n, price in
            enumerate(("3", "4", "3"), start=1)]  # fmt: skip
    assert runs[0].snapshot == runs[2].snapshot != runs[1].snapshot
    assert Snapshot.objects.count() == 2


def test_only_changed_entries_are_read_again(read_keys: list[str]) -> None:
    deliver("models-dev", body(), "2026-04-01")
    assert sorted(read_keys) == sorted((*FILLERS, GPT))
    read_keys.clear()
    run = deliver("models-dev", body("4"), "2026-04-02")
    assert read_keys == [GPT]
    assert (run.counts["changed"], run.counts["entries"]) == (1, len(FILLERS) + 1)


def test_equal_bytes_are_not_read_at_all(read_keys: list[str]) -> None:
    deliver("models-dev", body(), "2026-04-01")
    read_keys.clear()
    deliver("models-dev", body(), "2026-04-02")
    assert read_keys == []


def test_what_is_said_again_after_something_else_is_a_claim_of_its_own() -> None:
    deliver("models-dev", body("3"), "2026-04-01")
    first = claim()
    deliver("models-dev", body("4"), "2026-04-02")
    second = claim()
    deliver("models-dev", body("3"), "2026-04-03")
    assert claim() not in (first, second)
    assert claim().content == first.content
    assert claim().first_seen_at == moment("2026-04-03")


def test_the_price_follows_a_source_there_and_back() -> None:
    for day, price in (("01", "3"), ("02", "4"), ("03", "3")):
        deliver("models-dev", body(price), f"2026-04-{day}")
    stood = [card(GPT, f"2026-04-{day}")["input_tokens"] for day in ("01", "02", "03")]
    assert stood == ["3", "4", "3"]


def test_a_price_is_as_old_as_it_was_when_only_facts_change() -> None:
    deliver("models-dev", body(), "2026-04-01")
    deliver("models-dev", body("4"), "2026-04-05")
    deliver("models-dev", body("4", name='"GPT 9"'), "2026-04-09")
    now = claim()
    assert now.first_seen_at == moment("2026-04-09")
    assert now.priced_since == moment("2026-04-05")
    assert now.priced_otherwise_at == moment("2026-04-01")
    assert offer(GPT).name == "GPT 9"


def test_a_new_price_is_as_old_as_the_run_that_brought_it() -> None:
    deliver("models-dev", body("3"), "2026-04-01")
    deliver("models-dev", body("4"), "2026-04-05")
    assert (claim().priced_since, claim().priced_otherwise_at) == (
        moment("2026-04-05"),
        moment("2026-04-01"),
    )


def missed() -> int:
    return SourceEntry.objects.get(key=GPT).missed_runs


def test_a_missing_offer_is_counted_and_withdrawn_after_three_runs_in_a_row() -> None:
    deliver("models-dev", body(), "2026-04-01")
    gone = body(without=GPT)
    for day, misses in (("02", 1), ("03", 2)):
        deliver("models-dev", gone, f"2026-04-{day}")
        assert missed() == misses
        assert card(GPT, f"2026-04-{day}")["input_tokens"] == "3"
        assert offer(GPT).status == Offer.Status.LIVE
    deliver("models-dev", gone, "2026-04-04")
    assert missed() == 3
    assert card(GPT, "2026-04-04") == {}
    assert card(GPT, "2026-04-03")["input_tokens"] == "3"
    assert offer(GPT).status == Offer.Status.WITHDRAWN


def test_a_withdrawal_stands_on_nobodys_claim() -> None:
    deliver("models-dev", body(), "2026-04-01")
    for day in ("02", "03", "04"):
        deliver("models-dev", body(without=GPT), f"2026-04-{day}")
    ends = PricePoint.objects.filter(series__offer=offer(GPT), state=PricePoint.State.WITHDRAWN)
    assert {(end.claim, end.cause) for end in ends} == {(None, PricePoint.Cause.WITHDRAWN)}


def test_an_offer_that_is_back_in_time_was_never_away() -> None:
    deliver("models-dev", body(), "2026-04-01")
    revisions = head_number()
    deliver("models-dev", body(without=GPT), "2026-04-02")
    deliver("models-dev", body(without=GPT), "2026-04-03")
    deliver("models-dev", body(), "2026-04-04")
    assert missed() == 0
    assert head_number() == revisions
    deliver("models-dev", body(without=GPT), "2026-04-05")
    assert missed() == 1


def test_a_withdrawn_offer_that_returns_is_restored() -> None:
    deliver("models-dev", body(), "2026-04-01")
    for day in ("02", "03", "04"):
        deliver("models-dev", body(without=GPT), f"2026-04-{day}")
    deliver("models-dev", body("3"), "2026-04-06")
    assert card(GPT, "2026-04-05") == {}
    assert card(GPT, "2026-04-06") == {"input_tokens": "3", "output_tokens": "15"}
    returned = PricePoint.objects.filter(series__offer=offer(GPT), starts_at=moment("2026-04-06"))
    assert {point.cause for point in returned} == {PricePoint.Cause.RESTORED}
    assert offer(GPT).status == Offer.Status.LIVE


def test_an_offer_that_another_source_still_carries_is_not_withdrawn() -> None:
    deliver("models-dev", body(), "2026-04-01")
    deliver("litellm", litellm({"gpt-9": per_token("3", "15")}), "2026-04-01")
    for day in ("02", "03", "04", "05"):
        deliver("models-dev", body(without=GPT), f"2026-04-{day}")
    assert card(GPT, "2026-04-05")["input_tokens"] == "3"
    assert offer(GPT).status == Offer.Status.LIVE


def test_figures_are_kept_as_written_and_published_exactly() -> None:
    deliver("models-dev", body("0.0000725"), "2026-04-01")
    point = PricePoint.objects.get(series__offer=offer(GPT), series__meter="input_tokens")
    assert point.amount == Decimal("0.0000725")
    assert claim().content["quotes"][0]["text"] == "0.0000725"

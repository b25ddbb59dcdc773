"""A run that ends badly leaves its row and its reason, and nothing half-written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model

from registry.catalog.models import Offer, OfferAlias, Provider
from registry.curation.actions import deciding
from registry.curation.models import Review
from registry.ingest import intake
from registry.ingest.models import Claim, Run, Snapshot, Source, SourceEntry
from registry.ingest.runs import close_run
from registry.ledger.models import PricePoint, Revision, Series
from registry.pipeline import stages
from registry.pipeline.stages import process
from tests.pipeline.bodies import FILLERS, models_dev, priced
from tests.pipeline.taking import card, deliver, delivery, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
WRITTEN: tuple[type[Model], ...] = (
    SourceEntry, Claim, Provider, Offer, OfferAlias, Review, Revision, Series, PricePoint,
)  # fmt: skip


def body(price: str = "3") -> bytes:
    return models_dev(priced(FILLERS, "3", "15") | priced((GPT,), price, "15"))


def contents() -> dict[str, list[dict[str, Any]]]:
    """Every row that a run may write, column by column."""
    return {
        model.__name__: list(model._default_manager.order_by("pk").values()) for model in WRITTEN
    }


WRONG_BODIES = {
    "a challenge": (b"<html>Just a moment...</html>", "wrong_format"),
    "a cut body": (body()[:-40], "wrong_format"),
    "no rows": (b"{}", "no_rows"),
    "nothing": (b"", "wrong_format"),
    "another shape": (b"[1, 2]", "wrong_format"),
}


@pytest.mark.parametrize("name", WRONG_BODIES)
def test_a_body_that_is_none_leaves_its_run_and_its_bytes_only(name: str) -> None:
    wrong, fault = WRONG_BODIES[name]
    deliver("models-dev", body(), "2026-04-01")
    before = contents()
    run = deliver("models-dev", wrong, "2026-04-02")
    assert (run.outcome, run.fault) == (Run.Outcome.REJECTED, fault)
    assert run.detail
    assert run.finished_at is not None
    assert contents() == before
    assert Snapshot.objects.count() == 2
    assert run.snapshot is not None
    assert intake.body_of(run.snapshot) == wrong


def test_a_rejected_run_does_not_count_an_offer_as_missing_nor_its_source_as_heard() -> None:
    deliver("models-dev", body(), "2026-04-01", fresh_days=1)
    heard = Source.objects.get(slug="models-dev").fresh_until
    deliver("models-dev", b"{}", "2026-04-20")
    assert set(SourceEntry.objects.values_list("missed_runs", flat=True)) == {0}
    assert Source.objects.get(slug="models-dev").fresh_until == heard


def test_a_good_body_after_a_rejected_one_goes_through() -> None:
    deliver("models-dev", body(), "2026-04-01")
    deliver("models-dev", b"{}", "2026-04-02")
    run = deliver("models-dev", body("4"), "2026-04-03")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert card(GPT, "2026-04-03")["input_tokens"] == "4"


def test_word_that_nothing_changed_needs_a_body_that_was_taken_before() -> None:
    with pytest.raises(ValueError, match="body: None for models-dev; expected bytes"):
        deliver("models-dev", None, "2026-04-01")


class Crash(RuntimeError):
    """What a test lets happen."""


def _crash(*args: object, **kwargs: object) -> None:
    raise Crash("the machine stopped here")


def _crash_when_it_went_well(run: Run, outcome: Run.Outcome, **rest: Any) -> None:
    if outcome == Run.Outcome.PUBLISHED:
        _crash()
    close_run(run, outcome, **rest)


CRASHES: dict[str, tuple[object, str, Callable[..., None]]] = {
    "before the claims": (intake, "enrol", _crash),
    "after the claims": (intake, "_move_entries", _crash),
    "after the entries": (stages, "judge_run", _crash),
    "before the publication": (deciding, "publish", _crash),
    "after the publication": (deciding, "write_reviews", _crash),
    "before the end": (stages, "close_run", _crash_when_it_went_well),
}


@pytest.mark.parametrize("stage", CRASHES)
@pytest.mark.parametrize("first", [True, False], ids=["first run", "later run"])
def test_a_crash_leaves_the_run_failed_and_nothing_else_and_its_slot_can_be_run_again(
    stage: str, first: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not first:
        deliver("models-dev", body("3"), "2026-04-01")
    before = contents()
    heard = Source.objects.get(slug="models-dev").fresh_until
    module, name, crash = CRASHES[stage]
    with monkeypatch.context() as patch:
        patch.setattr(module, name, crash)
        with pytest.raises(Crash):
            deliver("models-dev", body("4"), "2026-04-02")
    failed = Run.objects.get(slot="2026-04-02")
    assert (failed.outcome, failed.fault) == (Run.Outcome.FAILED, "Crash")
    assert failed.detail == "the machine stopped here"
    assert contents() == before
    assert Source.objects.get(slug="models-dev").fresh_until == heard

    again = deliver("models-dev", body("4"), "2026-04-02")
    assert (again.pk, again.attempts, again.outcome) == (failed.pk, 2, Run.Outcome.PUBLISHED)
    assert (again.fault, again.detail) == ("", "")
    assert card(GPT, "2026-04-02") == {"input_tokens": "4", "output_tokens": "15"}
    assert reviews() == []


@pytest.mark.parametrize("served", [body("4"), b"{}"], ids=["taken", "rejected"])
def test_a_slot_that_was_run_to_an_end_is_passed_over(served: bytes) -> None:
    deliver("models-dev", body(), "2026-04-01")
    deliver("models-dev", served, "2026-04-02")
    before = contents(), Run.objects.count()
    assert process(delivery("models-dev", body("5"), "2026-04-02")) is None
    assert (contents(), Run.objects.count()) == before

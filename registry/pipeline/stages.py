"""The way of a number, on one screen.

fetch -> snapshot -> parse -> claims -> normalise and match -> assess -> publish. One delivery is
one run and one transaction: what is published, what is held and the entries that moved on are
written together or not at all, and the run says which. Writers take turns, so that none decides
on what another is about to change.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from registry.curation.actions import resolve
from registry.curation.policy.breakers import judge_run
from registry.curation.policy.reasons import Finding
from registry.curation.policy.thresholds import RUNS_UNTIL_WITHDRAWN
from registry.curation.reviews import (
    hold_run,
    is_released,
    release_runs,
    ripe_offers,
    write_nameless,
)
from registry.curation.rulings import expired_pins
from registry.curation.runs import shape_of
from registry.curation.scores.rulings import expired_score_pins
from registry.ingest.intake import (
    Intake,
    has_entries,
    keep_snapshot,
    lapsed_offers,
    lapsed_subjects,
    mark_unchanged,
    take_in,
)
from registry.ingest.models import Run, Snapshot, Source
from registry.ingest.naming import match_again, subjects_of_claims
from registry.ingest.runs import Delivery, close_run, keep_fresh, last_good, open_run, receive
from registry.ledger.turns import take_turn
from registry.pipeline.attendance import attend
from registry.pipeline.rollback import rolled_back
from scrapers.claims import PageError


class RunHeld(Exception):
    """A run that is not believed as a whole; what it had written is undone."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


def process(delivery: Delivery) -> Run | None:
    """Takes one body through every stage; None where its slot has been run already."""
    source = Source.objects.get(slug=delivery.source)
    with attend(source, delivery.part, wait=True):
        run = open_run(
            source,
            part=delivery.part,
            slot=delivery.slot,
            at=delivery.at,
            address=delivery.address,
        )
        if run is not None:
            take(run, delivery)
        return run


def take(run: Run, delivery: Delivery) -> None:
    """Takes what came for a run through every stage after the fetch.

    Faults of the body end in the run's outcome. Faults of ours are written on the run and raised.
    """
    before = last_good(run.source, run.part)
    receive(run, delivery)
    snapshot = _snapshot(delivery, before)
    with _one_outcome(run, snapshot):
        _publish(run, snapshot, delivery, before)


def take_again(run: Run, *, before: Run, body: bytes) -> None:
    """Takes the body of the last good run through today's parser, every entry of it.

    Nobody was asked, so the source's word is no fresher for it; a person has looked at the
    differences, so the run as a whole is not judged, but every card is.
    """
    if before.snapshot is None:
        raise ValueError(f"before: {before} holds no snapshot; expected a run with its body")
    with _one_outcome(run, before.snapshot):
        run.etag, run.last_modified = before.etag, before.last_modified
        intake = take_in(run, body, reread=True)
        _decide(run, before.snapshot, Run.Outcome.PUBLISHED, intake)


@contextmanager
def _one_outcome(run: Run, snapshot: Snapshot) -> Iterator[None]:
    """One transaction; where it is undone, the reason is written on the run."""
    try:
        with transaction.atomic():
            take_turn()
            yield
    except PageError as error:
        close_run(
            run, Run.Outcome.REJECTED, snapshot=snapshot, fault=error.fault, detail=str(error)
        )
    except RunHeld as held:
        run.snapshot = snapshot
        with transaction.atomic():
            hold_run(run, held.findings)
            close_run(run, Run.Outcome.HELD, fault=held.findings[0].reason, detail=str(held))
    except Exception as error:
        close_run(run, Run.Outcome.FAILED, fault=type(error).__name__, detail=str(error))
        raise


def _snapshot(delivery: Delivery, before: Run | None) -> Snapshot:
    """The bytes that came, or those that the host says still stand."""
    if delivery.body is not None:
        return keep_snapshot(delivery.body, delivery.media_type)
    if before is None or before.snapshot is None:
        raise ValueError(f"body: None for {delivery.source}; expected bytes, none are held")
    return before.snapshot


def _publish(run: Run, snapshot: Snapshot, delivery: Delivery, before: Run | None) -> None:
    intake: Intake | None = None
    keep_fresh(run, delivery.fresh_until)
    same = before is not None and before.snapshot_id == snapshot.pk and has_entries(run)
    if delivery.body is None or same:
        mark_unchanged(run)
        outcome = Run.Outcome.UNCHANGED
    else:
        outcome = Run.Outcome.PUBLISHED
        intake = take_in(run, delivery.body)
        findings = rolled_back(run, before) or judge_run(shape_of(run, intake))
        if findings and not is_released(run, snapshot):
            raise RunHeld(findings)
    release_runs(run)
    _decide(run, snapshot, outcome, intake)


def _decide(run: Run, snapshot: Snapshot, outcome: Run.Outcome, intake: Intake | None) -> None:
    offers = lapsed_offers(run, after=RUNS_UNTIL_WITHDRAWN) | ripe_offers(run)
    offers |= expired_pins(run.at)
    subjects = lapsed_subjects(run, after=RUNS_UNTIL_WITHDRAWN) | expired_score_pins(run.at)
    counts, new_reviews = {}, 0
    if intake is not None:
        offers |= intake.offer_ids
        if intake.after:
            subjects |= subjects_of_claims(intake.readings) | match_again()
        counts = _counts(intake)
        new_reviews = write_nameless(run, intake.after, intake.gone)
    if offers or subjects or new_reviews:
        resolution = resolve(offers, run=run, subjects=subjects)
        counts |= {
            "points": resolution.points,
            "facts": resolution.facts,
            "scores": resolution.scores,
            "kept": resolution.kept,
            "new_reviews": resolution.new_reviews + new_reviews,
        }
    close_run(run, outcome, snapshot=snapshot, counts=counts)


def _counts(intake: Intake) -> dict[str, int]:
    return {
        "entries": intake.entries_now,
        "changed": len(intake.after),
        "gone": len(intake.gone),
        "claims": sum(map(len, intake.after.values())),
    }

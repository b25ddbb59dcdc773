"""The way of a number, on one screen.

fetch -> snapshot -> parse -> claims -> normalise and match -> assess -> publish. One delivery is
one run and one transaction: what is published, what is held and the entries that moved on are
written together or not at all, and the run says which.
"""

from __future__ import annotations

from django.db import transaction

from registry.curation.actions import resolve
from registry.curation.policy.breakers import judge_run
from registry.curation.policy.reasons import Finding
from registry.curation.policy.thresholds import RUNS_UNTIL_WITHDRAWN
from registry.curation.reviews import hold_run
from registry.curation.runs import shape_of
from registry.ingest.intake import Intake, keep_snapshot, lapsed_offers, mark_unchanged, take_in
from registry.ingest.models import Run, Snapshot
from registry.ingest.runs import Delivery, close_run, keep_fresh, last_good, open_run
from scrapers.claims import PageError


class RunHeld(Exception):
    """A run that is not believed as a whole; what it had written is undone."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(map(str, findings)))
        self.findings = findings


def process(delivery: Delivery) -> Run | None:
    """Takes one body through every stage; None where its slot has been run already.

    Faults of the body end in the run's outcome. Faults of ours are written on the run and raised.
    """
    run = open_run(delivery)
    if run is None:
        return None
    snapshot = keep_snapshot(delivery.body, delivery.media_type)
    try:
        with transaction.atomic():
            _take(run, snapshot, delivery)
    except PageError as error:
        close_run(
            run, Run.Outcome.REJECTED, snapshot=snapshot, fault=error.fault, detail=str(error)
        )
    except RunHeld as held:
        run.snapshot = snapshot
        hold_run(run, held.findings)
        close_run(run, Run.Outcome.HELD, fault=held.findings[0].reason, detail=str(held))
    except Exception as error:
        close_run(run, Run.Outcome.FAILED, fault=type(error).__name__, detail=str(error))
        raise
    return run


def _take(run: Run, snapshot: Snapshot, delivery: Delivery) -> None:
    before = last_good(run.source, run.part)
    keep_fresh(run, delivery.fresh_until)
    if before is not None and before.snapshot_id == snapshot.pk:
        mark_unchanged(run)
        offers, outcome, counts = set[int](), Run.Outcome.UNCHANGED, {}
    else:
        intake = take_in(run, delivery.body)
        findings = judge_run(shape_of(run, intake))
        if findings:
            raise RunHeld(findings)
        offers, outcome, counts = intake.offer_ids, Run.Outcome.PUBLISHED, _counts(intake)
    offers |= lapsed_offers(run, after=RUNS_UNTIL_WITHDRAWN)
    if offers:
        resolution = resolve(offers, run=run)
        counts |= {
            "points": resolution.points,
            "kept": resolution.kept,
            "new_reviews": resolution.new_reviews,
        }
    close_run(run, outcome, snapshot=snapshot, counts=counts)


def _counts(intake: Intake) -> dict[str, int]:
    return {
        "entries": intake.entries_now,
        "changed": len(intake.after),
        "gone": len(intake.gone),
        "claims": sum(map(len, intake.after.values())),
    }

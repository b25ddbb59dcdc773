"""The only hands that publish: every change of history goes through one of these actions.

Runs `resolve`; persons do the rest. A person's action is one transaction: it names who (``by``),
why (``note``), from which ``page`` and when (``at``), leaves an `AuditEvent` and can be undone by a
new revision. What it decides is kept as rulings, which later runs hear as evidence.
"""

from registry.curation.actions.answers import Answered, approve, reject, report_error
from registry.curation.actions.corrections import approve_edited, correct, pin
from registry.curation.actions.descriptions import note_edit
from registry.curation.actions.endings import retract, withdraw
from registry.curation.actions.facts import approve_edited_fact, correct_fact, retract_fact
from registry.curation.actions.merges import merge_models
from registry.curation.actions.names import link_alias, merge_offers
from registry.curation.actions.refusals import (
    ActionRefused,
    AnsweredAlready,
    NotAllowed,
    Outdated,
)
from registry.curation.actions.resolve import Resolution, publish_recorded, resolve
from registry.curation.actions.score_statements import ScoreFigures
from registry.curation.actions.scores import (
    approve_edited_score,
    correct_score,
    pin_score,
    retract_score,
)
from registry.curation.actions.sources import ask_now, distrust, read_again
from registry.curation.actions.undo import undo

__all__ = [
    "ActionRefused",
    "Answered",
    "AnsweredAlready",
    "NotAllowed",
    "Outdated",
    "Resolution",
    "ScoreFigures",
    "approve",
    "approve_edited",
    "approve_edited_fact",
    "approve_edited_score",
    "ask_now",
    "correct",
    "correct_fact",
    "correct_score",
    "distrust",
    "link_alias",
    "merge_models",
    "merge_offers",
    "note_edit",
    "pin",
    "pin_score",
    "publish_recorded",
    "read_again",
    "reject",
    "report_error",
    "resolve",
    "retract",
    "retract_fact",
    "retract_score",
    "undo",
    "withdraw",
]

"""Edits of descriptive fields, told in the audit trail beside everything else that persons do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from registry.curation.actions.audit import Hand, Person, write_event
from registry.curation.models import AuditEvent


def note_edit(
    subject: str, changed: Sequence[str], *, by: Person, page: str, at: datetime
) -> AuditEvent:
    """Writes down that a person has edited a description; what it held before is kept elsewhere.

    ``changed``: a line a field. The caller has made the edit and knows that it was allowed.
    """
    hand = Hand(by.get_username(), "", page, at)
    return write_event(AuditEvent.Action.DESCRIBE, subject, hand, changed=changed)

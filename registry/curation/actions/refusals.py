"""Why a person's action is not done: nothing of it is written then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from registry.curation.models import Review


class ActionRefused(ValueError):
    """An action that makes no sense as asked; names field, value and what was expected."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        super().__init__(f"{field}: {value!s} cannot be taken; expected {expected}")
        self.field = field
        self.value = value
        self.expected = expected


class NotAllowed(PermissionError):
    """A person whose role does not reach that far."""

    def __init__(self, by: str, permission: str) -> None:
        super().__init__(f"{by} may not do this: it needs the permission {permission}")
        self.by = by
        self.permission = permission


class AnsweredAlready(RuntimeError):
    """Items that are not open any more: somebody was faster, or their source says otherwise."""

    def __init__(self, items: Sequence[Review]) -> None:
        super().__init__("; ".join(_told(item) for item in items[:_TOLD]) or "no such item")
        self.items = tuple(items)


class Outdated(RuntimeError):
    """Something was published since the page was read that the decision was made on."""

    def __init__(self, subject: str, number: int, author: str, at: datetime) -> None:
        super().__init__(
            f"{subject}: revision {number} by {author} was published at {at:%Y-%m-%d %H:%M} "
            "since this page was read; look again"
        )
        self.number = number


def refuse_to_come(field: str, moment: datetime, *, at: datetime) -> None:
    """Raises `ActionRefused` for a moment after ``at``."""
    if moment > at:
        raise ActionRefused(field, f"{moment:%Y-%m-%d %H:%M}", "a moment up to now")


def refuse_past(field: str, moment: datetime, *, at: datetime) -> None:
    """Raises `ActionRefused` for a moment that is not after ``at``."""
    if moment <= at:
        raise ActionRefused(field, f"{moment:%Y-%m-%d %H:%M}", "a moment to come")


_TOLD = 5


def _told(item: Review) -> str:
    when = f" at {item.closed_at:%Y-%m-%d %H:%M}" if item.closed_at else ""
    who = f" by {item.answered_by}" if item.answered_by else ""
    why = f": {item.answer_note}" if item.answer_note else ""
    return f"{item.offer or item.source}: {item.get_state_display()}{who}{when}{why}"

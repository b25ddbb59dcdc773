"""Whether a host served an older body than the one that was taken: a cache that fell back."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from registry.curation.policy.reasons import Finding, Reason
from registry.ingest.models import Run


def rolled_back(run: Run, before: Run | None) -> tuple[Finding, ...]:
    """A finding where the body's own date is before that of the last good run."""
    taken = _moment(before.last_modified) if before is not None else None
    served = _moment(run.last_modified)
    if taken is None or served is None or served >= taken:
        return ()
    expected = f"{taken:%Y-%m-%d %H:%M:%S} or later, as it was taken before"
    return (Finding(Reason.ROLLED_BACK, "last_modified", run.last_modified, expected),)


def _moment(text: str) -> datetime | None:
    """An HTTP date; None for silence and for what is no date, which then proves nothing."""
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment

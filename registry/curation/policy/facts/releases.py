"""Which words on a release are about the model, and which about something else of its name.

Feeds write the day of a model's newest snapshot where they had written its release, hosts the day
on which they took it up, and both copy rows of an older model. What was sold before that day, or
bears a later month in its id, was not released on it. Such a word is a side that is shown, but no
voice: it neither moves the release nor disputes it.
"""

from __future__ import annotations

from datetime import date

from registry.curation.policy.thresholds import LISTED_BEFORE_RELEASE


def speaks_of_another(
    day: date, *, on_sale_since: date | None = None, stamped: date | None = None
) -> bool:
    """Whether this day cannot be that of the model's release.

    ``on_sale_since``: the day on which it was first known to be sold. ``stamped``: the first day of
    the month that its id bears.
    """
    if on_sale_since is not None and day > on_sale_since + LISTED_BEFORE_RELEASE:
        return True
    return stamped is not None and day < stamped

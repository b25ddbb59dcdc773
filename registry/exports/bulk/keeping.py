"""The bulk files that are served: written once a day where something was published; a week stays.

A revision may come out every few minutes and its files are some fifty megabytes, so not every one
has files. Who wants those of another revision writes them with ``export_bulk --revision``.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from registry.exports.bulk.export import Exported, export
from registry.selectors.clocks import as_of

EVERY = timedelta(days=1)
KEPT = 7
"""Revisions whose files are kept: a week of days."""


def folder_of(revision: int) -> Path:
    """Where the files of a revision are served from, whether they are there or not."""
    folder: Path = settings.BULK_DIR
    return folder / str(revision)


def written() -> list[int]:
    """The revisions whose files are there, oldest first; drafts have other names."""
    folder: Path = settings.BULK_DIR
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(int(path.name) for path in found if path.name.isascii() and path.name.isdigit())


def write_daily(*, secret: str, now: datetime) -> Exported | None:
    """Writes the newest revision's files and drops old ones; None where that is not due.

    It is due a day after the last time, once something was published. Whoever comes while another
    process writes finds it not due. ``secret`` as in `export`.
    """
    with _alone() as alone:
        moment = as_of(now)
        if not alone or not _is_due(moment.number, now):
            return None
        done = export(folder_of(moment.number), moment, secret=secret)
        prune(KEPT)
        return done


def prune(keep: int) -> list[int]:
    """Drops the files of all but the newest ``keep`` revisions; which they were.

    A download that has begun ends whole: its file stays until it is closed.
    """
    dropped = written()[: -keep or None]
    for revision in dropped:
        folder = folder_of(revision)
        gone = folder.rename(folder.with_name(f".{revision}.dropped"))
        shutil.rmtree(gone)
    return dropped


def _is_due(revision: int, now: datetime) -> bool:
    held = written()
    if revision == 0 or revision in held:
        return False
    last = max((folder_of(one).stat().st_mtime for one in held), default=0.0)
    return datetime.fromtimestamp(last, UTC) + EVERY <= now


@contextmanager
def _alone() -> Iterator[bool]:
    """A lock that dies with its holder; False where another process has it."""
    folder: Path = settings.BULK_DIR
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

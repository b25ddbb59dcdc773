"""Who works at an address: a lock that dies with its holder.

A run that stands as running while nobody attends to its address was left by a worker that died.
There is no lease to renew and no bound to guess: on PostgreSQL the lock belongs to the worker's
connection, and the server frees it when the process is gone; elsewhere (one machine, SQLite) it is
a locked file, which the kernel frees.
"""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from registry.ingest.models import Source
from registry.ingest.timetable import name_of


@contextmanager
def attend(source: Source, part: str, *, wait: bool = False) -> Iterator[bool]:
    """Works alone at a source's part; False where somebody else is at it already.

    With ``wait`` the answer is always True, once the other is done.
    """
    on_server = connection.vendor == "postgresql"
    lock = _server_lock if on_server else _file_lock
    with lock(name_of(source, part), wait=wait) as alone:
        yield alone


@contextmanager
def _server_lock(name: str, *, wait: bool) -> Iterator[bool]:
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
    if wait:
        _ask("SELECT pg_advisory_lock(%s)", key)
        alone = True
    else:
        alone = _ask("SELECT pg_try_advisory_lock(%s)", key)
    try:
        yield alone
    finally:
        if alone:
            _ask("SELECT pg_advisory_unlock(%s)", key)


def _ask(statement: str, key: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [key])
        return bool(cursor.fetchone()[0])


@contextmanager
def _file_lock(name: str, *, wait: bool) -> Iterator[bool]:
    directory = settings.RUN_DIR / "attended"
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f"{name.replace('/', '~')}.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True

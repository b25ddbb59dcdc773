"""A database beside the configured one, for measurements: empty, migrated, and gone afterwards."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def scratch_database() -> Iterator[None]:
    """The test database that Django would make, under a name of its own."""
    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:
        scratch = f"bench_{os.getpid()}"
        if connection.vendor == "sqlite":
            scratch = str(Path(folder) / "bench.sqlite3")
        connection.settings_dict["TEST"]["NAME"] = scratch
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

"""The key that signs sessions on a machine where nobody has set one."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

BYTES = 50


def kept_secret(path: Path) -> str:
    """The key kept at `path`, made on first use and readable by its owner only.

    It is written whole beside `path` and then linked into place, so of two processes that start
    together both read the same key. Raises OSError where the folder cannot be written.
    """
    if not path.exists():
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(BYTES))
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its key counts
        finally:
            Path(draft).unlink()
    return path.read_text(encoding="ascii").strip()

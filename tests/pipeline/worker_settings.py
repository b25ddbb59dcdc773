"""Settings of a worker that serves a test: its database, its folder, hosts on loopback."""

from __future__ import annotations

import os
from pathlib import Path

from registry.settings import *  # noqa: F403
from registry.settings import DATABASES

DATABASES["default"]["NAME"] = os.environ["WORKER_DATABASE"]
RUN_DIR = Path(os.environ["WORKER_RUN_DIR"])
CONTACT = "https://registry.example/contact"
FETCH_EXEMPT_HOSTS = frozenset({"127.0.0.1"})

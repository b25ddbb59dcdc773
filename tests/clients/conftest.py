"""The filled registry behind a real server, for clients of other tools to be pointed at."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from registry.exports.compat.formats import FORMATS
from registry.ingest.sources import sync_sources
from registry.pipeline.bundle.format import CATALOG_DIR
from registry.pipeline.bundle.load import load_catalog

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-clients" / "bin" / "python"
ASKED = Path(__file__).parent / "asked"

Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def catalogue(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The bundled catalogue, published for as long as the tests run."""
    with django_db_blocker.unblock():
        sync_sources()
        load_catalog(CATALOG_DIR)


@pytest.fixture(scope="session")
def server(catalogue: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a running server over the catalogue."""
    with django_db_blocker.unblock():
        running = LiveServer("127.0.0.1")
        for form in FORMATS:
            # Made once for every asker: the first must not wait longer than a client's patience.
            urlopen(f"{running.url}/compat/{form.address}").close()  # noqa: S310 - our own
        yield running.url
        running.stop()


@pytest.fixture
def ask(db: None, server: str, tmp_path: Path) -> Ask:
    """Runs a script of `asked/` with the clients' own Python; JSON in, JSON out."""

    def run(script: str, question: object = None, **environment: str) -> Any:
        done = subprocess.run(  # noqa: S603 - our own script and interpreter
            [PYTHON, ASKED / script],
            input=json.dumps(question),
            capture_output=True,
            check=False,
            env=_environment(tmp_path, environment),
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return json.loads(done.stdout)

    return run


def _environment(home: Path, given: Mapping[str, str]) -> dict[str, str]:
    """Nothing of the machine's own: no keys, no settings, a home that is empty."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), **given}

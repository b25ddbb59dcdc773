"""The command against a small registry, asked over HTTP without a socket."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from click.testing import CliRunner, Result
from django.core.wsgi import get_wsgi_application

from registry.client.command import main
from registry.client.server import Server
from tests.api.conftest import registry

__all__ = ["registry"]

Run = Callable[..., Result]


@pytest.fixture
def server(registry: None, one_connection: None) -> Server:
    """A client of the registry's own application."""
    transport = httpx.WSGITransport(app=get_wsgi_application())
    return Server("http://localhost", transport=transport)


@pytest.fixture
def run(server: Server) -> Run:
    """Runs the command; the exit code is what it must be."""

    def invoke(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, words, obj={"server": server})
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture
def answer(run: Run) -> Callable[..., Any]:
    """What the command tells with ``--json``."""
    return lambda *words: json.loads(run("--json", *words).stdout)

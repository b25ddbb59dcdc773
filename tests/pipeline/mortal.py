"""The Celery application of a worker that kills itself, as `kill -9` would, at a named point.

``celery --app tests.pipeline.mortal worker`` with ``WORKER_DIES`` naming one of `deaths.POINTS`,
or nothing. It knows no catalogue but the rows of its test's database, and has a queue of its own.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from celery.signals import worker_init

from registry.pipeline.celery import app
from tests.pipeline.deaths import BEFORE, POINTS


def _mortal(function: Callable[..., Any], moment: str) -> Callable[..., Any]:
    def dying(*args: Any, **kwargs: Any) -> Any:
        if moment == BEFORE:
            _die_once()
            return function(*args, **kwargs)
        result = function(*args, **kwargs)
        _die_once()
        return result

    return dying


def _die_once() -> None:
    """A pool's next child has the same patches and must live."""
    with suppress(FileExistsError):
        Path(os.environ["WORKER_DEATH"]).touch(exist_ok=False)
        os.kill(os.getpid(), signal.SIGKILL)


@worker_init.connect
def _prepare(**_: object) -> None:
    _replace("registry.pipeline.tasks", "sync_sources", lambda _: lambda: None)
    if point := os.environ["WORKER_DIES"]:
        moment, module, name = POINTS[point]
        _replace(module, name, lambda function: _mortal(function, moment))


def _replace(module: str, name: str, by: Callable[[Any], Callable[..., Any]]) -> None:
    place = import_module(module)
    setattr(place, name, by(getattr(place, name)))


app.conf.task_default_queue = os.environ["WORKER_QUEUE"]
app.conf.beat_schedule["tick"]["schedule"] = float(os.environ["WORKER_TICK"])

"""Files in peers' formats made before anybody asks for them, beside a server that runs.

The first file after a start takes seconds, which is longer than a client may wait. They are made
one after the other when a server starts and again when a revision comes out; before them what
questions share: the table of all models with its prices, every name, the disputes of the present.
"""

from __future__ import annotations

from threading import Thread
from time import sleep

import structlog
from django.db import connections
from django.urls import resolve

from registry.exports.compat.formats import FORMATS
from registry.exports.views import make_ready
from registry.ledger.chain import head
from registry.selectors.clocks import as_of
from registry.selectors.disputes import DisputeFilter, disputes
from registry.selectors.resolving import held_names
from registry.selectors.states import Kept
from registry.selectors.table import table

log = structlog.get_logger(__name__)

_ROUND_SECONDS = 15


def keep_warm() -> None:
    """Starts a thread that has the files ready for as long as the process lives.

    From then on nobody waits for disputes that are read anew: they are made aside.
    """
    Kept.makes_aside = True
    Thread(target=_keep, name="warming", daemon=True).start()


def warm(made: str | None) -> str:
    """Makes every file unless the revision with this hash is still the newest; gives its hash.

    The table is read each time: its names are held for half a minute only. Names and disputes are
    read again where they have changed.
    """
    newest = head().hash
    table(as_of(), limit=1)
    held_names()
    disputes(DisputeFilter(), as_of(), limit=1)
    if newest != made:
        for form in FORMATS:
            make_ready(form)
    return newest


def _keep() -> None:
    made = None
    resolve("/")  # Whoever asks first would read every view otherwise.
    while True:
        try:
            made = warm(made)
        except Exception:
            log.exception("files are not made ahead")
        finally:
            connections.close_all()
        sleep(_ROUND_SECONDS)

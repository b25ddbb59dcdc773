"""Bulk files kept up to date by whoever keeps the registry so."""

from __future__ import annotations

import structlog
from django.utils import timezone

from registry.exports.bulk.export import Exported
from registry.exports.bulk.keeping import write_daily
from registry.exports.bulk.signing import NoSigningKey, signing_secret

log = structlog.get_logger(__name__)


def keep_bulk() -> Exported | None:
    """Writes what is due; None where nothing is, or where nothing can be signed."""
    try:
        done = write_daily(secret=signing_secret(), now=timezone.now())
    except NoSigningKey as missing:
        log.warning("bulk files are not written", reason=str(missing))
        return None
    if done is not None:
        log.info("bulk files written", folder=done.folder.name, sha256=done.sha256)
    return done

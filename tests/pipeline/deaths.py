"""Where a worker can be made to die: before or after a function, as its module knows it."""

from __future__ import annotations

BEFORE, AFTER = "before", "after"

POINTS = {
    "before the fetch": (BEFORE, "registry.pipeline.refresh", "last_good"),
    "after the fetch": (BEFORE, "registry.pipeline.refresh", "take"),
    "after the snapshot": (AFTER, "registry.pipeline.stages", "keep_snapshot"),
    "after the parse": (BEFORE, "registry.ingest.intake", "_store_claims"),
    "after the claims": (AFTER, "registry.pipeline.stages", "take_in"),
    "after the publication": (AFTER, "registry.pipeline.stages", "resolve"),
    "before the commit": (AFTER, "registry.pipeline.stages", "close_run"),
    "after the commit": (AFTER, "registry.pipeline.refresh", "take"),
}

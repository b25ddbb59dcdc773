"""What persons ask of the pipeline: sent after the commit, heard by whoever can do it."""

from __future__ import annotations

from django.dispatch import Signal

ask_wanted = Signal()
"""Ask a source now. ``source_id``."""
reread_wanted = Signal()
"""Read the kept bodies of a source again with today's parser. ``source_id``."""
run_released = Signal()
"""Take the body of a run that was held and is believed now. ``run_id``."""

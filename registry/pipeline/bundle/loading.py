"""What is known while the files of the bundled catalogue are read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from registry.catalog.models import Model
from registry.ingest.models import Claim, Run
from registry.ledger.points import NewStart
from registry.pipeline.bundle.format import Index


@dataclass(slots=True)
class Loading:
    """The rows that later files refer to.

    ``shown``: models by their readable ids; ``facts``: what was published last of theirs, by name.
    ``claims``: by provider and offer, the claims in their order.
    ``points``: by revision, what it published. ``words``: by source, part and entry, the claims
    that it makes now.
    """

    directory: Path
    index: Index
    models: dict[str, int]
    providers: dict[str, int]
    runs: list[Run]
    shown: dict[str, Model]
    facts: dict[str, dict[str, Any]]
    claims: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    points: dict[int, list[NewStart]] = field(default_factory=lambda: defaultdict(list))
    words: dict[tuple[int, str, str], list[Claim]] = field(
        default_factory=lambda: defaultdict(list)
    )

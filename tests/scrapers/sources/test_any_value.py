"""Whatever stands in a row of a JSON source, it is read, or the row or the body is refused.

A value that nobody thought of must not stop the run that would have said so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.curation.voices import card_of
from registry.ingest.content import from_content, to_content
from registry.ingest.storable import storable_content, storable_names
from scrapers.catalog import SOURCES
from scrapers.claims import Claim, OfferClaim, PageError, Parser
from tests.curation.cases import NOW

RECORDINGS = Path(__file__).parents[3] / "fixtures" / "recordings"
BODIES = sorted(p for p in RECORDINGS.glob("*/*.json") if not p.name.endswith(".golden.json"))
PARTS = {spec.parser for spec in SOURCES if any(recorded.part for recorded in spec.recorded_as)}

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        ["-1", "0", "NaN", "1e400", "1,5", "$3", "2026-02-30", "2026-13-01", "http://["]
    )
)
VALUES = SCALARS | st.lists(SCALARS, max_size=2) | st.dictionaries(
    st.sampled_from(["price", "base", "tiers", "range", "size", "start", "input"]), SCALARS,
    max_size=2,
)  # fmt: skip


def _places(document: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document that can be written: its holder, and the key or index."""
    keys = range(len(document)) if isinstance(document, list) else [*document]
    for key in keys:
        yield document, key
        if isinstance(document[key], dict | list):
            yield from _places(document[key])


@pytest.mark.parametrize("path", BODIES, ids=lambda path: f"{path.parent.name}/{path.name}")
@settings(max_examples=40)
@given(data=st.data())
def test_any_value_anywhere_is_read_or_refused(path: Path, data: st.DataObject) -> None:
    document = json.loads(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 2))):
        places = list(_places(document))
        holder, key = data.draw(st.sampled_from(places))
        holder[key] = data.draw(VALUES)
    name = path.parent.name.replace("-", "_")
    parser = cast(Parser[Claim], import_module(f"scrapers.sources.{name}"))
    part = path.stem.replace("__", "/") if name in PARTS else ""
    try:
        claims = [
            claim
            for entry in parser.split(json.dumps(document).encode(), part)
            for claim in parser.read(entry)
        ]
    except PageError:
        return
    for claim in claims:
        if isinstance(claim, OfferClaim):
            _is_kept_and_judged(claim)


def _is_kept_and_judged(claim: OfferClaim) -> None:
    named = storable_names(claim)
    content = storable_content(to_content(named))
    again = from_content(
        json.loads(json.dumps(content)),
        provider=named.provider,
        model_id=named.model_id,
        page=named.page,
    )
    card_of([again], read_at=NOW)

"""Every feed over every real snapshot: nothing is dropped, and the money is understood."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from scrapers.catalog import FEEDS, SourceSpec
from scrapers.coverage import measure, newest

_BY_SLUG = [pytest.param(spec, id=spec.slug) for spec in FEEDS]

# The least share of the figures that must become rates; zeros and figures set aside with a reason
# are no prices. Portkey's own faults (minutes called tokens, a band at two prices) cost it 0.5 %.
_LEAST = {"portkey": Decimal("99.4")}
_USUAL = Decimal("99.5")


def _snapshots(corpus: Path, spec: SourceSpec) -> list[tuple[str, Path]]:
    return [
        (path.stem if recorded.part == "*" else recorded.part, path)
        for recorded in spec.recorded_as
        for path in sorted(corpus.glob(recorded.pattern))
    ]


@pytest.mark.parametrize("spec", _BY_SLUG)
def test_every_entry_of_every_snapshot_is_read(corpus: Path, spec: SourceSpec) -> None:
    snapshots = _snapshots(corpus, spec)
    assert snapshots, "the corpus has snapshots of every feed"
    for part, path in snapshots:
        coverage = measure(spec, [(part, path.read_bytes())])
        assert coverage.entries > 0, path
        assert coverage.rates > 0, path
        assert abs(coverage.dropped) * 100 <= coverage.figures, path


@pytest.mark.parametrize("spec", _BY_SLUG)
def test_the_newest_snapshot_is_understood(corpus: Path, spec: SourceSpec) -> None:
    bodies = [(part, path.read_bytes()) for part, path in newest(corpus, spec)]
    coverage = measure(spec, bodies)
    assert coverage.share_of_prices >= _LEAST.get(spec.slug, _USUAL)
    assert abs(coverage.dropped) * 1000 <= coverage.figures


def test_of_the_newest_litellm_map_no_figure_is_lost(corpus: Path) -> None:
    (litellm,) = (spec for spec in FEEDS if spec.slug == "litellm")
    coverage = measure(litellm, [(p, f.read_bytes()) for p, f in newest(corpus, litellm)])
    assert coverage.dropped == 0
    assert coverage.figures > 15_000

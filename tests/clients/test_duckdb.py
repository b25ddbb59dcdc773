"""DuckDB reads our Parquet files: exact amounts, moments in UTC, receipts by join."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.exports.bulk.export import export
from registry.ledger.models import PricePoint
from registry.selectors.clocks import as_of
from tests.clients.conftest import Ask

pytestmark = pytest.mark.clients

_HISTORY = """
    select starts_at::date, amount from '$folder/price_points.parquet'
    where offer = 'deepseek/deepseek-v4-pro' and meter = 'cache_read_tokens'
      and terms is null and currency = 'USD' and state = 'priced'
    order by starts_at, revision
"""
_RECEIPTS = """
    select count(*), count(c.snapshot_sha256), sum((p.claim is null)::int)
    from '$folder/price_points.parquet' p left join '$folder/claims.parquet' c using (claim)
"""


def test_duckdb_reads_the_whole_history_with_its_receipts(
    ask: Ask, catalogue: None, tmp_path: Path
) -> None:
    folder = export(tmp_path / "all", as_of(), secret="s" * 50, formats=["parquet"]).folder
    history = ask("duckdb_reads.py", {"folder": str(folder), "sql": _HISTORY})
    assert history[0][1].rstrip("0") == "0.145"
    assert "0.003625000000000" in [amount for _, amount in history]
    ((points, receipts, words),) = ask("duckdb_reads.py", {"folder": str(folder), "sql": _RECEIPTS})
    assert int(points) == PricePoint.objects.count()
    assert int(receipts) == int(points) - int(words)

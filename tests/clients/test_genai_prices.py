"""genai-prices, updating itself from our copy of its file, bills as we do."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from registry.exports.compat.genai_prices import provider_id
from registry.selectors.clocks import as_of
from registry.selectors.export_rows import announced_cards, export_rows
from tests.clients.conftest import Ask
from tests.clients.told import SAME, UNKNOWN, judged, tell
from tests.clients.usages import Asked, instead, random_usages

pytestmark = pytest.mark.clients

FILE = "/compat/genai-prices/v2/data.json"
COUNTS = {"input_tokens": 100_000, "cache_read_tokens": 40_000, "output_tokens": 20_000}
TIERS = (None, "batch", "flex", "priority", "fast")


def _hours_unknown(asked: Asked) -> Decimal | None:
    return instead(asked, without=lambda rate: rate.terms.hours is not None)


def _a_call_each(asked: Asked) -> Decimal | None:
    return instead(asked, counts={**asked.counts, "requests": 1})


REASONS = {
    "its hours are the same on every day": _hours_unknown,
    "it counts every calculation as one paid request": _a_call_each,
}


def test_genai_prices_updates_from_us_and_bills_as_we_do(ask: Ask, server: str) -> None:
    usages = random_usages(export_rows(as_of()), 2_000, TIERS)
    answer = ask(
        "genai_bills.py",
        {"url": f"{server}{FILE}", "usages": [_asked(usage) for usage in usages]},
    )
    totals = [bill.get("total", bill.get("error")) for bill in answer["bills"]]
    verdicts = [judged(u, total, REASONS) for u, total in zip(usages, totals, strict=True)]
    counted = tell("genai-prices", verdicts)
    odd = [(_asked(u), t) for u, t, v in zip(usages, totals, verdicts, strict=True) if v == UNKNOWN]
    assert not odd, odd
    assert counted[SAME] > 1_950


def test_announced_prices_hold_from_their_day_on(ask: Ask, server: str) -> None:
    rows = {row.ref: row for row in export_rows(as_of())}
    usages = []
    for ref, cards in announced_cards(as_of()).items():
        row = rows[ref]
        for card in cards:
            last, first = card.starts_at - timedelta(minutes=1), card.starts_at
            for tier in {rate.terms.tier for rate in row.rates} & set(TIERS):
                usages.append(Asked(row, tier, last, dict(COUNTS)))
                usages.append(Asked(replace(row, rates=card.rates), tier, first, dict(COUNTS)))
            row = replace(row, rates=card.rates)
    assert usages, "the bundled catalogue announces no price any more"
    question = {"url": f"{server}{FILE}", "usages": [_asked(usage) for usage in usages]}
    bills = ask("genai_bills.py", question)["bills"]
    for usage, bill in zip(usages, bills, strict=True):
        assert judged(usage, bill.get("total", bill.get("error")), REASONS) == SAME, _asked(usage)


def _asked(usage: Asked) -> dict[str, object]:
    return {
        "model": usage.row.model_id,
        "provider": provider_id(usage.row.seller),
        "tier": usage.tier,
        "at": usage.at.isoformat(),
        "counts": usage.counts,
    }

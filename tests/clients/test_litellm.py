"""LiteLLM, pointed at us by its own variable, bills as we do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.exports.compat import litellm
from registry.exports.compat.left_out import LeftOuts
from registry.exports.compat.litellm.names import ANYWHERE, keys, route_of
from registry.pricing.rates import Rate
from registry.selectors.clocks import as_of
from registry.selectors.export_rows import ExportRow, export_rows
from tests.clients.conftest import Ask
from tests.clients.told import SAME, UNKNOWN, judged, tell
from tests.clients.usages import Asked, instead, random_usages

pytestmark = pytest.mark.clients

MAP = "/compat/litellm/model_prices_and_context_window.json"
# Routes that LiteLLM does not take for the seller's other one.
_ASKED_BY_ROUTE = {"cohere_chat", "text-completion-openai"}
TIERS = (None, "batch", "flex", "priority")


def _route(row: ExportRow) -> str:
    return row.seller.name_in("litellm") or ""


def _is_audio(rate: Rate) -> bool:
    return "audio" in rate.meter


def _tier_unknown(asked: Asked) -> Decimal | None:
    return instead(asked, tier=None)


def _limit_reached(asked: Asked) -> Decimal | None:
    return instead(asked, context_tokens=asked.counts["input_tokens"] + 1)


def _audio_unknown(asked: Asked) -> Decimal | None:
    return instead(asked, without=_is_audio)


def _audio_of_any_length(asked: Asked) -> Decimal | None:
    return instead(asked, without=lambda r: _is_audio(r) and r.terms.context_over is not None)


def _writes_kept_short(asked: Asked) -> Decimal | None:
    counts = dict(asked.counts)
    long = counts.pop("cache_write_1h_tokens", 0)
    counts["cache_write_5m_tokens"] = counts.get("cache_write_5m_tokens", 0) + long
    return instead(asked, counts=counts)


REASONS = {
    "its calculator for this seller knows no service tiers": _tier_unknown,
    "it takes xAI's limits as reached at the limit itself": _limit_reached,
    "its calculator for this seller knows no price of audio tokens": _audio_unknown,
    "it reads no price of audio tokens from a band": _audio_of_any_length,
    "it knows no price of its own for writes kept an hour in a batch": _writes_kept_short,
}

# It has a table of its own of names that mean another seller's model.
REFUSALS = {"model=azure/ada": "it takes the name `ada` for a model of Azure's"}


def test_litellm_accepts_our_map_and_bills_as_we_do(ask: Ask, server: str) -> None:
    left_out = LeftOuts()
    rows = list(export_rows(as_of()))
    litellm.document(rows, left_out)
    gone = {one.offer for one in left_out.found if one.meter is None}
    usages = random_usages((row for row in rows if row.ref not in gone), 2_000, TIERS)
    answer = ask(
        "litellm_bills.py",
        {"usages": [_asked(usage) for usage in usages]},
        LITELLM_MODEL_COST_MAP_URL=f"{server}{MAP}",
    )
    assert answer["source"] == "remote"  # its own checks: at least half of what it ships with
    totals = [bill.get("total", bill.get("error")) for bill in answer["bills"]]
    verdicts = [
        judged(u, total, REASONS, REFUSALS) for u, total in zip(usages, totals, strict=True)
    ]
    counted = tell("LiteLLM", verdicts)
    odd = [(_asked(u), t) for u, t, v in zip(usages, totals, verdicts, strict=True) if v == UNKNOWN]
    assert not odd, odd
    assert counted[SAME] > 1_900


def _asked(usage: Asked) -> dict[str, object]:
    route = _route(usage.row)
    return {
        "key": keys(usage.row, route, ANYWHERE)[0],
        "provider": own if (own := route_of(usage.row, route)) in _ASKED_BY_ROUTE else route,
        "tier": usage.tier,
        "at": usage.at.isoformat(),
        "counts": usage.counts,
    }

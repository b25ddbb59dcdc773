"""One answer an operation that calculates, as the contract shows it: the launch of three models.

100 million tokens in and 20 million out a month, at the prices of 24 April 2026.
"""

from __future__ import annotations

from datetime import UTC, datetime

from registry.api.v1.shapes.bills import Bill, BillLine, Costs, Sum
from registry.api.v1.shapes.prices import Price, PriceList
from registry.api.v1.shapes.rate_cards import Rate
from registry.api.v1.shapes.resolutions import Named
from registry.api.v1.shapes.revisions import RevisionRef
from registry.api.v1.shapes.workloads import (
    ModelMonth,
    Month,
    OptionCost,
    Part,
    RouteCost,
    ScenarioCosts,
    Seller,
    WorkloadCosts,
)

RELEASE = datetime(2026, 4, 24, tzinfo=UTC)
READ = RevisionRef(29, "5f1c" * 16)
_USAGE = {"input_tokens": 100_000_000, "output_tokens": 20_000_000}
_AT = "2026-04-24"


def rate(meter: str, amount: str, receipt: int) -> Rate:
    """A standard dollar rate of that day."""
    return Rate(
        meter=meter,
        terms={},
        state="priced",
        amount=amount,
        currency="USD",
        per=1_000_000,
        unit="token",
        starts_at=RELEASE,
        starts_basis="observed",
        status="single",
        source="llm-prices",
        revision=29,
        receipt=f"/api/v1/receipts/{receipt}",
    )


def _line(meter: str, quantity: str, price: str, amount: str, receipt: int) -> BillLine:
    return BillLine(
        meter=meter,
        quantity=quantity,
        rate=rate(meter, price, receipt),
        amount=amount,
        fallback_from=None,
        standard_for=(),
        no_band_over=None,
        notes=(),
    )


_PRO_LINES = (
    _line("input_tokens", "100000000", "1.74", "174", 15942),
    _line("output_tokens", "20000000", "3.48", "69.6", 15944),
)
_FLASH_LINES = (
    _line("input_tokens", "100000000", "0.14", "14", 15951),
    _line("output_tokens", "20000000", "0.28", "5.6", 15953),
)

COST_BODY = {"at": _AT, "usages": [{"offer": "deepseek/deepseek-v4-pro", "usage": _USAGE}]}
COSTS = Costs(
    revision=READ,
    items=(
        Bill(
            asked="deepseek/deepseek-v4-pro",
            offer=Named(
                "deepseek/deepseek-v4-pro", "exact", "/api/v1/offers/deepseek/deepseek-v4-pro"
            ),
            model="deepseek/deepseek-v4-pro",
            at=RELEASE,
            tier=None,
            region=None,
            currency="USD",
            lines=_PRO_LINES,
            total="243.6",
            converted=None,
        ),
    ),
    totals=(Sum("USD", "243.6"),),
)


def _seller(ref: str) -> Seller:
    return Seller(ref, ref, "named", f"/api/v1/offers/{ref}")


def _month(lines: tuple[BillLine, ...], total: str) -> Month:
    return Month(Part(lines, total), None, total, "USD", None)


_PRO = _seller("deepseek/deepseek-v4-pro")
_FLASH = _seller("deepseek/deepseek-v4-flash")
_PRO_MONTH, _FLASH_MONTH = _month(_PRO_LINES, "243.6"), _month(_FLASH_LINES, "19.6")

WORKLOAD_BODY = {"at": _AT, "usage": _USAGE, "models": ["deepseek-v4-pro", "deepseek-v4-flash"]}
WORKLOAD_COSTS = WorkloadCosts(
    revision=READ,
    at=RELEASE,
    items=(
        ModelMonth("deepseek-v4-flash", _FLASH, _FLASH_MONTH, "1", None),
        ModelMonth("deepseek-v4-pro", _PRO, _PRO_MONTH, "12.4285714286", None),
    ),
)

SCENARIO_BODY = {
    "at": _AT,
    "usage": _USAGE,
    "baseline": {"routes": [{"offer": "deepseek-v4-pro"}]},
    "options": [{"name": "migrate", "routes": [{"offer": "deepseek-v4-flash"}]}],
}
SCENARIO_COSTS = ScenarioCosts(
    revision=READ,
    at=RELEASE,
    currency="USD",
    baseline=OptionCost(
        name="baseline",
        routes=(RouteCost(_PRO, "1", "1", _PRO_MONTH),),
        total="243.6",
        difference="0",
        percent="0",
        times_cheaper="1",
        converted=None,
    ),
    options=(
        OptionCost(
            name="migrate",
            routes=(RouteCost(_FLASH, "1", "1", _FLASH_MONTH),),
            total="19.6",
            difference="-224",
            percent="-91.9540229885",
            times_cheaper="12.4285714286",
            converted=None,
        ),
    ),
)

PRICE_LIST = PriceList(
    revision=READ,
    at=RELEASE,
    items=(
        Price(
            offer="deepseek/deepseek-v4-pro",
            provider="deepseek",
            model="deepseek/deepseek-v4-pro",
            context_tokens=1_000_000,
            rate=rate("input_tokens", "1.74", 15942),
            last_seen_at=RELEASE,
            stale=False,
            converted=None,
            address="/api/v1/offers/deepseek/deepseek-v4-pro",
        ),
    ),
    next=None,
)

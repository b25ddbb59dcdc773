from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pricing.rate_card import NotOnCard
from registry.pricing.usage import Usage, UsageError
from registry.pricing.workload import Workload, WorkloadError, monthly_cost
from tests.pricing.cards import GPT_5_5, LAUNCH, OPUS_4_7, V4_PRO

MONTH = Usage.of({"input_tokens": 100_000_000, "output_tokens": 20_000_000})
shares = st.integers(0, 1000).map(lambda n: Decimal(n).scaleb(-3))


def test_a_months_sum_is_not_taken_for_one_long_request() -> None:
    assert monthly_cost(GPT_5_5, Workload(MONTH), at=LAUNCH).total == 1100


def test_requests_that_are_long_are_billed_as_such() -> None:
    long = Workload(MONTH, request_input_tokens=300_000)
    assert monthly_cost(GPT_5_5, long, at=LAUNCH).total == 1900


def test_cache_hits_are_a_share_of_the_input() -> None:
    cached = Workload(MONTH, cache_hit_share=Decimal("0.8"))
    assert monthly_cost(GPT_5_5, cached, at=LAUNCH).total == 20 * 5 + 80 * Decimal("0.5") + 20 * 30


def test_what_can_wait_is_billed_in_the_batch_tier() -> None:
    half = monthly_cost(GPT_5_5, Workload(MONTH, batch_share=Decimal("0.5")), at=LAUNCH)
    assert half.standard is not None
    assert half.batch is not None
    assert [half.standard.total, half.batch.total, half.total] == [550, 275, 825]


def test_a_batch_share_needs_a_batch_price() -> None:
    workload = Workload(MONTH, batch_share=Decimal("0.5"))
    with pytest.raises(NotOnCard, match="tier: 'batch'"):
        monthly_cost(V4_PRO, workload, at=LAUNCH)
    allowed = monthly_cost(V4_PRO, workload, at=LAUNCH, fallback="standard")
    assert allowed.total == Decimal("243.6")


@given(shares, shares)
def test_a_months_cost_lies_between_all_batch_and_all_standard(
    hits: Decimal, batch: Decimal
) -> None:
    def total(share: Any) -> Decimal:
        workload = Workload(MONTH, cache_hit_share=Decimal(0), batch_share=share)
        return monthly_cost(OPUS_4_7, workload, at=LAUNCH).total

    assert total(batch) == total(Decimal(0)) * (1 - batch) + total(Decimal(1)) * batch
    cached = Workload(MONTH, cache_hit_share=hits)
    assert monthly_cost(OPUS_4_7, cached, at=LAUNCH).total == 1000 - 450 * hits


@pytest.mark.parametrize(
    "share",
    [Decimal("-0.1"), Decimal("1.1"), Decimal("NaN"), 0.5, Decimal("0.1234567890123456"), None],
)
@pytest.mark.parametrize("field", ["cache_hit_share", "batch_share"])
def test_a_share_that_is_none_is_refused_by_field(field: str, share: Any) -> None:
    with pytest.raises(WorkloadError) as refused:
        Workload(MONTH, **{field: share})
    assert refused.value.field == field


def test_cache_hits_are_said_once() -> None:
    usage = Usage.of({"input_tokens": 10, "cache_read_tokens": 5})
    with pytest.raises(WorkloadError, match="cache_hit_share"):
        Workload(usage, cache_hit_share=Decimal("0.5"))


def test_cache_hits_that_do_not_fit_beside_other_parts_are_refused() -> None:
    usage = Usage.of({"input_tokens": 10, "cache_write_tokens": 6})
    with pytest.raises(UsageError, match="input_tokens"):
        monthly_cost(OPUS_4_7, Workload(usage, cache_hit_share=Decimal("0.5")), at=LAUNCH)

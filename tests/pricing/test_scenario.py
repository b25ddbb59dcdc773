from decimal import Decimal
from typing import Any

import pytest

from registry.pricing.exact import proportion
from registry.pricing.rate_card import RateCard
from registry.pricing.rates import PriceState
from registry.pricing.scenario import Option, Route, Scenario, compare
from registry.pricing.usage import Usage
from registry.pricing.workload import Workload, WorkloadError
from tests.pricing.cards import GPT_5_5, LAUNCH, V4_FLASH, V4_PRO, stated

MONTH = Workload(Usage.of({"input_tokens": 100_000_000, "output_tokens": 20_000_000}))
CENT = Decimal("0.01")


def only(name: str, card: RateCard, multiplier: str = "1") -> Option:
    return Option(name, (Route(name, card, output_multiplier=Decimal(multiplier)),))


def amount(card: RateCard, meter: str) -> Decimal:
    return next(
        r.amount
        for r in card.rates
        if r.meter == meter and not r.terms.key and r.amount is not None
    )


def test_the_worked_example_of_april_2026_comes_out_exactly() -> None:
    comparison = compare(
        Scenario(
            MONTH, only("GPT-5.5", GPT_5_5), (only("V4 Pro", V4_PRO), only("V4 Flash", V4_FLASH))
        ),
        at=LAUNCH,
    )
    pro, flash = comparison.options
    assert comparison.baseline.total == Decimal("1100.00")
    assert comparison.baseline.difference == 0
    assert (pro.total, flash.total) == (Decimal("243.60"), Decimal("19.60"))
    assert (pro.difference, flash.difference) == (Decimal("-856.40"), Decimal("-1080.40"))
    assert pro.percent is not None
    assert pro.percent.quantize(CENT) == Decimal("-77.85")
    assert flash.times_cheaper is not None
    assert flash.times_cheaper.quantize(CENT) == Decimal("56.12")


def test_the_ratios_of_the_worked_example() -> None:
    def times(meter: str, card: RateCard) -> Decimal:
        return proportion(amount(card, meter), amount(GPT_5_5, meter))

    assert times("input_tokens", V4_PRO) == Decimal("0.348")
    assert times("output_tokens", V4_PRO) == Decimal("0.116")
    cheaper_in = proportion(amount(GPT_5_5, "input_tokens"), amount(V4_FLASH, "input_tokens"))
    cheaper_out = proportion(amount(GPT_5_5, "output_tokens"), amount(V4_FLASH, "output_tokens"))
    assert cheaper_in.quantize(CENT) == Decimal("35.71")
    assert cheaper_out.quantize(CENT) == Decimal("107.14")


def test_traffic_may_be_split_over_routes() -> None:
    split = Option(
        "mostly Flash",
        (
            Route("GPT-5.5", GPT_5_5, Decimal("0.2")),
            Route("V4 Flash", V4_FLASH, Decimal("0.8")),
        ),
    )
    outcome = compare(Scenario(MONTH, only("GPT-5.5", GPT_5_5), (split,)), at=LAUNCH).options[0]
    assert [route.total for route in outcome.routes] == [220, Decimal("15.68")]
    assert outcome.total == Decimal("235.68")


def test_an_output_multiplier_stretches_output_and_its_parts_alone() -> None:
    usage = Usage.of(
        {"input_tokens": 100_000_000, "output_tokens": 20_000_000, "reasoning_tokens": 5_000_000}
    )
    scenario = Scenario(Workload(usage), only("as is", V4_PRO), (only("wordy", V4_PRO, "1.5"),))
    assert compare(scenario, at=LAUNCH).options[0].total == 174 + Decimal("69.6") * Decimal("1.5")


def test_cache_hits_and_batches_reach_every_route() -> None:
    workload = Workload(MONTH.usage, cache_hit_share=Decimal("0.5"), batch_share=Decimal("0.25"))
    halves = Option(
        "halves", (Route("a", GPT_5_5, Decimal("0.5")), Route("b", GPT_5_5, Decimal("0.5")))
    )
    comparison = compare(Scenario(workload, only("whole", GPT_5_5), (halves,)), at=LAUNCH)
    standard, batch = Decimal(875), Decimal(550)
    assert comparison.baseline.total == standard * Decimal("0.75") + batch * Decimal("0.25")
    assert comparison.options[0].difference == 0
    assert comparison.options[0].percent == 0


@pytest.mark.parametrize("shares", [[], ["0.5"], ["0.5", "0.6"], ["0.333333333333333"] * 3])
def test_shares_that_do_not_add_up_to_exactly_one_are_refused(shares: list[str]) -> None:
    routes = tuple(Route("V4 Pro", V4_PRO, Decimal(share)) for share in shares)
    with pytest.raises(WorkloadError, match=r"split: shares: .*exactly 1"):
        Option("split", routes)


@pytest.mark.parametrize("multiplier", [Decimal(0), Decimal(-1), Decimal("NaN"), 1.5])
def test_an_output_multiplier_that_is_none_is_refused(multiplier: Any) -> None:
    with pytest.raises(WorkloadError, match="V4 Pro: output_multiplier"):
        Route("V4 Pro", V4_PRO, output_multiplier=multiplier)


@pytest.mark.parametrize("share", [Decimal("1.1"), Decimal("-0.1"), 1])
def test_a_share_that_is_none_is_refused(share: Any) -> None:
    with pytest.raises(WorkloadError, match="V4 Pro: share"):
        Route("V4 Pro", V4_PRO, share)


def test_against_a_free_offer_there_is_no_percentage() -> None:
    free = RateCard(tuple(stated(m, PriceState.FREE) for m in ("input_tokens", "output_tokens")))
    comparison = compare(Scenario(MONTH, only("free", free), (only("V4 Pro", V4_PRO),)), at=LAUNCH)
    assert comparison.options[0].percent is None
    assert comparison.baseline.times_cheaper is None

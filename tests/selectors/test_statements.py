"""What an article states of models, and what arithmetic gives beside it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.selectors.clocks import AsOf, as_of
from registry.selectors.compare import compare
from registry.selectors.comparison import Question
from registry.selectors.resolving import Written, held_names
from registry.selectors.standard_offers import Meant
from registry.selectors.stated_beside import StatedBeside
from registry.selectors.statements import Claimed, Stated
from tests.api.launch import launch
from tests.pipeline.taking import moment

__all__ = ["launch"]

pytestmark = pytest.mark.usefixtures("launch")
GPT, PRO, FLASH = "openai/gpt-5.5", "deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-flash"
MODELS = (GPT, PRO, FLASH)


def of(*models: str, day: str = "2026-04-25") -> tuple[Stated, ...]:
    return tuple(one.stated for one in beside(as_of(moment(day)), models))


def beside(when: AsOf, models: tuple[str, ...] = MODELS) -> tuple[StatedBeside, ...]:
    return compare(Question(tuple(map(Written, models))), when).stated


@pytest.mark.parametrize(
    ("model", "aspect", "text", "computed"),
    [
        (FLASH, "price", "37", {"input_tokens": "35.71", "output_tokens": "107.14"}),
        (FLASH, "input_tokens", "37", {"input_tokens": "35.71"}),
        (FLASH, "output_tokens", "107", {"output_tokens": "107.14"}),
        (FLASH, "cache_read_tokens", "17", {"cache_read_tokens": "17.86"}),
        (FLASH, "input_tokens", "0.03", {"input_tokens": "0.03"}),
        (PRO, "input_tokens", "0.35", {"input_tokens": "0.35"}),
        (PRO, "output_tokens", "0.12", {"output_tokens": "0.12"}),
        (FLASH, "bill", "56", {"bill": "56.12"}),
        (GPT, "bill of input_tokens", "500", {"bill of input_tokens": "500.00"}),
        (GPT, "bill of output_tokens", "600", {"bill of output_tokens": "600.00"}),
        (PRO, "bill", "243.60", {"bill": "243.60"}),
        (PRO, "bill of output_tokens", "69.60", {"bill of output_tokens": "69.60"}),
        (FLASH, "bill of output_tokens", "5.60", {"bill of output_tokens": "5.60"}),
        (GPT, "SWE-Bench Verified", "3.7", {"swe-bench-verified": "3.70"}),
        (GPT, "SWE-Bench Verified", "~10", {"swe-bench-verified": "10.70"}),
        (GPT, "Terminal-Bench 2.0", "~7", {"terminal-bench": "7.70"}),
    ],
)
def test_a_statement_and_what_arithmetic_gives(
    model: str, aspect: str, text: str, computed: dict[str, str]
) -> None:
    [found] = (
        one
        for one in beside(as_of(moment("2026-04-25")))
        if (one.stated.offer.model, one.stated.statement.aspect, one.stated.statement.text)
        == (model, aspect, text)
    )
    cent = Decimal("0.01")
    assert {one.aspect: f"{one.value.quantize(cent)}" for one in found.computed} == computed


@pytest.mark.parametrize(
    ("model", "aspect", "printed", "computed"),
    [
        (GPT, "bill", ",100", "1100"),
        (PRO, "bill of input_tokens", "74", "174"),
        (FLASH, "bill of input_tokens", "4", "14"),
        (FLASH, "bill", "9.60", "19.6"),
    ],
)
def test_a_figure_that_lost_its_first_digit_stands_beside_the_whole_one(
    model: str, aspect: str, printed: str, computed: str
) -> None:
    [found] = (
        one
        for one in beside(as_of(moment("2026-04-25")))
        if (one.stated.offer.model, one.stated.statement.aspect, one.stated.statement.text)
        == (model, aspect, printed)
    )
    assert found.stated.statement.remarks
    assert [one.value for one in found.computed] == [Decimal(computed)]


def test_nothing_stands_beside_what_no_two_figures_give() -> None:
    found = {
        (one.stated.statement.aspect, one.stated.statement.text): one.computed
        for one in beside(as_of(moment("2026-04-25")))
    }
    assert found["Hallucination", "-60% (claimed)"] == ()
    assert found["price", "65"] == (), "nobody prices Claude Opus 4.7 here"


def test_a_statement_names_its_source_its_claim_and_its_day() -> None:
    said = of(FLASH)[0]
    assert (said.source, said.offer.ref) == ("tokenmix", FLASH)
    assert said.claim_id
    assert said.seen_at == moment("2026-04-24")
    assert said.page.startswith("https://")


def test_statements_are_those_of_the_named_offers() -> None:
    assert {said.offer.ref for said in of(PRO, GPT)} == {PRO, GPT}


def test_nobody_had_said_it_before_its_day() -> None:
    names = held_names()
    offers = Meant.by(names, [Written(GPT)]).offer_ids
    assert Claimed.of(names, offers, as_of(moment("2026-04-23"))).claims == ()
    assert Claimed.of(names, offers, as_of(moment("2026-04-24"))).claims != ()

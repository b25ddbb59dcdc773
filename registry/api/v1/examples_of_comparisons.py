"""Comparisons as the contract shows them: two models on the day of their launch."""

from __future__ import annotations

from datetime import date

from registry.api.v1.examples_of_sums import READ, RELEASE, rate
from registry.api.v1.shapes.comparisons import (
    Beats,
    Comparison,
    ContextOf,
    MeterBeside,
    PriceOf,
    Subject,
)
from registry.api.v1.shapes.frontiers import Frontier, PlottedModel
from registry.api.v1.shapes.models import Model
from registry.api.v1.shapes.scores_beside import BenchmarkBeside, Gap, Measured, Score, ScoreInRow
from registry.api.v1.shapes.statements import Computed, Statement
from registry.api.v1.shapes.workloads import Seller

_GPT, _PRO = "openai/gpt-5.5", "deepseek/deepseek-v4-pro"
_SWE = Measured("swe-bench-verified", "SWE-bench Verified", "percent", "higher", 500)


def _seller(ref: str) -> Seller:
    return Seller(ref, ref, "own", f"/api/v1/offers/{ref}")


def _subject(ref: str, name: str, *, is_open: bool, context: int) -> Subject:
    lab, _, slug = ref.partition("/")
    return Subject(
        asked=slug,
        model=Model(
            id=ref,
            lab=lab,
            name=name,
            released_on=date(2026, 4, 24),
            knowledge_cutoff=None,
            open_weights=is_open,
            licence=None,
            total_parameters=None,
            active_parameters=None,
            context_tokens=context,
            max_output_tokens=None,
            input_modalities=["text"],
            output_modalities=["text"],
            reasoning=True,
            tool_calls=True,
            offers=1,
            address=f"/api/v1/models/{ref}",
        ),
        offer=_seller(ref),
        month=None,
        refused=None,
    )


def _score(ref: str, value: str, point: int) -> Score:
    return Score(
        model=ref,
        setup={},
        value=value,
        qualifier="exact",
        low=None,
        high=None,
        items=None,
        evaluator="first_party",
        starts_at=RELEASE,
        status="single",
        source="models-dev-scores",
        receipt=f"/api/v1/receipts/scores/{point}",
    )


_GPT_SCORE, _PRO_SCORE = _score(_GPT, "88.7", 1201), _score(_PRO, "80.6", 1202)

COMPARISON = Comparison(
    revision=READ,
    at=RELEASE,
    baseline=_GPT,
    setups="equal",
    models=(
        _subject(_GPT, "GPT-5.5", is_open=False, context=1_050_000),
        _subject(_PRO, "DeepSeek V4 Pro", is_open=True, context=1_000_000),
    ),
    prices=(
        MeterBeside(
            "input_tokens",
            (
                PriceOf(_GPT, rate("input_tokens", "5", 15930), "1", "1"),
                PriceOf(_PRO, rate("input_tokens", "1.74", 15942), "0.348", "2.8735632183908"),
            ),
        ),
    ),
    contexts=(ContextOf(_GPT, 1_050_000, "1"), ContextOf(_PRO, 1_000_000, "0.952380952381")),
    months=(),
    benchmarks=(
        BenchmarkBeside(
            benchmark=_SWE,
            setup={},
            comparable=True,
            scores=(
                ScoreInRow(_GPT_SCORE, None),
                ScoreInRow(
                    _PRO_SCORE,
                    Gap(
                        points="-8.1",
                        qualifier="exact",
                        verdict="real",
                        low="-12.5529876518",
                        high="-3.62841284216",
                        more_failures_in_100="-8.1",
                        tasks_for_one="12.3456790123",
                    ),
                ),
            ),
        ),
    ),
    extra_tasks=(),
    dominance=(Beats(_PRO, "openai/gpt-4.1", ("input_tokens", "swe-bench-verified")),),
    stated=(
        Statement(
            source="tokenmix",
            page="https://tokenmix.ai/blog/gpt-5-5-vs-deepseek-v4",
            seen_at=RELEASE,
            receipt="/api/v1/receipts/claims/9120",
            model=_PRO,
            offer=_PRO,
            beside=_GPT,
            aspect="input_tokens",
            relation="times",
            printed="0.35",
            usage=None,
            doubts=(),
            computed=(Computed("input_tokens", "0.348"),),
        ),
    ),
)

FRONTIER = Frontier(
    revision=READ,
    at=RELEASE,
    benchmark=_SWE,
    x="blended",
    ratio="3",
    setup={},
    setups=({},),
    frontier=(
        PlottedModel(
            model=_PRO,
            offer=_seller(_PRO),
            price="2.175",
            price_receipts=("/api/v1/receipts/15942", "/api/v1/receipts/15944"),
            score=_PRO_SCORE,
            beaten_by=(),
        ),
        PlottedModel(
            model=_GPT,
            offer=_seller(_GPT),
            price="11.25",
            price_receipts=("/api/v1/receipts/15930", "/api/v1/receipts/15932"),
            score=_GPT_SCORE,
            beaten_by=(),
        ),
    ),
    dominated=(),
    unpriced=(),
)

"""Examples of answers about scores; see `registry.api.v1.examples`."""

from __future__ import annotations

from datetime import UTC, datetime

from registry.api.v1.examples import RECEIPT, REVISION_DETAIL
from registry.api.v1.shapes.benchmarks import (
    Benchmark,
    BenchmarkDetail,
    BenchmarkList,
    BenchmarkPart,
)
from registry.api.v1.shapes.readings import (
    ModelReadings,
    Reading,
    ReadingList,
    ScoreHistory,
    ScorePeriod,
    ScoreSeries,
)
from registry.api.v1.shapes.receipts import Claim, Evidence, Run, Snapshot, Voice
from registry.api.v1.shapes.revisions import RevisionRef
from registry.api.v1.shapes.score_changes import ScoreChange, ScoreChangeList, ScoreSaying
from registry.api.v1.shapes.score_receipts import (
    ScoreDecision,
    ScoreFigure,
    ScoreQuote,
    ScoreReceipt,
)

_SEEN = datetime(2026, 7, 2, tzinfo=UTC)
_READ = RevisionRef(REVISION_DETAIL.revision.number, REVISION_DETAIL.revision.hash)
_MODEL = "deepseek/deepseek-v4-pro"
_VERIFIED = "swe-bench-verified"
_RECEIPT = "/api/v1/receipts/scores/8041"

_BENCHMARK = Benchmark(
    id="terminal-bench",
    name="Terminal-Bench",
    scale="percent",
    unit="%",
    direction="higher",
    homepage="https://www.tbench.ai",
    items=None,
    counted_at=None,
    aliases=[],
    versions=(
        BenchmarkPart("2.0", "2.0", 89, "https://www.tbench.ai/leaderboard/terminal-bench/2.0"),
    ),
    subsets=(),
    address="/api/v1/benchmarks/terminal-bench",
)
BENCHMARK_LIST = BenchmarkList(_READ, (_BENCHMARK,), None)
BENCHMARK_DETAIL = BenchmarkDetail(_READ, _BENCHMARK)

_READING = Reading(
    model=_MODEL,
    benchmark=_VERIFIED,
    setup={},
    value="80.6",
    qualifier="exact",
    low=None,
    high=None,
    items=None,
    evaluator="first_party",
    starts_at=_SEEN,
    starts_basis="observed",
    status="single",
    source="models-dev-scores",
    revision=29,
    receipt=_RECEIPT,
)
READING_LIST = ReadingList(_READ, None, (_READING,), None)
MODEL_READINGS = ModelReadings(_READ, None, _MODEL, (_READING,))

_PERIOD = ScorePeriod(
    starts_at=_SEEN,
    ends_at=None,
    value="80.6",
    qualifier="exact",
    low=None,
    high=None,
    items=None,
    evaluator="first_party",
    starts_basis="observed",
    cause="first_seen",
    status="single",
    revision=29,
    receipt=_RECEIPT,
)
SCORE_HISTORY = ScoreHistory(_READ, _MODEL, (ScoreSeries(_VERIFIED, {}, (_PERIOD,)),))

SCORE_RECEIPT = ScoreReceipt(
    revision=RECEIPT.revision,
    model=_MODEL,
    model_address=f"/api/v1/models/{_MODEL}",
    figure=ScoreFigure(
        benchmark=_VERIFIED,
        benchmark_address=f"/api/v1/benchmarks/{_VERIFIED}",
        setup={},
        state="scored",
        value="80.6",
        qualifier="exact",
        low=None,
        high=None,
        items=None,
        evaluator="first_party",
        starts_at=_SEEN,
        starts_basis="observed",
    ),
    decision=ScoreDecision("first_seen", "single"),
    quote=ScoreQuote(
        benchmark="SWE-Bench Verified",
        model=_MODEL,
        field="benchmarks[0].score",
        text="80.6",
        scale="percent",
        setup={},
        measured_on=None,
        low=None,
        high=None,
        stderr=None,
        items=None,
        passed=None,
    ),
    evidence=Evidence(
        claim=Claim(
            entry=_MODEL,
            provider_name="deepseek",
            model_id=_MODEL,
            page="https://huggingface.co/deepseek-ai/DeepSeek-V4-Pro",
            sha256="9b41" * 16,
            first_seen_at=_SEEN,
            quotes=(),
        ),
        snapshot=Snapshot(
            sha256="c7d0" * 16,
            size=412_113,
            media_type="application/json",
            held=True,
            bytes=f"/api/v1/snapshots/{'c7d0' * 16}",
            remark=None,
        ),
        run=Run(_SEEN, "2026-07-02", "published", "https://models.dev/models.json"),
        source=Voice(
            id="models-dev-scores",
            name="models.dev scores",
            homepage="https://models.dev",
            trust=50,
            licence="MIT",
            address="/api/v1/sources/models-dev-scores",
        ),
    ),
)

SCORE_CHANGE_LIST = ScoreChangeList(
    revision=_READ,
    items=(
        ScoreChange(
            revision=41,
            published_at=_SEEN,
            model=_MODEL,
            benchmark=_VERIFIED,
            setup={},
            before=ScoreSaying("scored", "85", "approximate", "/api/v1/receipts/scores/7713"),
            now=ScoreSaying("scored", "80.6", "exact", _RECEIPT),
            starts_at=_SEEN,
            starts_basis="observed",
            cause="rescored",
            status="single",
            source="models-dev-scores",
            author="models-dev-scores",
        ),
    ),
    next=None,
    follow="/api/v1/changes/scores?since=WzQxLDgwNDFd",
)

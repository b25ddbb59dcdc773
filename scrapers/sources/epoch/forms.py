"""How each of Epoch's files tells a score: its columns, its scale and whose measurement it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from registry.scoring.readings import Evaluator

HUB = "https://epoch.ai/benchmarks"


@dataclass(frozen=True, slots=True)
class Form:
    """The columns of one file; empty or None where it has no such column.

    ``key``: the columns that tell its rows apart. ``named_by``: the column that names the system
    where no model version does. ``display``: a second name, which may hold the effort. ``harness``:
    how it is called, made of columns. ``margins``: the column of ``+14/-14``. ``version``: in which
    columns the benchmark's version is found, and how. ``last_cell``: the form of a last cell that
    may have been cut. ``subsets``: further score columns. ``pages``: columns that link where the
    score can be checked, before ``page``.
    """

    score: str
    scale: str
    evaluator: Evaluator = Evaluator.AGGREGATOR
    model: str = "Model version"
    key: tuple[str, ...] = ("id",)
    benchmark_column: str = ""
    named_by: str = ""
    display: str = ""
    dated: str = ""
    stderr: str = ""
    low: str = ""
    high: str = ""
    margins: str = ""
    harness: str = ""
    subsets: Mapping[str, str] = field(default_factory=dict)
    attempts: str | None = None
    version: tuple[tuple[str, ...], re.Pattern[str]] | None = None
    last_cell: tuple[str, re.Pattern[str]] | None = None
    pages: tuple[str, ...] = ("Source link",)
    page: str = HUB
    open_end: bool = False


_OWN_RUN = Form(
    score="mean_score",
    scale="fraction",
    evaluator=Evaluator.INDEPENDENT,
    dated="Started at",
    stderr="stderr",
    pages=("Log viewer",),
)

FORMS: Mapping[str, Form] = {
    "gpqa_diamond": _OWN_RUN,
    "otis_mock_aime_2024_2025": _OWN_RUN,
    "swe_bench_verified": _OWN_RUN,
    "benchmarks_runs": Form(
        score="Best score (across scorers)",
        scale="fraction",
        evaluator=Evaluator.INDEPENDENT,
        model="model",
        benchmark_column="task",
        dated="started_at",
        stderr="Scores",
        harness="epoch@{task version}",
        last_cell=("task version", re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")),
        pages=("log viewer",),
        open_end=True,
    ),
    "aider_polyglot_external": Form(
        score="Percent correct",
        scale="percent",
        dated="Date of evaluation",
        harness="aider/{Edit format}",
        attempts="2",
        page="https://aider.chat/docs/leaderboards/",
    ),
    "arc_agi_2_external": Form(
        score="Score", scale="fraction", display="Name", page="https://arcprize.org/leaderboard"
    ),
    "epoch_capabilities_index": Form(
        score="ECI Score",
        scale="index",
        evaluator=Evaluator.INDEPENDENT,
        key=("Model version",),
        display="Model name",
        page="https://epoch.ai/benchmarks/eci",
    ),
    "hle_external": Form(
        score="Accuracy", scale="fraction", display="Name", stderr="Accuracy Standard Error"
    ),
    "live_bench_external": Form(
        score="Global average",
        scale="percent",
        named_by="id",
        subsets={
            "Reasoning average": "Reasoning",
            "Coding average": "Coding",
            "Mathematics average": "Mathematics",
            "Data analysis average": "Data Analysis",
            "Language average": "Language",
            "IF Average": "IF",
        },
        version=(("LiveBench Version",), re.compile(r"LiveBench-(.+)")),
    ),
    "mmlu_external": Form(
        score="EM",
        scale="fraction",
        named_by="Name",
        display="Name",
        harness="shots-{Shots}/{Source}",
    ),
    "os_world_external": Form(
        score="Score",
        scale="percent",
        key=("Model version", "Agent", "Date added"),
        named_by="Agent",
        dated="Date added",
        harness="{Agent}",
    ),
    "swe_bench_bash": Form(
        score="% Resolved",
        scale="fraction",
        dated="Date run",
        harness="mini-swe-agent@{SWE-Agent Release Version}",
        page="https://www.swebench.com/",
    ),
    "terminalbench_external": Form(
        score="Accuracy mean",
        scale="fraction",
        display="Name",
        dated="Run date",
        stderr="Accuracy SE",
        harness="{Agent}",
        version=(("Source", "Source Link"), re.compile(r"terminal-bench/([0-9.]+)")),
        pages=("Source Link", "Source"),
    ),
    "webdev_arena_external": Form(
        score="Arena Score",
        scale="rating",
        dated="Last updated",
        low="95% CI Low",
        high="95% CI High",
        margins="Score 95% CI",
        pages=("Source link (site from table)",),
    ),
}

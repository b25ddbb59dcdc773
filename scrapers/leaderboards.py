"""Every leaderboard as data; see `scrapers.catalog` for what trust means.

A board that measures itself is believed like a hand-kept list that cites its page (60), one that
repeats others' figures like an aggregator (50). Who measured a single score is said by its reading.
A source without addresses is read from files that are handed in.
"""

from __future__ import annotations

from scrapers.source_spec import RecordedAs, SourceSpec

_LLM_STATS_MODELS = (
    "anthropic/claude-opus-4-1-20250805", "anthropic/claude-sonnet-4-5-20250929",
    "deepseek/deepseek-r1-0528", "deepseek/deepseek-v3.2-exp", "google/gemini-2.5-pro",
    "moonshotai/kimi-k2-instruct-0905", "openai/gpt-5-2025-08-07", "openai/o3-2025-04-16",
    "qwen/qwen3-235b-a22b-thinking-2507", "xai/grok-4",
)  # fmt: skip
_TERMINAL_BENCH_RUNS = {
    "terminal-bench-core@0.1.1/20250829_goose_claude-4-opus": "results.json",
    "terminal-bench-core@0.1.1/20250906_orchestrator_claude-4.1-opus": "run_metadata.json",
}
_LIVEBENCH_RELEASES = ("2025_11_25", "2026_01_08")
_RAW = "https://raw.githubusercontent.com"

BENCHMARKS = (
    SourceSpec(
        slug="models-dev-scores",
        name="models.dev scores",
        parser="models_dev_scores",
        addresses={"": "https://models.dev/models.json"},
        trust=50,
        homepage="https://models.dev",
        licence="MIT",
        recorded_as=(RecordedAs("models.dev/*/models.json"),),
    ),
    SourceSpec(
        slug="swe-bench",
        name="SWE-bench leaderboards",
        parser="swe_bench",
        addresses={"": "https://www.swebench.com/"},
        trust=60,
        homepage="https://www.swebench.com",
        licence="CC BY-NC 4.0; figures only",
        recorded_as=(
            RecordedAs("swe-bench/*/leaderboards.json"),
            RecordedAs("swe-bench/*/index.html"),
        ),
    ),
    SourceSpec(
        slug="epoch",
        name="Epoch AI Benchmarking Hub",
        parser="epoch",
        addresses={},  # one archive of all files, which is not unpacked yet
        trust=60,
        homepage="https://epoch.ai/benchmarks",
        licence="CC BY 4.0",
        recorded_as=(
            RecordedAs("epoch/*/benchmark_data/*.csv", part="*"),
            RecordedAs("epoch/*/benchmarks_runs.csv", part="*"),
        ),
    ),
    SourceSpec(
        slug="lmarena",
        name="LMArena ratings",
        parser="lmarena",
        addresses={
            board: f"{_RAW}/lmarena/arena-catalog/main/data/leaderboard-{board}.json"
            for board in ("text", "vision")
        },
        trust=60,
        homepage="https://lmarena.ai",
        licence="none stated",
        recorded_as=(
            RecordedAs("lmarena/*/leaderboard-text.json", part="text"),
            RecordedAs("lmarena/*/leaderboard-vision.json", part="vision"),
        ),
    ),
    SourceSpec(
        slug="lmarena-page",
        name="LMArena vision leaderboard",
        parser="lmarena_page",
        addresses={"": "https://lmarena.ai/leaderboard/vision"},
        trust=60,
        homepage="https://lmarena.ai",
        licence="none stated",
        derives_from="lmarena",
        recorded_as=(RecordedAs("html/*/lmarena-leaderboard-vision.html"),),
    ),
    SourceSpec(
        slug="livebench",
        name="LiveBench",
        parser="livebench",
        addresses={
            release: f"https://livebench.ai/table_{release}.csv" for release in _LIVEBENCH_RELEASES
        },
        trust=60,
        homepage="https://livebench.ai",
        licence="none stated",
        recorded_as=tuple(
            RecordedAs(f"livebench/*/table_{release}.csv", part=release)
            for release in _LIVEBENCH_RELEASES
        ),
    ),
    SourceSpec(
        slug="aider",
        name="Aider leaderboards",
        parser="aider",
        addresses={
            board: f"{_RAW}/Aider-AI/aider/main/aider/website/_data/{board}_leaderboard.yml"
            for board in ("polyglot", "edit")
        },
        trust=60,
        homepage="https://aider.chat",
        licence="Apache-2.0",
        recorded_as=tuple(
            RecordedAs(f"aider/*/{board}_leaderboard.yml", part=board)
            for board in ("polyglot", "edit")
        ),
    ),
    SourceSpec(
        slug="artificial-analysis",
        name="Artificial Analysis indices",
        parser="artificial_analysis",
        addresses={},  # asks for a key
        trust=60,
        homepage="https://artificialanalysis.ai",
        licence="attribution required; figures only",
        recorded_as=(RecordedAs("artificial-analysis/*/llms-page1.json"),),
    ),
    SourceSpec(
        slug="artificial-analysis-table",
        name="Artificial Analysis evaluations, flattened",
        parser="artificial_analysis_table",
        addresses={},  # comes as a file; nobody serves it at an address of its own
        trust=50,
        homepage="https://artificialanalysis.ai",
        licence="attribution required; figures only",
        derives_from="artificial-analysis",
        recorded_as=(RecordedAs("artificial-analysis/*/artificial_analysis_llm_stats.csv"),),
    ),
    SourceSpec(
        slug="llm-stats",
        name="LLM Stats",
        parser="llm_stats",
        addresses={
            ref: f"{_RAW}/JonathanChavezTamales/llm-leaderboard/main/data/organizations/"
            f"{ref.replace('/', '/models/')}/benchmarks.json"
            for ref in _LLM_STATS_MODELS
        },
        trust=50,
        homepage="https://llm-stats.com",
        licence="CC BY 4.0",
        recorded_as=tuple(
            RecordedAs(
                f"llm-stats/*/organizations/{ref.replace('/', '/models/')}/benchmarks.json",
                part=ref,
            )
            for ref in _LLM_STATS_MODELS
        ),
    ),
    SourceSpec(
        slug="terminal-bench",
        name="Terminal-Bench submissions",
        parser="terminal_bench",
        addresses={},  # a submission never changes: it comes as a file
        trust=50,
        homepage="https://www.tbench.ai",
        licence="none stated",
        recorded_as=tuple(
            RecordedAs(f"terminal-bench/*/{run.partition('/')[2]}/{file}", part=run)
            for run, file in _TERMINAL_BENCH_RUNS.items()
        ),
    ),
)

"""Leaderboards, damaged in every way that a body comes damaged: never a wrong score."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from scrapers.catalog import BENCHMARKS, SourceSpec
from scrapers.claims import PageError, ReadingClaim
from tests.scrapers.sources.boards import files_of, publishable, read_board, reordered

RECORDINGS = Path(__file__).parents[3] / "fixtures" / "recordings"
CHALLENGE = (
    b"<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    b"<p>Checking your browser</p></body></html>"
)


@dataclass(frozen=True)
class Board:
    """A recording, a label that it cannot be read without, and where its shares stand."""

    path: str
    label: str
    shares: str = ""
    part: str = ""

    @property
    def text(self) -> str:
        return (RECORDINGS / self.path).read_text(encoding="utf-8")

    def read(self, text: str) -> list[ReadingClaim]:
        parser = self.path.partition("/")[0].replace("-", "_")
        return read_board(parser, self.part, text.encode())


BOARDS = [
    Board("aider/polyglot.yml", "pass_rate_2", r"(?<=pass_rate_[12]: )[0-9.]+", "polyglot"),
    Board("aider/edit.yml", "model", r"(?<=pass_rate_[12]: )[0-9.]+", "edit"),
    Board("artificial-analysis/models.json", "evaluations"),
    Board("artificial-analysis-table/models.csv", "gpqa"),
    Board("epoch/arc_agi_2_external.csv", "Score", r"0\.[0-9]{2,}", "arc_agi_2_external"),
    Board("epoch/benchmarks_runs.csv", "Best score (across scorers)", part="benchmarks_runs"),
    Board("epoch/swe_bench_verified.csv", "mean_score", r"0\.[0-9]{6,}", "swe_bench_verified"),
    Board("epoch/terminalbench_external.csv", "Accuracy mean", part="terminalbench_external"),
    Board("epoch/webdev_arena_external.csv", "Arena Score", part="webdev_arena_external"),
    Board("livebench/2025_11_25.csv", "olympiad", r"(?<=,)[0-9.]+", "2025_11_25"),
    Board("llm-stats/xai__grok-4.json", "is_self_reported", r"0\.[0-9]+", "xai/grok-4"),
    Board("lmarena/text.json", "full", part="text"),
    Board("lmarena/vision.json", "rating_q025", part="vision"),
    Board("lmarena-page/vision.html", "Organization"),
    Board("models-dev-scores/forms.json", "source", r'(?<="score": )[0-9.]+'),
    Board("swe-bench/boards.json", "folder", r'(?<="resolved": )[0-9.]+'),
    Board("swe-bench/page.html", "Verified", r'(?<="resolved": )[0-9.]+'),
    Board(
        "terminal-bench/terminal-bench-core@0.1.1__20250829_goose_claude-4-opus.json",
        "accuracy",
        r"(?<=: )0\.[0-9]+",
        "terminal-bench-core@0.1.1/20250829_goose_claude-4-opus",
    ),
]
TOLD_IN_SHARES = [board for board in BOARDS if board.shares]
every_board = pytest.mark.parametrize("board", BOARDS, ids=lambda board: board.path)
every_source = pytest.mark.parametrize("spec", BENCHMARKS, ids=lambda spec: spec.slug)


@every_board
def test_every_board_has_a_score_that_can_be_published(board: Board) -> None:
    assert publishable(board.read(board.text))


@every_board
def test_a_board_that_is_cut_is_refused_or_loses_scores_and_changes_none(board: Board) -> None:
    whole = publishable(board.read(board.text))
    for tenth in range(1, 11):
        try:
            left = publishable(board.read(board.text[: len(board.text) * tenth // 11]))
        except PageError:
            continue
        assert left <= whole


@every_board
@pytest.mark.parametrize("body", [b"", b"\n", CHALLENGE], ids=["empty", "blank", "challenge"])
def test_another_page_is_refused(board: Board, body: bytes) -> None:
    with pytest.raises(PageError):
        board.read(body.decode())


@every_board
def test_a_renamed_label_is_an_error_or_loses_scores(board: Board) -> None:
    renamed = board.text.replace(board.label, "Something else")
    assert renamed != board.text
    try:
        left = publishable(board.read(renamed))
    except PageError:
        return
    assert left < publishable(board.read(board.text))


@every_board
def test_the_order_of_columns_does_not_matter(board: Board) -> None:
    turned = reordered(Path(board.path).suffix, board.text)
    assert turned != board.text
    assert publishable(board.read(turned)) == publishable(board.read(board.text))


@pytest.mark.parametrize("board", TOLD_IN_SHARES, ids=lambda board: board.path)
def test_scores_on_another_scale_are_not_published(board: Board) -> None:
    told = {claim.quote.scale for claim in board.read(board.text)} - {"index"}
    (scale,) = told
    by = Decimal("0.01") if scale == "percent" else Decimal(100)
    moved = re.sub(board.shares, lambda m: f"{Decimal(m[0]) * by:f}", board.text)
    assert moved != board.text
    try:
        left = publishable(board.read(moved))
    except PageError:
        return
    assert {score for *_, score in left if score.endswith(scale)} == set()


# Files, readings, readings with a remark, and readings that stand as they are: of every file that
# the corpus has. A system of several models, a run whose counts do not make its score, a percentage
# below one and a row without a model are those that do not.
COUNTED = {
    "models-dev-scores": (1, 288, 0, 288),
    "swe-bench": (3, 856, 94, 744),
    "epoch": (21, 3254, 20, 3234),
    "lmarena": (2, 7912, 0, 7912),
    "lmarena-page": (1, 94, 0, 94),
    "livebench": (2, 1144, 8, 1136),
    "aider": (3, 374, 8, 358),
    "artificial-analysis": (1, 241, 0, 241),
    "artificial-analysis-table": (1, 3526, 0, 3526),
    "llm-stats": (10, 184, 0, 183),
    "terminal-bench": (2, 5, 0, 5),
}


@every_source
def test_every_real_file_is_read(corpus: Path, spec: SourceSpec) -> None:
    files = list(files_of(corpus, spec))
    claims = [
        claim for part, path in files for claim in read_board(spec.parser, part, path.read_bytes())
    ]
    stand = [claim for claim in claims if publishable([claim])]
    remarked = sum(bool(claim.remarks) for claim in claims)
    assert (len(files), len(claims), remarked, len(stand)) == COUNTED[spec.slug]


@every_source
def test_a_real_file_that_is_cut_is_refused_or_loses_scores_and_changes_none(
    corpus: Path, spec: SourceSpec
) -> None:
    part, path = max(files_of(corpus, spec), key=lambda found: found[1].parts)
    body = path.read_bytes()
    whole = publishable(read_board(spec.parser, part, body))
    for tenth in range(1, 11):
        try:
            left = publishable(read_board(spec.parser, part, body[: len(body) * tenth // 11]))
        except PageError:
            continue
        assert left <= whole

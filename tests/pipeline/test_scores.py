"""Scores from a board's body to the answer: matched by exact names, decided, kept with receipts."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from registry.curation.models import Review
from registry.ingest.models import BenchmarkName, Claim, ModelName, Source
from registry.ingest.questions import open_names
from registry.ledger.models import PricePoint, Revision, ScorePoint
from registry.ledger.verification import verify
from registry.pipeline.reread import kept_bodies
from tests.pipeline.bodies import FILLERS, models_dev, models_dev_scores, priced, scored
from tests.pipeline.taking import deliver, reviews, scores

pytestmark = pytest.mark.usefixtures("sources")

BOARD = "models-dev-scores"
GPT = "openai/gpt-9"


@pytest.fixture(autouse=True)
def _model(sources: None) -> None:
    """A feed has made the model known, at its lab's own provider."""
    deliver("models-dev", models_dev(priced((GPT, *FILLERS), "3", "15")), "2026-04-01")


def board(*readings: dict[str, object]) -> bytes:
    return models_dev_scores(scored(GPT, *readings))


def test_a_score_reaches_the_answer_with_its_claim() -> None:
    run = deliver(BOARD, board({"score": 87.5, "date": "2026-04-05"}), "2026-04-10")
    assert (run.outcome, run.counts["scores"], run.counts["kept"]) == ("published", 1, 0)
    assert scores(GPT, "2026-04-05") == {"mmlu": "87.5"}
    assert scores(GPT, "2026-04-04") == {}
    point = ScorePoint.objects.get()
    assert point.claim is not None
    assert point.claim.content["quote"]["text"] == "87.5"
    assert point.claim.page == "https://example.org/card"
    assert point.revision.author == BOARD
    assert verify().ok


def test_every_setup_is_a_series_of_its_own() -> None:
    deliver(
        BOARD,
        board(
            {"name": "Terminal Bench 2.1", "score": 65.4, "harness": "Codex", "variant": "high"},
            {"name": "Terminal-Bench", "version": "2.1", "score": 75.1, "harness": "Terminus-2"},
            {"name": "Terminal-Bench", "version": "2.0", "score": 81.8, "harness": "Codex"},
        ),
        "2026-04-10",
    )
    assert scores(GPT, "2026-04-10") == {
        "terminal-bench effort=high;harness=codex;version=2.1": "65.4",
        "terminal-bench harness=codex;version=2.0": "81.8",
        "terminal-bench harness=terminus-2;version=2.1": "75.1",
    }


def test_spellings_of_one_benchmark_are_one_series() -> None:
    deliver(BOARD, board({"name": "SWE-Bench Pro", "score": 58.6}), "2026-04-10")
    deliver(BOARD, board({"name": "SWE Bench Pro", "score": 58.6}), "2026-04-11")
    assert scores(GPT, "2026-04-11") == {"swe-bench-pro": "58.6"}
    assert ScorePoint.objects.count() == 1


def test_a_benchmark_that_nobody_declared_is_an_open_question_and_no_score() -> None:
    run = deliver(BOARD, board({"name": "MMLU Ultra", "score": 87}), "2026-04-10")
    assert run.outcome == "published"
    assert BenchmarkName.objects.filter(benchmark=None).get().name == "MMLU Ultra"
    assert Claim.objects.filter(benchmark_name__name="MMLU Ultra").count() == 1
    assert not ScorePoint.objects.exists()


def test_a_model_that_nobody_knows_waits_until_a_feed_makes_it_known() -> None:
    body = models_dev_scores(scored("openai/gpt-10", {"score": 90, "date": "2026-04-09"}))
    deliver(BOARD, body, "2026-04-10")
    assert ModelName.objects.filter(model=None).get().name == "openai/gpt-10"
    feed = models_dev(priced((GPT, "openai/gpt-10", *FILLERS), "3", "15"))
    run = deliver("models-dev", feed, "2026-04-20")
    assert (run.counts["points"], run.counts["scores"]) == (2, 1)
    assert scores("openai/gpt-10", "2026-04-20") == {"mmlu": "90"}
    newest = Revision.objects.order_by("-number").first()
    assert newest is not None
    both = (PricePoint, ScorePoint)
    assert [points.objects.filter(revision=newest).count() for points in both] == [2, 1]


def test_a_score_that_is_held_leaves_the_last_good_one() -> None:
    deliver(BOARD, board({"score": 87}), "2026-04-10")
    run = deliver(BOARD, board({"score": 0.88}), "2026-04-11")
    assert (run.counts["scores"], run.counts["kept"], run.counts["new_reviews"]) == (0, 1, 1)
    assert scores(GPT, "2026-04-11") == {"mmlu": "87"}
    [item] = reviews()
    assert (item.source, item.outcome, item.reason) == (BOARD, "hold", "suspect_scale")
    deliver(BOARD, board({"score": 0.88, "date": "2026-04-11"}), "2026-04-12")
    assert len(reviews()) == 1
    deliver(BOARD, board({"score": 88}), "2026-04-13")
    assert reviews() == []
    assert [item.state for item in reviews(state=None)] == [Review.State.SUPERSEDED] * 2
    assert scores(GPT, "2026-04-13") == {"mmlu": "88"}


def test_a_board_of_an_older_day_tells_of_its_day_and_rewrites_nothing() -> None:
    deliver(BOARD, board({"score": 88}), "2026-04-01", fresh_days=10)
    deliver(BOARD, board({"score": 88}, {"name": "GPQA", "score": 70}), "2026-04-20")
    older = board({"score": 87}, {"name": "GPQA", "score": 71})
    deliver(BOARD, older, "2026-04-10", fresh_days=1)
    assert scores(GPT, "2026-04-19") == {"mmlu": "88", "gpqa": "71"}
    assert scores(GPT, "2026-04-21") == {"mmlu": "88", "gpqa": "70"}
    assert [(item.outcome, item.reason) for item in reviews()] == [("hold", "past_date")]
    assert verify().ok


def test_the_same_body_again_publishes_nothing() -> None:
    deliver(BOARD, board({"score": 87}), "2026-04-10")
    again = deliver(BOARD, board({"score": 87}), "2026-04-11")
    assert again.outcome == "unchanged"
    assert ScorePoint.objects.count() == 1


def test_a_score_gone_from_its_board_is_withdrawn_after_three_bodies() -> None:
    fillers: dict[str, object] = {
        f"openai/filler-{letter}": [] for letter in "abcdefghijklmnopqrstuvwxyz"
    }
    with_it = models_dev_scores(scored(GPT, {"score": 87}) | fillers)
    deliver(BOARD, with_it, "2026-04-10")
    for day in ("11", "12"):
        body = models_dev_scores(fillers | scored("openai/filler-a", {"score": int(day)}))
        deliver(BOARD, body, f"2026-04-{day}")
        assert scores(GPT, f"2026-04-{day}") == {"mmlu": "87"}
    deliver(BOARD, body, "2026-04-13")
    assert scores(GPT, "2026-04-13") == {}
    assert scores(GPT, "2026-04-12") == {"mmlu": "87"}


def test_open_names_are_listed_and_counted() -> None:
    rows = scored(GPT, {"name": "MMLU Ultra", "score": 87}) | scored(
        "nobody/gpt-10", {"score": 90}, {"name": "MMLU-Pro", "score": 80}
    )
    deliver(BOARD, models_dev_scores(rows), "2026-04-10")
    assert [(n.kind, n.name, n.why, n.claims) for n in open_names()] == [
        ("model", "nobody/gpt-10", "unknown_namespace", 2),
        ("benchmark", "MMLU Ultra", "unknown_benchmark", 1),
    ]
    out = StringIO()
    call_command("open_questions", "--source", BOARD, stdout=out)
    assert "MMLU Ultra" in out.getvalue()
    assert "2 names of boards without a meaning, 3 claims wait" in out.getvalue()
    with pytest.raises(CommandError, match="--source: found 'nobody'"):
        call_command("open_questions", "--source", "nobody")


def test_a_saved_board_is_shown_score_by_score(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = board({"score": 87.5, "date": "2026-04-05"}, {"name": "MMLU-Pro", "score": 870})
    path = tmp_path / "models.json"
    path.write_bytes(body)
    call_command("try_source", BOARD, str(path))
    shown = capsys.readouterr().out
    assert "87.5 % aggregator 2026-04-05" in shown
    assert "refused, out_of_bounds: 870" in shown


def test_a_kept_board_reads_the_same_again() -> None:
    deliver(BOARD, board({"score": 87.5}), "2026-04-10")
    [kept] = kept_bodies([Source.objects.get(slug=BOARD)])
    assert kept.differences() == []
    run = kept.publish()
    assert run is not None
    assert (run.outcome, run.counts["scores"]) == ("published", 0)

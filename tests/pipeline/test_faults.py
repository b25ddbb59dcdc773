"""Faults tried in memory come out as the pipeline itself would take them, and leave no trace."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from registry.ledger.models import PricePoint, Revision
from registry.pipeline.archive import Recording, recordings
from registry.pipeline.faults.documents import LAYOUTS, read_document, rows_of, write_document
from registry.pipeline.faults.trial import Trial
from registry.pipeline.faults.verdicts import Outcome
from registry.pipeline.stages import process
from tests.pipeline.bodies import FILLERS, models_dev, priced
from tests.pipeline.taking import deliver, offer

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
DAY, NEXT = "2026-04-01", "2026-04-02"


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    """models.dev of a day as it was just taken."""
    rows = priced(FILLERS, "3", "15") | priced((GPT,), "1.74", "3.48")
    folder = tmp_path / "models.dev" / DAY
    folder.mkdir(parents=True)
    (folder / "api.json").write_bytes(models_dev(rows))
    [found] = recordings(tmp_path)
    process(found.delivery())
    return found


def test_a_seed_draws_the_same_faults_and_nothing_is_written(recording: Recording) -> None:
    trial = Trial.of(recording)
    assert trial is not None
    before = Revision.objects.count(), PricePoint.objects.count()
    verdicts = trial.verdicts(60, seed=7)
    assert len(verdicts) >= 60
    assert [v.fault for v in verdicts] == [v.fault for v in trial.verdicts(60, seed=7)]
    assert (Revision.objects.count(), PricePoint.objects.count()) == before
    assert {v.outcome for v in verdicts if v.factor >= 10} <= {Outcome.HELD}


@pytest.mark.parametrize(
    ("figures", "published"),
    [
        ({"input": "17.4"}, {}),
        ({"input": "1.74", "output": "3.84"}, {"output_tokens": "3.84"}),
        ({"input": "2.5", "output": "4"}, {"input_tokens": "2.5", "output_tokens": "4"}),
        ({"output": None}, {}),
    ],
)
def test_what_a_trial_decides_is_what_a_run_publishes(
    recording: Recording, figures: dict[str, str | None], published: dict[str, str]
) -> None:
    trial = Trial.of(recording)
    assert trial is not None
    document = read_document(recording.path.read_bytes())
    [row] = [row for row in rows_of(LAYOUTS["models-dev"], document) if row.key == GPT]
    for name, text in figures.items():
        row.figures[name].write(text) if text else row.figures[name].drop()
    body = write_document(document)
    after = trial.standing.spoilt(body)
    assert after is not None
    tried = trial.standing.decided(offer(GPT).pk, after)
    told = {p.key.meter: p.price.amount for p in tried.decision.points if p.price}
    head = Revision.objects.count()
    deliver("models-dev", body, NEXT)
    points = PricePoint.objects.filter(revision_id__gt=head).select_related("series")
    assert told == {point.series.meter: point.amount for point in points}
    assert told == {meter: Decimal(text) for meter, text in published.items()}


def test_a_body_whose_unit_changed_is_refused_as_a_whole(recording: Recording) -> None:
    trial = Trial.of(recording)
    assert trial is not None
    doubled = recording.path.read_bytes().replace(b'"input": 3', b'"input": 4')
    assert trial.standing.spoilt(doubled) is None


def test_a_row_that_is_new_is_held_against_the_models_other_providers(tmp_path: Path) -> None:
    hosts = ("deepseek", "groq", "nebius")
    rows = priced([f"{host}/deepseek-v4-pro" for host in hosts], "0.435", "0.87")
    folder = tmp_path / "models.dev" / DAY
    folder.mkdir(parents=True)
    (folder / "api.json").write_bytes(models_dev(priced(FILLERS, "3", "15") | rows))
    [found] = recordings(tmp_path)
    process(found.delivery())
    trial = Trial.of(found, first_seen=True)
    assert trial is not None
    assert set(trial.rows) == {f"{host}/deepseek-v4-pro" for host in hosts}
    tenfold = [v for v in trial.verdicts(200, seed=1) if v.fault.kind == "a row x10^n"]
    assert {v.outcome for v in tenfold} == {Outcome.HELD}

"""An archive of dated bodies replayed: the history of DeepSeek V4 Pro over half a year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import call_command

from registry.curation.models import Review
from registry.ledger.verification import verify
from registry.pipeline.archive import recordings
from registry.pipeline.stages import process
from tests.pipeline.bodies import litellm, llm_prices, models_dev, record
from tests.pipeline.taking import card, head_number, reviews

pytestmark = pytest.mark.usefixtures("sources")

PAGES = Path(__file__).resolve().parents[2] / "fixtures" / "recordings" / "deepseek"
PRO = "deepseek/deepseek-v4-pro"
PEAK = "hours=mon-fri 01:00-04:00,06:00-10:00"
OFF_PEAK_WINDOWS = (
    '{"windows": [{"hours_utc": ["00:00-01:00", "04:00-06:00", "10:00-00:00"],'
    ' "weekdays": [1, 2, 3, 4, 5]}, {"hours_utc": "00:00-00:00", "weekdays": [6, 7]}],'
    ' "input_cost_per_token": 6.6e-07, "output_cost_per_token": 1.98e-06,'
    ' "cache_read_input_token_cost": 2.2e-08}'
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A list, a feed, the provider's page twice, and the feed that follows it, each on its day."""
    listed = record("deepseek-v4-pro", ("1.74", "3.48", "0.145")) | {"vendor": '"deepseek"'}
    cut = {"input": "0.435", "output": "0.87", "cache_read": "0.003625"}
    peak = {
        "input_cost_per_token": "1.32e-06",
        "output_cost_per_token": "3.96e-06",
        "cache_read_input_token_cost": "4.4e-08",
        "off_peak_pricing": OFF_PEAK_WINDOWS,
    }
    bodies = {
        "llm-prices/2026-04-24/historical-v1.json": llm_prices(listed),
        "models.dev/2026-07-02/api.json": models_dev({PRO: cut}),
        "litellm/2026-10-03/model_prices_and_context_window.json": litellm(
            {PRO: peak}, provider="deepseek"
        ),
    }
    for name, body in bodies.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_bytes(body)
    for day, page in (("2026-05-08", "promotion.html"), ("2026-08-18", "peak.html")):
        (tmp_path / "html" / day).mkdir(parents=True)
        shutil.copy(PAGES / page, tmp_path / "html" / day / "deepseek-pricing.html")
    return tmp_path


def test_three_days_have_three_receipted_prices(archive: Path) -> None:
    call_command("replay", str(archive))
    assert card(PRO, "2026-04-25")["input_tokens"] == "1.74"
    assert card(PRO, "2026-06-15")["input_tokens"] == "0.435"
    september = card(PRO, "2026-09-01")
    assert (september["input_tokens"], september[f"input_tokens;{PEAK}"]) == ("0.66", "1.32")
    assert verify().ok


def test_a_change_waits_until_a_second_voice_says_it_and_then_begins_where_it_was_seen(
    archive: Path,
) -> None:
    *_, followed = recordings(archive)
    for recording in recordings(archive)[:-1]:
        process(recording.delivery())
    assert card(PRO, "2026-09-01")["input_tokens"] == "0.435"
    held = [item for item in reviews() if item.offer == PRO]
    assert [(item.source, item.reason) for item in held] == [("deepseek", "large_change")]
    process(followed.delivery())
    assert card(PRO, "2026-09-01")["input_tokens"] == "0.66"
    assert card(PRO, "2026-08-17")["input_tokens"] == "0.435"
    assert [item for item in reviews() if item.offer == PRO] == []
    assert Review.objects.filter(state=Review.State.PUBLISHED).exists()


def test_run_again_it_changes_nothing(archive: Path) -> None:
    call_command("replay", str(archive))
    before = head_number()
    call_command("replay", str(archive))
    assert head_number() == before


def test_stopped_and_run_again_it_comes_to_the_same(archive: Path) -> None:
    for recording in recordings(archive)[:2]:
        process(recording.delivery())
    call_command("replay", str(archive))
    assert card(PRO, "2026-06-15")["input_tokens"] == "0.435"
    assert card(PRO, "2026-10-05")[f"output_tokens;{PEAK}"] == "3.96"


def test_what_was_known_at_a_revision_stays_known(archive: Path) -> None:
    call_command("replay", str(archive))
    assert card(PRO, "2026-09-01", revision=1)["input_tokens"] == "1.74"

"""Readings on pages: each under its setup, with interval, evaluator and certainty."""

from __future__ import annotations

import pytest

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from tests.ledger.saying import say
from tests.ledger.scoring import score
from tests.pages.conftest import Open
from tests.pages.test_table import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def readings(registry: None) -> None:
    """Two models under one setup, and one of them under a second."""
    swe = Benchmark.objects.create(slug="swe", name="SWE", scale="percent", direction="higher")
    pro, gpt = Model.objects.get(slug="deepseek-v4-pro"), Model.objects.get(slug="gpt-5.5")
    say(
        score(pro, swe, "80.6", setup="effort=high", low="79.1", high="82.3"),
        score(gpt, swe, "85", setup="effort=high", qualifier="approximate"),
        score(pro, swe, "91", setup="harness=own", qualifier="claimed", evaluator="first_party"),
    )


def test_a_benchmark_shows_one_setup_at_a_time_the_best_first(readings: None, page: Open) -> None:
    text = text_of(page("/benchmarks/swe"))
    assert "Setup: effort high" in text
    assert text.index("about 85") < text.index("80.6")
    assert "79.1–82.3" in text
    assert "91 (claimed)" not in text
    other = text_of(page("/benchmarks/swe?setup=harness%3Down"))
    assert "91 (claimed)" in other
    assert "the lab itself" in other
    assert "about 85" not in other


def test_readings_stand_beside_the_price_of_their_model(readings: None, page: Open) -> None:
    text = text_of(page("/benchmarks/swe"))
    assert "$11 .25" in text
    assert "$1 .09" in text


def test_a_setup_without_readings_is_refused(readings: None, page: Open) -> None:
    assert "<code>setup</code> is" in page("/benchmarks/swe?setup=effort%3Dlow", status=400)


def test_a_model_shows_its_readings_setup_by_setup(readings: None, page: Open) -> None:
    text = text_of(page("/models/deepseek/deepseek-v4-pro"))
    assert "80.6 79.1–82.3 effort high an independent party" in text
    assert "91 (claimed) not told harness own the lab itself" in text


def test_the_table_tells_the_setup_beside_a_reading(readings: None, page: Open) -> None:
    text = text_of(page("/?bench=swe"))
    assert "91 (claimed) harness own" in text
    assert "about 85 effort high" in text


def test_no_reading_at_a_date_before_the_first_is_said(readings: None, page: Open) -> None:
    assert "No reading on this benchmark" in page("/benchmarks/swe?at=2026-01-01")

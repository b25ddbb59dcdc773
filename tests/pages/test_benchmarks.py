"""Readings on pages: each under its setup, with interval, evaluator and certainty."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Model
from registry.ledger.models import ScorePoint
from registry.selectors.catalogue import forget
from tests.ledger.saying import day, say
from tests.ledger.scoring import score
from tests.pages.conftest import Open
from tests.pages.test_table import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def readings(registry: None) -> None:
    """Two models under one setup, one of them measured anew, and one of them under a second."""
    swe = Benchmark.objects.create(slug="swe", name="SWE", scale="percent", direction="higher")
    pro, gpt = Model.objects.get(slug="deepseek-v4-pro"), Model.objects.get(slug="gpt-5.5")
    say(
        score(pro, swe, "77", setup="effort=high", starts=day(20)),
        score(pro, swe, "80.6", setup="effort=high", low="79.1", high="82.3"),
        score(gpt, swe, "85", setup="effort=high", qualifier="approximate", starts=day(28)),
        score(pro, swe, "91", setup="harness=own", qualifier="claimed", evaluator="first_party"),
    )
    Model.objects.filter(pk=pro.pk).update(open_weights=True)
    Model.objects.filter(pk=gpt.pk).update(open_weights=False)
    forget()


def rows(html: str) -> str:
    """What the table of every reading says."""
    return text_of(html.partition('id="readings"')[2])


def test_a_benchmark_shows_one_setup_at_a_time_the_best_first(readings: None, page: Open) -> None:
    html = page("/benchmarks/swe")
    assert "Setup: effort high" in text_of(html)
    assert "91 (claimed)" not in text_of(html)
    text = rows(html)
    assert text.index("about 85") < text.index("80.6")
    assert "79.1–82.3" in text
    other = text_of(page("/benchmarks/swe?setup=harness%3Down"))
    assert "91 (claimed)" in other
    assert "the lab itself" in other
    assert "about 85" not in other


def test_readings_stand_beside_the_price_of_their_model(readings: None, page: Open) -> None:
    text = text_of(page("/benchmarks/swe"))
    assert "$11 .25" in text
    assert "$1 .09" in text


def test_setups_are_mixed_only_where_that_is_asked_and_said(readings: None, page: Open) -> None:
    html = page("/benchmarks/swe?setup=any")
    assert "All 2 setups are mixed here, as you asked" in text_of(html)
    assert re.search(r"91 \(claimed\) .* harness own", rows(html))
    assert re.search(r"about 85 .* effort high", rows(html))
    assert "are mixed" not in page("/benchmarks/swe")


def test_the_best_so_far_is_told_as_a_table_and_as_a_line(readings: None, page: Open) -> None:
    html = page("/benchmarks/swe")
    table = text_of(html.partition("The best so far,")[2].partition("Against price")[0])
    assert re.search(r"28 Apr 2026 openai/gpt-5.5 about 85 .* \+4.4", table)
    assert re.search(r"24 Apr 2026 deepseek/deepseek-v4-pro 80.6 .* \+3.6", table)
    assert re.search(r"20 Apr 2026 deepseek/deepseek-v4-pro 77 .* the first", table)
    [told] = re.findall(r'<desc id="over-time-told">(.*?)</desc>', html)
    assert told == (
        "Best so far: deepseek-v4-pro with 77 on 20 Apr 2026; deepseek-v4-pro with 80.6 on "
        "24 Apr 2026; gpt-5.5 with 85 on 28 Apr 2026."
    )


def test_every_dot_says_what_it_is_and_leads_to_its_receipt(readings: None, page: Open) -> None:
    html = page("/benchmarks/swe")
    point = ScorePoint.objects.get(value="80.6")
    dot = re.search(rf'<a href="/receipts/scores/{point.pk}" aria-label="([^"]+)"', html)
    assert dot
    assert dot[1] == "deepseek/deepseek-v4-pro: 80.6 % on 24 Apr 2026, the best so far"


def test_against_price_shows_the_same_readings_and_leads_to_the_frontier(
    readings: None, page: Open
) -> None:
    html = page("/benchmarks/swe")
    assert 'aria-label="openai/gpt-5.5: about 85 % at $11.25, beaten by nobody"' in html
    assert 'href="/frontier?benchmark=swe&amp;setup=effort%3Dhigh"' in html
    alone = page("/benchmarks/swe?lab=deepseek")
    assert "openai/gpt-5.5: about 85" not in alone
    assert 'href="/frontier?benchmark=swe&amp;setups=any"' in page("/benchmarks/swe?setup=any")


@pytest.mark.parametrize(
    ("query", "shown", "left_out"),
    [
        ("lab=openai", "gpt-5.5", "deepseek-v4-pro"),
        ("weights=open", "deepseek-v4-pro", "gpt-5.5"),
        ("weights=closed", "gpt-5.5", "deepseek-v4-pro"),
        ("evaluator=first_party&setup=any", "91 (claimed)", "80.6"),
        ("evaluator=independent&setup=any", "80.6", "91 (claimed)"),
        ("limit=1", "gpt-5.5", "deepseek-v4-pro"),
    ],
)
def test_readings_are_narrowed(
    readings: None, page: Open, query: str, shown: str, left_out: str
) -> None:
    text = rows(page(f"/benchmarks/swe?{query}"))
    assert shown in text
    assert left_out not in text


@pytest.mark.parametrize(
    ("order", "first"),
    [("best", "gpt-5.5"), ("latest", "gpt-5.5"), ("price", "deepseek-v4-pro"),
     ("model", "deepseek-v4-pro")],
)  # fmt: skip
def test_readings_are_ordered(readings: None, page: Open, order: str, first: str) -> None:
    html = page(f"/benchmarks/swe?order={order}").partition('id="readings"')[2]
    names = {name: html.index(f">{name}</a>") for name in ("gpt-5.5", "deepseek-v4-pro")}
    assert min(names, key=names.__getitem__) == first


def test_a_choice_that_nothing_fits_says_so(readings: None, page: Open) -> None:
    html = page("/benchmarks/swe?lab=openai&weights=open")
    assert "No reading fits this choice" in html


@pytest.mark.parametrize(
    ("query", "field"),
    [("setup=effort%3Dlow", "setup"), ("lab=nobody", "lab"), ("weights=half", "weights"),
     ("evaluator=me", "evaluator"), ("order=random", "order"), ("limit=0", "limit")],
)  # fmt: skip
def test_what_no_reading_has_is_refused(readings: None, page: Open, query: str, field: str) -> None:
    assert f"<code>{field}</code> is" in page(f"/benchmarks/swe?{query}", status=400)


def test_at_a_past_date_only_what_was_known_by_then_is_drawn(readings: None, page: Open) -> None:
    html = page("/benchmarks/swe?at=2026-04-22")
    assert "deepseek-v4-pro with 77" in html
    assert "80.6" not in html


def test_a_benchmark_costs_as_many_queries_whatever_it_has(
    readings: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/benchmarks/swe")
    with django_assert_max_num_queries(12):
        client.get("/benchmarks/swe?setup=any")


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

"""Receipts of scores, facts and single claims: who said it, what others say, where to cite it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Model
from registry.curation.models import Review
from registry.ledger.models import FactPoint, PricePoint, ScorePoint
from tests.ledger.saying import say
from tests.ledger.scoring import score
from tests.pages.conftest import Open
from tests.pages.test_table import text_of
from tests.pipeline.bodies import models_dev, models_dev_scores, scored
from tests.pipeline.taking import deliver

pytestmark = pytest.mark.django_db
PRO = "deepseek/deepseek-v4-pro"
BOARD = "models-dev-scores"


@pytest.fixture
def said(registry: None) -> None:
    """Two scores of one model under two setups, one of them told anew, and a fact told anew."""
    first = {"name": "SWE-bench Verified", "score": 80.6}
    codex = {**first, "score": 85.2, "harness": "Codex"}
    for day, risen in (("2026-06-01", first), ("2026-07-01", {**first, "score": 81.4})):
        deliver(BOARD, models_dev_scores(scored(PRO, risen, codex)), day)
    rows = {
        PRO: {"input": "1.74", "output": "3.48", "cache_read": "0.145"},
        f"novita-ai/{PRO}": {"input": "1.6", "output": "3.2"},
        f"openrouter/{PRO}": {"input": "1.5", "output": "3.2"},
    }
    for day, tokens in (("2026-07-02", 131072), ("2026-07-20", 1048576)):
        facts = {"limit": f'{{"context": {tokens}}}', "open_weights": "true"}
        deliver("models-dev", models_dev(rows, facts=facts), day)


def the_score() -> ScorePoint:
    """The score without a harness, as it was measured anew."""
    return ScorePoint.objects.get(series__setup="", cause="rescored")


def the_fact() -> FactPoint:
    """The context as it was told first."""
    return FactPoint.objects.get(series__name="context_tokens", cause="first_seen")


def test_a_score_has_a_receipt_with_every_word_on_its_series(said: None, page: Open) -> None:
    text = text_of(page(f"/receipts/scores/{the_score().pk}"))
    assert "on SWE-bench Verified 81.4 %" in text
    assert "Around the figure" in text
    words = text.partition("What every source said")[2].partition("The whole series")[0]
    assert re.search(r"this receipt’s 50 .*81.4 81.4 1 Jul 2026 yes", words)
    assert re.search(r"80.6 80.6 1 Jun 2026 no longer", words)
    assert "85.2" not in words, "another setup is another series"
    series = text.partition("The whole series")[2]
    assert "1 Jun 2026 80.6 % first seen, until 1 Jul 2026" in series
    assert "85.2 % harness codex" in series.partition("Under other setups")[2]


def test_a_fact_has_a_receipt_with_what_every_source_says_today(said: None, page: Open) -> None:
    text = text_of(page(f"/receipts/facts/{the_fact().pk}"))
    assert "Context tokens of deepseek/deepseek-v4-pro 131,072" in text
    sides = text.partition("What every source says today")[2].partition("The whole series")[0]
    assert re.search(r"models-dev 50 1,048,576 20 Jul 2026 no", sides)
    series = text.partition("The whole series")[2]
    assert "2 Jul 2026 131,072 first seen this one" in series
    assert "20 Jul 2026 1,048,576 told otherwise" in series


def test_the_text_around_a_fact_marks_its_value(said: None, page: Open) -> None:
    html = page(f"/receipts/facts/{the_fact().pk}")
    assert "<mark>131072</mark>" in html
    assert "<mark>1.74</mark>" not in html


def test_a_claim_tells_everything_that_it_says_and_what_was_published_on_it(
    said: None, page: Open
) -> None:
    claim = the_score().claim
    assert claim is not None
    text = text_of(page(f"/receipts/claims/{claim.pk}"))
    assert "score 81.4 , told as percent" in text
    assert "and said still" in text
    assert "swe-bench-verified 81.4 not told, from 1 Jul 2026" in text
    assert "Taken without an objection" in text
    price = PricePoint.objects.get(
        series__offer__provider__slug="deepseek", series__meter="input_tokens", cause="repriced"
    )
    card = text_of(page(f"/receipts/claims/{price.claim_id}"))
    assert "prices[0].output 1.74 per 1000000" in card
    assert re.search(r"input \$0 .87 per 1M tokens, standard terms, from 30 May 2026", card)


def test_a_claim_that_was_kept_back_says_why(said: None, page: Open) -> None:
    low = {"name": "SWE-bench Verified", "score": 0.9}
    deliver(BOARD, models_dev_scores(scored(PRO, low)), "2026-07-21")
    review = Review.objects.get(reason="suspect_scale")
    text = text_of(page(f"/receipts/claims/{review.claim_id}"))
    assert "Held on 21 Jul 2026" in text
    assert "suspect scale: benchmarks[0].score “0.9”; expected a percentage" in text
    assert "Now: open" in text


@pytest.mark.parametrize("kind", ["scores", "facts", "claims"])
def test_a_receipt_that_is_not_held_is_missing(said: None, page: Open, kind: str) -> None:
    assert "holds no" in page(f"/receipts/{kind}/999999", status=404)


def test_every_receipt_can_be_cited_and_is_where_it_says(said: None, page: Open) -> None:
    for address in (
        f"/receipts/scores/{the_score().pk}",
        f"/receipts/facts/{the_fact().pk}",
        f"/receipts/claims/{the_score().claim_id}",
    ):
        html = page(f"{address}?at=2026-06-15")
        [cited] = re.findall(r'<pre class="cite">(.*?)</pre>', html, re.DOTALL)
        assert cited.endswith(f"http://testserver{address}")
        assert f'<a href="/api/v1{address}">As JSON</a>' in html
        assert f'<link rel="canonical" href="http://testserver{address}">' in html


def test_scores_and_facts_lead_to_their_receipts_wherever_they_are_shown(
    said: None, page: Open
) -> None:
    point, fact = the_score(), the_fact()
    to_score = f'href="/receipts/scores/{point.pk}"'
    model = page(f"/models/{PRO}")
    assert to_score in model
    assert f'href="/receipts/facts/{fact.pk + 2}"' in model
    best = ScorePoint.objects.get(series__setup="harness=codex")
    assert f'href="/receipts/scores/{best.pk}"' in page("/?bench=swe-bench-verified&q=v4+pro")
    assert to_score in page("/benchmarks/swe-bench-verified?setup=")
    assert to_score in page("/frontier?benchmark=swe-bench-verified&setup=none")


def test_a_curators_score_has_a_receipt_too(registry: None, page: Open) -> None:
    measured = sync_benchmarks()["swe-bench-verified"]
    say(score(Model.objects.get(slug="deepseek-v4-pro"), measured, "80.6"))
    text = text_of(page(f"/receipts/scores/{ScorePoint.objects.get().pk}"))
    assert "A curator’s own word" in text
    assert "No other word on it is kept" in text


@pytest.mark.parametrize(("kind", "most"), [("scores", 12), ("facts", 16), ("claims", 10)])
def test_a_receipt_costs_a_handful_of_queries(
    said: None,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    kind: str,
    most: int,
) -> None:
    numbers = {
        "scores": the_score().pk,
        "facts": the_fact().pk,
        "claims": the_score().claim_id,
    }
    with django_assert_max_num_queries(most):
        assert client.get(f"/receipts/{kind}/{numbers[kind]}").status_code == 200

"""A press article from its text to the answer: what is whole is published, what was eaten waits."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from registry.curation.models import Review
from registry.ingest.content import statements_in
from registry.ingest.models import Claim
from registry.ingest.sources import sync_sources
from registry.ledger.asof import rates_at
from registry.ledger.models import PricePoint
from registry.pipeline.archive import recordings
from registry.pipeline.stages import process
from registry.scoring.comparisons import Relation, arithmetic
from scrapers.catalog import PRESS
from tests.pipeline.taking import Item, card, deliver, moment, offer, reviews, scores

pytestmark = pytest.mark.usefixtures("sources")

ARTICLE = "gpt-5-5-vs-deepseek-v4"
RECORDING = Path(__file__).parents[2] / "fixtures/recordings/tokenmix" / f"{ARTICLE}.txt"
DAY = "2026-04-24"
PRO, FLASH, GPT = "deepseek/deepseek-v4-pro", "deepseek/deepseek-v4-flash", "openai/gpt-5.5"


@pytest.fixture
def article(sources: None) -> None:
    """The recording, taken on its day with no other source beside it."""
    run = deliver("tokenmix", RECORDING.read_bytes(), DAY, part=ARTICLE)
    assert run.outcome == "published"


@pytest.mark.usefixtures("article")
def test_whole_prices_are_published_and_no_eaten_one_is() -> None:
    assert card(GPT, DAY) == {"input_tokens": "5", "output_tokens": "30"}
    assert card(FLASH, DAY) == {"input_tokens": "0.14", "output_tokens": "0.28"}
    assert card(PRO, DAY) == {}
    assert card("openai/gpt-5.4", DAY) == {}
    eaten = {"0.74", "74", "4", "5.60", "9.60", "100"}
    amounts = PricePoint.objects.values_list("amount", flat=True)
    assert not eaten & {f"{amount:f}" for amount in amounts if amount is not None}


@pytest.mark.usefixtures("article")
def test_the_eaten_price_waits_for_a_person_with_what_the_arithmetic_suggests() -> None:
    assert Item("tokenmix", PRO, "hold", "eaten_figure", "open") in reviews()
    (item,) = Review.objects.filter(offer=offer(PRO))
    (finding,) = item.findings
    assert finding[:3] == ["eaten_figure", "Input $/MTok", ".74"]
    assert finding[3].startswith("1.74 by the source's own arithmetic")


@pytest.mark.usefixtures("article")
def test_scores_come_with_their_qualifier_and_a_dash_is_none() -> None:
    assert scores(GPT, DAY)["swe-bench-verified"] == "88.7"
    assert not any(key.startswith("aime") for key in scores(GPT, DAY))
    assert scores(PRO, DAY)["swe-bench-verified"] == "85"


@pytest.mark.usefixtures("article")
def test_the_articles_ratio_stands_beside_the_arithmetic_with_its_receipt() -> None:
    claim = Claim.objects.get(source__slug="tokenmix", offer=offer(FLASH))
    (said,) = (
        statement
        for statement in statements_in(claim.content)
        if (statement.aspect, statement.relation) == ("input_tokens", Relation.TIMES_CHEAPER)
    )
    assert (said.text, said.baseline) == ("37", ("openai", "gpt-5.5"))
    amounts = {}
    for name in (FLASH, GPT):
        pk = offer(name).pk
        rates = rates_at([pk], at=moment(DAY))[pk]
        amounts[name] = next(rate.amount for rate in rates if rate.meter == said.aspect)
    subject, baseline = amounts[FLASH], amounts[GPT]
    assert subject is not None
    assert baseline is not None
    exact = arithmetic(said.relation, subject, baseline)
    assert exact.quantize(Decimal("0.01")) == Decimal("35.71")
    assert claim.first_run.snapshot is not None


def test_the_real_article_is_taken_on_its_day(corpus: Path) -> None:
    sync_sources()
    (recording,) = recordings(corpus, PRESS)
    assert (recording.at, recording.part) == (moment(DAY), ARTICLE)
    run = process(recording.delivery())
    assert run is not None
    assert run.outcome == "published"
    assert card(FLASH, DAY) == {"input_tokens": "0.14", "output_tokens": "0.28"}
    assert card(PRO, DAY) == {}
    assert scores(PRO, DAY)["terminal-bench version=2.0"] == "75"

"""Changes of scores and facts, what is new and gone, disputes; each as of a date that is asked."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from registry.benchmarks.rows import sync_benchmarks
from registry.catalog.models import Model, Offer
from registry.curation import actions
from tests.curation.deciding import hand
from tests.ledger.saying import day, say
from tests.ledger.scoring import score
from tests.ledger.stating import fact
from tests.pages.conftest import Open
from tests.pages.test_table import text_of
from tests.pipeline.bodies import litellm, models_dev, openrouter
from tests.pipeline.taking import deliver, moment

pytestmark = pytest.mark.django_db
PRO = "deepseek/deepseek-v4-pro"


@pytest.fixture
def scored(registry: None) -> None:
    """A score that was measured anew a month later, and one of another lab."""
    pro, gpt = Model.objects.get(slug="deepseek-v4-pro"), Model.objects.get(slug="gpt-5.5")
    verified = sync_benchmarks()["swe-bench-verified"]
    say(
        score(pro, verified, "85", qualifier="approximate"),
        score(gpt, verified, "88.7", setup="effort=high"),
        published_at=moment("2026-06-01"),
    )
    say(
        score(pro, verified, "80.6", starts=day(28), cause="rescored"),
        published_at=moment("2026-07-01"),
    )


@pytest.fixture
def told(registry: None) -> None:
    """A context that is told otherwise a month later."""
    rows = {
        PRO: {"input": "1.74", "output": "3.48", "cache_read": "0.145"},
        f"novita-ai/{PRO}": {"input": "1.6", "output": "3.2"},
        f"openrouter/{PRO}": {"input": "1.5", "output": "3.2"},
    }
    for on, tokens in (("2026-07-02", 131072), ("2026-08-02", 1048576)):
        facts = {"limit": f'{{"context": {tokens}}}'}
        deliver("models-dev", models_dev(rows, facts=facts), on)


def test_a_score_measured_anew_says_from_what(scored: None, page: Open) -> None:
    html = page("/changes/scores?what=rescored")
    assert re.search(
        r"deepseek-v4-pro deepseek swe-bench-verified not told about 85 % 80.6 % measured anew "
        r"28 Apr 2026",
        text_of(html),
    )
    assert len(re.findall(r'href="/receipts/scores/\d+"', html)) == 2
    assert "gpt-5.5" not in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["deepseek-v4-pro", "gpt-5.5", "deepseek-v4-pro"]),
        ("lab=openai", ["gpt-5.5"]),
        ("what=first_seen", ["gpt-5.5", "deepseek-v4-pro"]),
        ("benchmark=swe-bench-verified&lab=deepseek", ["deepseek-v4-pro"] * 2),
        ("what=withdrawn", []),
    ],
)
def test_scores_are_narrowed_the_newest_first(
    scored: None, page: Open, query: str, shown: list[str]
) -> None:
    html = page(f"/changes/scores?{query}")
    assert re.findall(r'<th scope="row"[^>]*><a [^>]*>([^<]+)</a>', html) == shown


def test_a_benchmark_has_a_feed_and_an_unknown_one_is_missing(scored: None, page: Open) -> None:
    html = page("/changes/scores?benchmark=swe-bench-verified")
    assert html.count('href="/feeds/benchmarks/swe-bench-verified.atom"') == 2
    assert "holds no benchmark" in page("/changes/scores?benchmark=no-such", status=404)


def test_a_fact_that_is_told_otherwise_says_from_what(told: None, page: Open) -> None:
    html = page("/changes/facts")
    assert "context tokens 131,072 1,048,576 told otherwise 2 Aug 2026" in text_of(html)
    assert len(re.findall(r'href="/receipts/facts/\d+"', html)) == 2
    assert 'href="/feeds/facts.atom"' in html
    assert "131,072 1,048,576" not in text_of(page("/changes/facts?what=first_seen"))
    assert "Nothing of this kind" in page("/changes/facts?name=licence")


@pytest.mark.parametrize(
    ("address", "then", "now"),
    [
        ("/changes/scores?what=rescored", "Nothing of this kind was published by then", "80.6"),
        ("/changes?what=repriced", "Nothing of this kind was published", "−50 %"),
    ],
)
def test_at_a_date_only_what_was_out_by_then_is_told(
    scored: None, page: Open, address: str, then: str, now: str
) -> None:
    assert then in text_of(page(f"{address}&at=2026-05-15"))
    assert now in text_of(page(f"{address}&at=2026-07-02"))
    assert now in text_of(page(address))


def test_facts_of_a_past_date_are_those_that_were_out(told: None, page: Open) -> None:
    assert "1,048,576" in page("/changes/facts")
    assert "1,048,576" not in page("/changes/facts?what=all&at=2026-07-20")
    assert "131,072" in page("/changes/facts?what=all&at=2026-07-20")


def test_models_that_came_and_offers_that_went(registry: None, page: Open) -> None:
    sold = {one.provider.slug: one for one in Offer.objects.select_related("provider")}
    say(
        fact(Model.objects.get(slug="gpt-5.5"), "2026-04-23", name="released_on", starts=day(23)),
        fact(sold["openrouter"], "2026-05-20", name="retires_on"),
        fact(sold["novita-ai"], "2026-05-21", name="deprecated_on"),
    )
    at = "at=2026-06-01"
    text = text_of(page(f"/changes/models?{at}"))
    gone = text.index("20 May 2026 retired openrouter/deepseek/deepseek-v4-pro")
    assert text.index("21 May 2026 deprecated novita-ai/deepseek/deepseek-v4-pro") < gone
    assert gone < text.index("23 Apr 2026 released openai/gpt-5.5")
    assert "released openai" not in text_of(page(f"/changes/models?lab=deepseek&{at}"))
    only = text_of(page(f"/changes/models?provider=novita-ai&{at}"))
    assert "deprecated novita-ai" in only
    assert "released openai" not in only
    assert "retired openrouter" not in text_of(page(f"/changes/models?what=released&{at}"))
    before = text_of(page("/changes/models?at=2026-05-01")).partition("Announced")
    assert "retired openrouter" not in before[0]
    assert "openrouter/deepseek/deepseek-v4-pro is retired" in before[2]


def test_a_model_under_a_second_name_did_not_come_twice(registry: None, page: Open) -> None:
    one = Model.objects.get(slug="gpt-5.5")
    other = Model.objects.create(lab=one.lab, slug="gpt-5.5-preview", name="GPT-5.5")
    say(*(fact(m, "2026-04-23", name="released_on", starts=day(23)) for m in (one, other)))
    address = "/changes/models?what=released&at=2026-06-01"
    assert "released openai/gpt-5.5-preview" in text_of(page(address))
    actions.merge_models(other.pk, one.pk, **hand("2026-05-02"))
    text = text_of(page(address))
    assert "released openai/gpt-5.5" in text
    assert "preview" not in text


def test_days_are_told_as_they_were_known_at_the_moment_and_the_revision(
    registry: None, page: Open
) -> None:
    sold = Offer.objects.get(provider__slug="openrouter")
    first = say(fact(sold, "2026-05-20", name="retires_on", starts=moment("2026-05-01")))
    later = moment("2026-05-10")
    moved = fact(sold, "2026-07-01", name="retires_on", starts=later, cause="changed")
    say(moved, published_at=later)
    told = "2026 retired openrouter/deepseek/deepseek-v4-pro"
    is_coming = "2026 : openrouter/deepseek/deepseek-v4-pro is retired"
    assert f"20 May {is_coming}" in text_of(page("/changes/models?at=2026-05-05"))
    assert f"1 Jul {is_coming}" in text_of(page("/changes/models?at=2026-05-15"))
    assert is_coming not in text_of(page("/changes/models?at=2026-04-25"))
    assert told not in text_of(page("/changes/models?at=2026-06-01"))
    then = text_of(page(f"/changes/models?at=2026-06-01&revision={first.number}"))
    assert f"20 May {told}" in then
    assert f"1 Jul {told}" in text_of(page("/changes/models"))


def test_a_dispute_tells_what_stands_and_every_side(registry: None, page: Open) -> None:
    now = text_of(page("/changes/disputes?provider=deepseek"))
    assert re.search(r"deepseek-v4-pro deepseek input .* \$0 .87 .* 50 %", now)
    assert re.search(r"llm-prices agrees, models-dev \$1.74", now)
    assert re.search(r'href="/receipts/claims/\d+"', page("/changes/disputes"))
    assert "No dispute fits" in page("/changes/disputes?provider=openai")


def test_a_side_without_an_amount_is_told_in_words(sources: None, page: Open) -> None:
    fillers = {f"a/filler-{name}": {"prompt": "0.000003"} for name in "abcdefgh"}
    routed = {"openrouter/a/m": {"input": "2", "output": "3"}}
    deliver("models-dev", models_dev(routed), "2026-06-10")
    for on, price in (("2026-06-11", "0.000002"), ("2026-06-12", "-1")):
        deliver(
            "openrouter", openrouter(fillers | {"a/m": {"prompt": price, "completion": price}}), on
        )
    assert "openrouter set by a router" in text_of(page("/changes/disputes?provider=openrouter"))


def test_disputes_go_on_from_page_to_page(sources: None, client: Client) -> None:
    ids = [f"openai/model-{number:02}" for number in range(35)]
    dear = {"input": "2", "output": "4"}
    deliver("models-dev", models_dev(dict.fromkeys(ids, dear)), "2026-06-10")
    rows = {
        one.partition("/")[2]: {
            "input_cost_per_token": f"1.{number:02}e-06",
            "output_cost_per_token": f"3.{number:02}e-06",
        }
        for number, one in enumerate(ids)
    }
    deliver("litellm", litellm(rows), "2026-06-11")
    first = client.get("/changes/disputes").content.decode()
    assert "1–60 of 70 disputes" in text_of(first)
    [address] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(address).content.decode()
    shares = [
        [float(one) for one in re.findall(r'class="number">([\d.]+)\s%', html)]
        for html in (first, second)
    ]
    assert [len(one) for one in shares] == [60, 10]
    assert shares[0] + shares[1] == sorted(shares[0] + shares[1], reverse=True)
    assert client.get("/changes/disputes?page=3").status_code == 400


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/changes/disputes?page=x", "page"),
        ("/changes/scores?what=x", "what"),
        ("/changes/scores?after=x", "after"),
        ("/changes/facts?name=colour", "name"),
        ("/changes/models?what=born", "what"),
    ],
)
def test_what_cannot_be_asked_is_named(
    registry: None, page: Open, address: str, field: str
) -> None:
    assert f"<code>{field}</code> is" in page(address, status=400)


def test_older_changes_go_on_where_the_page_ended(registry: None, client: Client) -> None:
    pro = Model.objects.get(slug="deepseek-v4-pro")
    verified = sync_benchmarks()["swe-bench-verified"]
    for number in range(1, 64):
        say(score(pro, verified, f"{number}", setup=f"attempts={number}"))
    first = client.get("/changes/scores").content.decode()
    [older] = re.findall(r'rel="next" href="([^"]+)"', first)
    second = client.get(older).content.decode()
    both = [re.findall(r"attempts (\d+)</small>", html) for html in (first, second)]
    assert [len(one) for one in both] == [60, 3]
    assert both[0] + both[1] == [f"{number}" for number in range(63, 0, -1)]

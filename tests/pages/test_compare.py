"""GPT-5.5 beside DeepSeek V4 on the day of an article about both: all that it says, computed."""

from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from PIL import Image

from registry.ledger.models import FactPoint
from tests.api.launch import launch

__all__ = ["launch"]

pytestmark = pytest.mark.usefixtures("launch")
ADDRESS = "/compare/gpt-5.5-vs-deepseek-v4-pro-vs-deepseek-v4-flash"
DAY = {"at": "2026-04-24"}


def text(client: Client, address: str = ADDRESS, *, status: Any = 200, **asked: str) -> str:
    """What a page says, without its tags."""
    answer = client.get(f"{address}?{urlencode({**DAY, **asked})}")
    assert answer.status_code == status, answer.content
    body = re.sub(r"<[^>]+>", " ", answer.content.decode().partition("<main")[2])
    return " ".join(unescape(body).split()).replace(" .", ".").replace(" ,", ",")


@pytest.fixture
def said(client: Client) -> str:
    return text(client)


@pytest.mark.parametrize(
    "figure",
    [
        # the table of prices and its ratios: 0.35x, 0.12x, 0.03x, 0.009x, 37x, 107x, 17x
        "$5.00",
        "$30.00",
        "$1.74",
        "$3.48",
        "$0.14",
        "$0.28",
        "0.348×",
        "0.116×",
        "0.028×",
        "0.00933×",
        "35.7× cheaper",
        "107× cheaper",
        "17.9× cheaper",
        # the month: 100M in, 20M out
        "$1,100.00",
        "$243.60",
        "$19.60",
        "56.1× cheaper",
        "$500.00",
        "$600.00",
        "$174.00",
        "$69.60",
        "$14.00",
        "$5.60",
        # scores and gaps
        "88.7 %",
        "about 85 %",
        "about 78 %",
        "58.6 %",
        "about 55 %",
        "about 48 %",
        "82.7 %",
        "about 75 %",
        "about 68 %",
        "92.4 %",
        "about 89 %",
        "about 84 %",
        "about 94 %",
        "about 88 %",
        "−3.7",
        "−7.7",
        "−10.7",
        "−3.4",
        # what they are
        "256K tokens",
        "1M tokens",
        "Apache 2.0",
        "1.6T, 49B active",
        "284B, 13B active",
        "text, image, audio, video",
        "23 Apr 2026",
        "24 Apr 2026",
    ],
)
def test_every_figure_of_the_article_is_computed(said: str, figure: str) -> None:
    assert figure in said


@pytest.mark.parametrize(
    "sentence",
    [
        "deepseek-v4-flash costs 1/56 of gpt-5.5 on this load and solves about 11 fewer of 100 ",
        "fewer of 100 SWE-bench Verified tasks (a real gap).",
        "deepseek-v4-pro costs 1/4.52 of gpt-5.5 on this load and solves about 3.7 fewer of 100 ",
        "fewer of 100 SWE-bench Verified tasks (within the noise of so few tasks).",
        "gpt-5.5 leads deepseek-v4-pro by about 3.7 points: 1 task in 27 ≈ within noise",
        "gpt-5.5 leads deepseek-v4-flash by about 10.7 points: 1 task in 9.3 ≠ real",
    ],
)
def test_the_verdicts_in_plain_sentences(said: str, sentence: str) -> None:
    assert sentence in said


@pytest.mark.parametrize(
    "win",
    [
        "The least for this load deepseek-v4-flash, $19.60 a month",
        "The best on SWE-bench Verified gpt-5.5 with 88.7; its lead over the next is within noise",
        "The best on AIME 2025 deepseek-v4-pro with about 94; its lead over the next is within",
        "The longest context deepseek-v4-pro and deepseek-v4-flash, 1M tokens",
        "Weights that you can run yourself deepseek-v4-pro and deepseek-v4-flash",
        "The most kinds of input gpt-5.5, 4 kinds",
    ],
)
def test_who_wins_for_which_need(said: str, win: str) -> None:
    assert win in said


@pytest.mark.parametrize(
    ("printed", "computed"),
    [
        ("37× cheaper", "35.71× cheaper (input)"),
        ("37× cheaper", "107.1× cheaper (output)"),
        ("17× cheaper", "17.86× cheaper (cache hit)"),
        ("56× cheaper", "56.12× cheaper"),
        (",100", "$1,100.00"),
        ("3.7 points ahead", "3.7 points ahead"),
        ("4×", "3.906×"),
    ],
)
def test_what_the_article_says_stands_beside_the_arithmetic(
    said: str, printed: str, computed: str
) -> None:
    stated = said.partition("What others say")[2]
    assert printed in stated
    assert computed in stated


def test_moving_everything_or_a_part_of_it(client: Client) -> None:
    moved = text(client, share="80").partition("If traffic moved")[2]
    assert "Migrate to deepseek-v4-pro 100 % to deepseek/deepseek-v4-pro: $243.60" in moved
    assert "Hybrid of deepseek-v4-flash and gpt-5.5 80 % to deepseek/deepseek-v4-flash: $15.68" in (
        moved
    )
    assert "20 % to openai/gpt-5.5: $220.00" in moved
    assert "−$864.32" in moved


@pytest.mark.parametrize(
    ("today", "ways"),
    [
        ("deepseek-v4-flash", ["Migrate to gpt-5.5", "Upgrade to deepseek-v4-pro"]),
        ("deepseek-v4-pro", ["Migrate to gpt-5.5", "Step down to deepseek-v4-flash"]),
    ],
)
def test_a_move_within_the_lab_is_an_upgrade_or_a_step_down(
    client: Client, today: str, ways: list[str]
) -> None:
    moved = text(client, today=today).partition("If traffic moved")[2]
    for way in ways:
        assert way in moved


def test_another_baseline_turns_the_ratios_round(client: Client) -> None:
    said = text(client, baseline="deepseek-v4-flash")
    assert "35.7×" in said
    assert "35.7× cheaper" not in said.partition("What others say")[0]


def test_another_load_is_billed_in_place(client: Client) -> None:
    said = text(client, input="10M", output="1M")
    assert "10M input and 1M output tokens a month" in said
    assert "$80.00" in said
    assert "$1.68" in said


def test_what_each_further_task_costs(client: Client) -> None:
    said = text(client, tasks="33")
    assert "Each task that gpt-5.5 solves more than deepseek-v4-flash costs $305.98 more" in said


@pytest.mark.parametrize(
    "spelling",
    [
        "/compare/openai/gpt-5.5-vs-deepseek/deepseek-v4-pro-vs-DeepSeek-V4-Flash",
        "/compare/gpt-5.5-vs-deepseek-v4-pro-vs-deepseek/deepseek-v4-flash",
    ],
)
def test_another_spelling_leads_to_the_address_that_is_kept(client: Client, spelling: str) -> None:
    answer = client.get(f"{spelling}?at=2026-04-24")
    assert (answer.status_code, answer["Location"]) == (301, f"{ADDRESS}?at=2026-04-24")


def test_the_order_is_the_readers(client: Client) -> None:
    assert client.get("/compare/deepseek-v4-flash-vs-gpt-5.5").status_code == 200


def test_the_form_leads_to_the_comparison(client: Client) -> None:
    assert "Compare models" in text(client, "/compare")
    answer = client.get("/compare?model=gpt-5.5&model=deepseek-v4-pro&model=&at=2026-04-24")
    assert answer.status_code == 301
    assert answer["Location"] == "/compare/gpt-5.5-vs-deepseek-v4-pro?at=2026-04-24"


def test_a_name_that_means_nothing_is_named(client: Client) -> None:
    said = text(client, "/compare/gpt-5.5-vs-nobody-knows", status=404)
    assert "nobody-knows" in said
    assert "an id that is held and means one thing" in said


def test_one_model_twice_is_no_comparison(client: Client) -> None:
    assert "each model once" in text(client, "/compare/gpt-5.5-vs-gpt-5.5", status=404)


@pytest.mark.parametrize(
    ("address", "asked", "field"),
    [
        ("/compare/gpt-5.5", {}, "models"),
        ("/compare/" + "-vs-".join("abcdefg"), {}, "models"),
        (ADDRESS, {"baseline": "kimi"}, "baseline"),
        (ADDRESS, {"share": "101"}, "share"),
        (ADDRESS, {"setups": "mixed"}, "setups"),
        (ADDRESS, {"input": "lots"}, "input"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    client: Client, address: str, asked: dict[str, str], field: str
) -> None:
    assert field in text(client, address, status=400, **asked)


def test_before_there_were_prices_there_is_no_comparison(client: Client) -> None:
    answer = client.get(f"{ADDRESS}?at=2026-04-01")
    assert answer.status_code == 404
    assert "what is priced at 2026-04-01" in answer.content.decode()


def test_every_price_and_score_leads_to_its_receipt(client: Client) -> None:
    page = client.get(f"{ADDRESS}?at=2026-04-24").content.decode()
    assert len(re.findall(r'href="/receipts/\d+', page)) >= 9
    assert len(re.findall(r'href="/receipts/scores/\d+', page)) >= 9


def test_a_shared_link_says_what_it_leads_to(client: Client) -> None:
    page = client.get(ADDRESS).content.decode()
    assert "<title>gpt-5.5 vs deepseek-v4-pro vs deepseek-v4-flash: price and benchmarks" in page
    assert f'<link rel="canonical" href="http://testserver{ADDRESS}">' in page
    assert 'property="og:title" content="gpt-5.5 vs deepseek-v4-pro vs' in page


def test_a_shared_link_has_a_picture_of_the_same_figures(client: Client) -> None:
    page = client.get(f"{ADDRESS}?at=2026-04-24").content.decode()
    [address] = re.findall(r'property="og:image" content="http://testserver([^"]+)"', page)
    assert address == f"{ADDRESS}.png?at=2026-04-24"
    answer = client.get(address)
    assert answer["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(answer.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    dated = client.get(f"{ADDRESS}.png?at=2026-04-25").content
    assert dated != answer.content, "it says its date"


def test_there_is_no_picture_of_what_is_not_held(client: Client) -> None:
    assert client.get("/compare/gpt-5.5-vs-nobody-knows.png").status_code == 404


def test_facts_lead_to_their_receipts_and_contexts_stand_beside_the_baseline(
    client: Client,
) -> None:
    page = client.get(ADDRESS, DAY).content.decode().partition('id="facts"')[2]
    point = FactPoint.objects.get(series__model__slug="gpt-5.5", series__name="context_tokens")
    [linked] = re.findall(rf'href="/receipts/facts/{point.pk}\?[^"]*">(.*?)</a>', page)
    assert "256K" in linked
    row = re.sub(r"<[^>]+>|\s+", " ", page.partition("Longest output")[0])
    assert re.search(r"1M +tokens +3\.91× ", row)

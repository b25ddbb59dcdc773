"""The table of models: who sells at what, found, sorted, dated, and taken away as a file."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.benchmarks.models import Benchmark
from registry.catalog.models import Lab, Model
from registry.selectors.catalogue import forget
from registry.selectors.clocks import as_of
from registry.selectors.table import TableFilter, TableRow, table
from tests.ledger.saying import say
from tests.ledger.scoring import score
from tests.pages.conftest import Open

pytestmark = pytest.mark.django_db
MAY = datetime(2026, 5, 1, tzinfo=UTC)


def row_of(slug: str, **asked: object) -> TableRow:
    found = table(as_of(MAY), TableFilter(words=slug), **asked)  # type: ignore[arg-type]
    assert found.total == 1
    return found.rows[0]


def text_of(html: str) -> str:
    """What a reader sees, without tags and doubled blanks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_the_lab_own_price_stands_beside_the_cheapest(registry: None) -> None:
    row = row_of("deepseek-v4-pro")
    assert row.first_party is not None
    assert row.cheapest is not None
    assert row.first_party.seller.ref == "deepseek/deepseek-v4-pro"
    assert row.cheapest.seller.ref == "novita-ai/deepseek/deepseek-v4-pro"
    assert row.first_party.blended == Decimal("2.175")
    assert row.cheapest.blended == Decimal("2.0")
    assert row.sellers == 3


def test_a_reseller_is_cheapest_only_where_resellers_are_asked_for(registry: None) -> None:
    row = row_of("deepseek-v4-pro", resellers=True)
    assert row.cheapest is not None
    assert row.cheapest.seller.provider == "openrouter"


def test_the_ratio_moves_the_blend(registry: None) -> None:
    row = row_of("deepseek-v4-pro", ratio=Decimal(1))
    assert row.first_party is not None
    assert row.first_party.blended == Decimal("2.61")


def test_what_is_unknown_comes_last_in_either_direction(registry: None) -> None:
    Model.objects.create(lab=Lab.objects.get(slug="openai"), slug="zeta", name="Zeta")
    for order in ("blended", "-blended"):
        assert [row.model.slug for row in table(as_of(), order=order).rows][-1] == "zeta"


def test_a_past_date_has_the_prices_of_that_date(registry: None, page: Open) -> None:
    then, now = text_of(page("/?at=2026-05-01")), text_of(page("/"))
    assert "$1 .74" in then
    assert "You are looking at 1 May 2026, 00:00 UTC" in then
    assert "$0 .87" in now
    assert "You are looking at" not in now


def test_a_model_without_a_price_says_so_in_words(registry: None, page: Open) -> None:
    Model.objects.create(lab=Lab.objects.get(slug="openai"), slug="zeta", name="Zeta")
    assert "no price known" in text_of(page("/?q=zeta"))


def test_words_in_any_order_find_a_model(registry: None, page: Open) -> None:
    assert "gpt-5.5" in page("/?q=5.5+GPT")
    assert "Nothing in the registry fits" in page("/?q=no+such+model")


def test_a_name_from_outside_is_text(registry: None, page: Open) -> None:
    lab = Lab.objects.get(slug="openai")
    Model.objects.create(lab=lab, slug="x", name="<script>alert(1)</script>")
    html = page("/?q=alert")
    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("sort=price", "sort"),
        ("page=9", "page"),
        ("page=0", "page"),
        ("ratio=-1", "ratio"),
        ("ratio=NaN", "ratio"),
        ("weights=maybe", "weights"),
        ("context=many", "context"),
        ("col=colour", "col"),
        ("at=yesterday", "at"),
        ("at=2026-02-30", "at"),
        ("at=2026-04-24T10:00", "at"),
        ("revision=99999", "revision"),
    ],
)
def test_what_cannot_be_answered_is_named(
    registry: None, page: Open, query: str, field: str
) -> None:
    html = page(f"/?{query}", status=400)
    assert f"<code>{field}</code> is" in html
    assert "expected" in html


def test_a_script_gets_only_the_part_that_changes(registry: None, page: Open) -> None:
    part = page("/?q=gpt", **{"HX-Request": "true"})
    assert part.lstrip().startswith('<section id="results"')
    assert "<html" not in part
    whole = page("/?q=gpt", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert "<html" in whole


def test_the_file_holds_what_is_shown_and_every_row_of_it(registry: None, client: Client) -> None:
    lab = Lab.objects.get(slug="openai")
    Model.objects.create(lab=lab, slug="sum", name="=SUM(A1)")
    answer = client.get("/models.csv?at=2026-05-01&sort=name")
    rows = {row["model"]: row for row in csv.DictReader(StringIO(answer.content.decode()))}
    pro = rows["deepseek/deepseek-v4-pro"]
    assert (pro["first_party_input"], pro["cheapest_input"]) == ("1.74", "1.6")
    assert pro["cheapest_cache_hit"] == "unknown"
    assert rows["openai/sum"]["name"] == "'=SUM(A1)"
    assert rows["openai/sum"]["first_party_input"] == "unknown"
    assert "attachment" in answer.headers["Content-Disposition"]


def test_an_empty_registry_says_that_it_is_empty(page: Open) -> None:
    html = page("/")
    assert "Nothing is published yet" in html
    assert "No model fits" in html


def test_it_asks_nothing_of_other_hosts_and_runs_no_script_of_its_own(client: Client) -> None:
    answer = client.get("/")
    html = answer.content.decode()
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!testserver)', html)
    assert not re.search(r"<script(?![^>]*src=)", html)
    assert "style=" not in html
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_static_file_it_names_exists(page: Open) -> None:
    named = re.findall(r'(?:href|src)="/static/([^"]+)"', page("/"))
    assert {"pages/icon.svg", "vendor/htmx/htmx.min.js"} <= set(named)
    for name in named:
        assert finders.find(name), name


def test_it_costs_as_many_queries_for_many_models_as_for_few(
    registry: None, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    lab = Lab.objects.get(slug="openai")
    Model.objects.bulk_create(
        Model(lab=lab, slug=f"more-{number}", name=f"More {number}") for number in range(200)
    )
    with django_assert_max_num_queries(15):
        client.get("/")
    with django_assert_max_num_queries(10):
        client.get("/?page=2")


def test_it_cannot_be_written_to(client: Client) -> None:
    assert client.post("/").status_code == 405


def test_an_unknown_address_is_answered_with_a_page(page: Open) -> None:
    assert "Nothing is at this address" in page("/nothing-here", status=404)


@pytest.fixture
def measured(registry: None) -> None:
    """One model at 85 under a high effort; one at 80.6 so, and at 91 with a harness of its own."""
    swe = Benchmark.objects.create(slug="swe", name="SWE", scale="percent", direction="higher")
    pro, gpt = Model.objects.get(slug="deepseek-v4-pro"), Model.objects.get(slug="gpt-5.5")
    say(
        score(pro, swe, "80.6", setup="effort=high"),
        score(gpt, swe, "85", setup="effort=high", qualifier="approximate"),
        score(pro, swe, "91", setup="harness=own", qualifier="claimed", evaluator="first_party"),
    )
    Model.objects.create(lab=Lab.objects.get(slug="openai"), slug="zeta", name="Zeta")
    forget()


def order_of(html: str) -> list[str]:
    """The models in the order of the rows."""
    return re.findall(r'<th scope="row"[^>]*><a href="/models/[^/"]+/([^"?]+)', html)


def test_benchmarks_are_columns_that_tell_their_setup(measured: None, page: Open) -> None:
    assert "SWE %, best of any setup" in text_of(page("/?bench=swe"))
    equal = text_of(page("/?bench=swe&setups=equal"))
    assert "SWE %, setup: effort high" in equal
    assert "80.6 effort high" in equal
    assert "91 (claimed)" not in equal
    assert "<code>bench</code> is" in page("/?bench=nothing", status=400)


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ("sort=-score.swe", ["deepseek-v4-pro", "gpt-5.5", "zeta"]),
        ("sort=score.swe", ["gpt-5.5", "deepseek-v4-pro", "zeta"]),
        ("sort=-score.swe&setups=equal", ["gpt-5.5", "deepseek-v4-pro", "zeta"]),
        ("sort=score.swe&setups=equal", ["deepseek-v4-pro", "gpt-5.5", "zeta"]),
    ],
)
def test_the_table_is_sorted_by_a_benchmark_unknown_last(
    measured: None, page: Open, query: str, order: list[str]
) -> None:
    html = page(f"/?{query}")
    assert order_of(html) == order
    direction = "descending" if "sort=-" in query else "ascending"
    assert f'aria-sort="{direction}"><a href="/?sort=' in html
    assert "SWE" in text_of(html), "what is sorted by is shown"


def test_a_head_sorts_from_the_best_down_and_then_the_other_way(measured: None, page: Open) -> None:
    assert 'href="/?bench=swe&amp;sort=-score.swe">SWE</a>' in page("/?bench=swe")
    assert "sort=score.swe" in page("/?bench=swe&sort=-score.swe")
    assert '<option value="-score.swe" selected>best on SWE</option>' in page("/?sort=-score.swe")


def test_a_benchmark_that_is_not_declared_sorts_nothing(measured: None, page: Open) -> None:
    assert "<code>sort</code> is" in page("/?sort=-score.nothing", status=400)


def test_the_file_holds_the_benchmarks_that_are_shown(measured: None, client: Client) -> None:
    body = client.get("/models.csv?bench=swe&setups=equal&sort=-score.swe").content.decode()
    rows = list(csv.DictReader(StringIO(body)))
    assert rows[0]["model"] == "openai/gpt-5.5"
    assert (rows[0]["swe"], rows[0]["swe_qualifier"]) == ("85", "approximate")
    assert rows[0]["swe_setup"] == "effort=high"
    assert re.fullmatch(r"/receipts/scores/\d+", rows[0]["swe_receipt"])
    assert rows[-1]["swe"] == "unknown"

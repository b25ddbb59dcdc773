"""Price against score: who is beaten by nobody, at any date, drawn and as a table."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from registry.ledger.models import PricePoint, ScorePoint
from registry.pages.charts.dots import Dot
from registry.pages.charts.scatter import Spot, scatter
from tests.api.launch import launch
from tests.pages.test_compare import text

__all__ = ["launch"]

DAY = "at=2026-04-25"
JUNE = time_machine.travel("2026-06-10T00:00:00Z", tick=False)


def spot(name: str, price: str, score: str, *, unbeaten: bool = False) -> Spot:
    return Spot(name, Decimal(price), Decimal(score), unbeaten, f"/models/{name}", name)


def box(dot: Dot) -> tuple[float, float, float, float]:
    """The room of a name, as wide as the narrowest of its letters allow."""
    assert dot.label is not None
    wide = len(dot.spot.name) * 5.0
    left = {"start": 0.0, "middle": wide / 2, "end": wide}[dot.label.anchor]
    return dot.label.x - left, dot.label.y - 5, dot.label.x - left + wide, dot.label.y + 5


@given(
    st.lists(
        st.tuples(
            st.decimals("0.01", "100", places=2), st.decimals("0", "100", places=1), st.booleans()
        ),
        min_size=1,
        max_size=40,
    )
)
def test_no_name_lies_on_another(rows: list[tuple[Decimal, Decimal, bool]]) -> None:
    drawn = scatter(
        "t",
        [spot(f"model-{n}", f"{p}", f"{s}", unbeaten=u) for n, (p, s, u) in enumerate(rows)],
        name="dots",
        across="x",
    )
    assert drawn is not None
    boxes = [box(dot) for dot in drawn.dots if dot.label]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert (
                one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
            )
    assert len(drawn.dots) == len(rows)


def test_a_dearer_one_stands_further_right_and_a_better_one_higher() -> None:
    drawn = scatter(
        "t",
        [spot("cheap", "0.1", "50"), spot("dear", "1", "60"), spot("dearest", "10", "70")],
        name="dots",
        across="x",
    )
    assert drawn is not None
    cheap, dear, dearest = drawn.dots
    assert cheap.x < dear.x < dearest.x
    assert abs((dear.x - cheap.x) - (dearest.x - dear.x)) < 0.2, "ten times is one width"
    assert cheap.y > dear.y > dearest.y


def test_nothing_is_drawn_of_nothing() -> None:
    assert scatter("t", [], name="dots", across="x") is None


@pytest.mark.usefixtures("launch")
def test_those_that_nobody_beats_and_the_same_as_a_table(client: Client) -> None:
    said = text(client, "/frontier", at="2026-04-25")
    table = said.partition("The same as a table")[2]
    assert re.search(r"deepseek/deepseek-v4-flash about 78 % .*? nobody", table)
    assert re.search(r"openai/gpt-5.5 88.7 % .*? nobody", table)
    assert "Only readings under equal conditions: not told" in said


@pytest.mark.usefixtures("launch")
@pytest.mark.parametrize(
    ("asked", "price"),
    [
        ({}, "$11.25"),
        ({"ratio": "1:1"}, "$17.50"),
        ({"x": "input_tokens"}, "$5.00"),
        ({"x": "output_tokens"}, "$30.00"),
    ],
)
def test_the_price_is_the_asked_one(client: Client, asked: dict[str, str], price: str) -> None:
    table = text(client, "/frontier", at="2026-04-25", **asked).partition("as a table")[2]
    assert price in table


@pytest.mark.usefixtures("launch")
def test_what_a_score_cost_month_by_month(client: Client) -> None:
    said = text(client, "/frontier", at="2026-06-10", least="80").partition("month by month")[2]
    assert "1 May 2026 deepseek/deepseek-v4-pro 85 $2.175" in said
    dear = text(client, "/frontier", at="2026-06-10", least="88").partition("month by month")[2]
    assert "1 May 2026 openai/gpt-5.5 88.7 $11.25" in dear
    none = text(client, "/frontier", at="2026-06-10", least="99").partition("month by month")[2]
    assert "nobody with a known price" in none


@pytest.mark.usefixtures("launch")
def test_a_step_through_time_needs_no_script(client: Client) -> None:
    page = client.get("/frontier?at=2026-05-01").content.decode()
    assert 'rel="prev" href="/frontier?at=2026-04-01"' in page
    assert 'rel="next" href="/frontier?at=2026-06-01"' in page
    assert 'rel="prev" href="/frontier?at=2026-05-01"' in (
        client.get("/frontier?at=2026-05-20").content.decode()
    )


@pytest.mark.usefixtures("launch")
def test_the_slider_is_a_form_that_needs_no_script(client: Client) -> None:
    with JUNE:
        page = client.get("/frontier?at=2026-05-01&least=80").content.decode()
    form = page[page.index('class="slider"') : page.index("</form>", page.index('class="slider"'))]
    assert 'type="range" id="month" name="month" min="-36" max="0" step="1" value="-2"' in form
    assert '<option value="-2" label="May 2026"></option>' in form
    assert '<option value="0" label="now"></option>' in form
    assert "1 May 2026</output>" in form
    assert '<input type="hidden" name="least" value="80">' in form
    assert 'name="at"' not in form


@pytest.mark.usefixtures("launch")
@pytest.mark.parametrize(
    ("month", "address"),
    [
        ("-2", "/frontier?least=80&at=2026-05-01"),
        ("-1", "/frontier?least=80&at=2026-06-01"),
        ("-36", "/frontier?least=80&at=2023-07-01"),
        ("0", "/frontier?least=80"),
    ],
)
def test_the_slider_leads_to_the_address_that_keeps_the_month(
    client: Client, month: str, address: str
) -> None:
    with JUNE:
        answer = client.get(f"/frontier?least=80&at=2026-01-01&month={month}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == address


@pytest.mark.usefixtures("launch")
@pytest.mark.parametrize("month", ["1", "-37", "x", "-0", ""])
def test_a_place_that_the_slider_has_not_is_refused(client: Client, month: str) -> None:
    assert "month" in text(client, "/frontier", status=400, month=month)


@pytest.mark.usefixtures("launch")
def test_each_month_leads_to_the_receipts_of_its_score_and_its_price(client: Client) -> None:
    page = client.get("/frontier?at=2026-06-10&least=88").content.decode()
    row = page.partition("month by month")[2]
    point = ScorePoint.objects.get(series__model__slug="gpt-5.5", value="88.7")
    assert f'href="/receipts/scores/{point.pk}?at=2026-06-10">88.7</a>' in row
    prices = re.findall(r'href="/receipts/(\d+)\?at=2026-06-10">receipt', row)
    meters = PricePoint.objects.filter(pk__in=prices).values_list("series__meter", flat=True)
    assert set(meters) == {"input_tokens", "output_tokens"}


@pytest.mark.usefixtures("launch")
def test_where_nobody_reaches_80_the_usual_score_is_in_the_middle(client: Client) -> None:
    said = text(client, "/frontier", at="2026-04-25", benchmark="swe-bench-pro")
    assert "What 55 % on SWE-bench Pro cost" in said
    assert "What 80 % on Terminal-Bench cost" in (
        text(client, "/frontier", at="2026-04-25", benchmark="terminal-bench")
    )


@pytest.mark.usefixtures("launch")
def test_every_point_can_be_reached_and_says_what_it_is(client: Client) -> None:
    page = client.get(f"/frontier?{DAY}").content.decode()
    [told] = re.findall(r'aria-label="(openai/gpt-5.5: [^"]+)"', page)
    assert told == "openai/gpt-5.5: 88.7 % at $11.25, beaten by nobody"


@pytest.mark.usefixtures("launch")
@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"x": "cache"}, "x"),
        ({"ratio": "3:0"}, "ratio"),
        ({"ratio": "1:2:3"}, "ratio"),
        ({"setup": "effort"}, "setup"),
        ({"least": "much"}, "least"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(
    client: Client, asked: dict[str, str], field: str
) -> None:
    assert field in text(client, "/frontier", status=400, **asked)


@pytest.mark.usefixtures("launch")
def test_a_benchmark_that_is_not_held_is_missing(client: Client) -> None:
    text(client, "/frontier", status=404, benchmark="no-such")


@pytest.mark.django_db
def test_a_registry_without_benchmarks_says_so(client: Client) -> None:
    assert "No benchmark is known here yet" in text(client, "/frontier")

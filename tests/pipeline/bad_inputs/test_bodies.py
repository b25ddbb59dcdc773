"""Whole bodies that are not believed: rows 17, 32 to 38 and 43."""

from __future__ import annotations

from datetime import timedelta

import pytest

from registry.ingest.models import Run, Source, SourceEntry
from registry.ingest.runs import Delivery
from registry.pipeline.stages import process
from tests.pipeline.bad_inputs.spoilt import FEEDS
from tests.pipeline.bodies import Figures, deepseek_page, litellm, models_dev, per_token
from tests.pipeline.taking import card, deliver, head_number, moment, reviews

pytestmark = pytest.mark.usefixtures("sources")

ROWS = tuple(f"openai/model-{number:02}" for number in range(20))
PAGE = FEEDS["DeepSeek's page"]
GOOD_PAGE = PAGE.write({})


def prices(number: int, times: float = 1) -> dict[str, str]:
    """Prices of the row of that number: no two rows ask the same."""
    return {"input": f"{(1 + number / 10) * times:.4g}", "output": f"{(4 + number) * times:.4g}"}


def feed(changed: dict[int, Figures] | None = None, *, rows: tuple[str, ...] = ROWS) -> bytes:
    """The rows at their prices, some of them at others."""
    return models_dev({name: (changed or {}).get(n, prices(n)) for n, name in enumerate(rows)})


def cents(numbers: range) -> dict[int, Figures]:
    """Other prices, each by a factor of its own."""
    return {n: prices(n, 1.1 + n / 50) for n in numbers}


UNBELIEVED = {
    "a third of all prices": (17, feed(cents(range(7))), "many_changes"),
    "every price in yuan": (17, feed({n: prices(n, 7.1) for n in range(20)}), "many_changes"),
    "a quarter by one factor": (17, feed({n: prices(n, 2) for n in range(6)}), "one_factor"),
    "thousandths": (17, feed({n: prices(n, 0.001) for n in range(20)}), "many_changes"),
    "an eighth of the rows gone": (34, feed(rows=ROWS[:17]), "rows_lost"),
    "the first half only": (34, feed(rows=ROWS[:10]), "rows_lost"),
    "rows slipped by one": (43, feed({n: prices(n - 1) for n in range(4, 9)}), "rows_slipped"),
    "two rows slipped": (43, feed({n: prices(n - 1) for n in (4, 5)}), "rows_slipped"),
    "rows slipped up": (43, feed({n: prices(n + 1) for n in range(4, 8)}), "rows_slipped"),
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.bad_input(row)) for n, (row, _, _) in UNBELIEVED.items()],
)
def test_a_body_that_cannot_be_believed_is_held_whole(name: str) -> None:
    _, body, reason = UNBELIEVED[name]
    deliver("models-dev", feed(), "2026-04-01")
    run = deliver("models-dev", body, "2026-04-02")
    assert (run.outcome, run.fault) == (Run.Outcome.HELD, reason)
    assert [(item.offer, item.outcome, item.reason) for item in reviews()] == [("", "hold", reason)]
    assert all(
        card(one, "2026-04-02")["input_tokens"] == prices(n)["input"] for n, one in enumerate(ROWS)
    )
    assert head_number() == 1


@pytest.mark.bad_input(17)
def test_a_few_prices_of_one_family_are_taken() -> None:
    deliver("models-dev", feed(), "2026-04-01")
    run = deliver("models-dev", feed(cents(range(6))), "2026-04-02")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert card(ROWS[1], "2026-04-02")["input_tokens"] == prices(1, 1.12)["input"]


WRONG_BODIES = {
    "a challenge": (32, PAGE.source, b"<html><title>Just a moment...</title>", "wrong_page"),
    "a login": (32, PAGE.source, b"<html><form action='/login'></form></html>", "wrong_page"),
    "the home page": (32, PAGE.source, b"<html><h1>DeepSeek</h1></html>", "wrong_page"),
    "a soft 404": (32, "models-dev", b"<!doctype html><h1>Not found</h1>", "wrong_format"),
    "no rows": (33, "models-dev", b"{}", "no_rows"),
    "providers without models": (33, "models-dev", b'{"openai": {"models": {}}}', "no_rows"),
    "an empty list": (33, "openrouter", b'{"data": []}', "no_rows"),
    "an empty table": (
        34, PAGE.source, GOOD_PAGE.replace(b"1M OUTPUT TOKENS", b"1M OUTPUT"), "anchor_missing"),
    "a page cut before its end": (35, PAGE.source, GOOD_PAGE[:-20], "cut_short"),
    "a page cut within its table": (35, PAGE.source, GOOD_PAGE[:400], "cut_short"),
    "a feed cut short": (35, "models-dev", feed()[:-40], "wrong_format"),
    "another format": (36, "models-dev", b"input,output\n3,15\n", "wrong_format"),
    "another character set": (
        36, "models-dev", feed().decode().encode("utf-16"), "wrong_format"),
    "a column renamed": (
        43, PAGE.source, GOOD_PAGE.replace(b"(CACHE MISS)", b"(FRESH)"), "anchor_missing"),
}  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.bad_input(row)) for n, (row, *_) in WRONG_BODIES.items()],
)
def test_a_body_that_is_another_is_rejected_and_what_stood_stands(name: str) -> None:
    _, source, body, fault = WRONG_BODIES[name]
    good = {"models-dev": feed(), PAGE.source: GOOD_PAGE, "openrouter": FEEDS["OpenRouter"].write(
        FEEDS["OpenRouter"].good)}  # fmt: skip
    deliver(source, good[source], "2026-04-01")
    before = head_number()
    run = deliver(source, body, "2026-04-02")
    assert (run.outcome, run.fault) == (Run.Outcome.REJECTED, fault), run.detail
    assert run.detail
    assert head_number() == before == 1
    assert set(SourceEntry.objects.values_list("missed_runs", flat=True)) == {0}


@pytest.mark.bad_input(36)
def test_broken_bytes_in_a_figure_reject_its_card_and_in_prose_do_not() -> None:
    deliver(PAGE.source, GOOD_PAGE, "2026-04-01")
    figure = GOOD_PAGE.replace(b"<td>$1.74</td>", b"<td>$1\xff74</td>")
    deliver(PAGE.source, figure, "2026-04-02")
    assert card(PAGE.offer, "2026-04-02")["input_tokens"] == "1.74"
    assert [(item.offer, item.outcome) for item in reviews()] == [(PAGE.offer, "reject")]
    prose = GOOD_PAGE.replace(b"</table>", b"</table><p>caf\xe9</p>").replace(b"3.48", b"3.5")
    run = deliver(PAGE.source, prose, "2026-04-03")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert card(PAGE.offer, "2026-04-03")["output_tokens"] == "3.5"
    assert reviews() == []


def dated(body: bytes, day: str, last_modified: str) -> Run:
    run = process(
        Delivery(
            source="models-dev",
            body=body,
            at=moment(day),
            slot=day,
            last_modified=last_modified,
            fresh_until=moment(day) + timedelta(days=9),
        )
    )
    assert run is not None
    return run


@pytest.mark.bad_input(37)
@pytest.mark.parametrize(
    "older", ["Tue, 31 Mar 2026 11:59:59 GMT", "Mon, 01 Dec 2025 00:00:00 GMT"]
)
def test_a_body_older_than_the_one_taken_is_held(older: str) -> None:
    dated(feed(), "2026-04-01", "Tue, 31 Mar 2026 12:00:00 GMT")
    run = dated(feed(cents(range(3))), "2026-04-02", older)
    assert (run.outcome, run.fault) == (Run.Outcome.HELD, "rolled_back")
    assert card(ROWS[1], "2026-04-02")["input_tokens"] == prices(1)["input"]
    assert [item.reason for item in reviews()] == ["rolled_back"]


@pytest.mark.bad_input(38)
@pytest.mark.parametrize("body", [feed(), None], ids=["equal bytes", "not modified"])
def test_the_same_again_only_moves_freshness_on(body: bytes | None) -> None:
    deliver("models-dev", feed(), "2026-04-01", fresh_days=2)
    run = deliver("models-dev", body, "2026-04-02", fresh_days=2)
    assert run.outcome == Run.Outcome.UNCHANGED
    assert head_number() == 1
    assert Source.objects.get(slug="models-dev").fresh_until == moment("2026-04-04")


@pytest.mark.bad_input(43)
def test_columns_in_another_order_are_read_by_their_names() -> None:
    deliver(PAGE.source, GOOD_PAGE, "2026-04-01")
    before = card(PAGE.offer, "2026-04-01")
    turned = deepseek_page(
        {
            "deepseek-v4-pro": ("1.74", "3.48", "0.145"),
            "deepseek-v4-flash": ("0.14", "0.28", "0.028"),
        }
    )
    run = deliver(PAGE.source, turned, "2026-04-02")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert card(PAGE.offer, "2026-04-02") == before
    row = b'<tr><td colspan="2">1M WISHES</td><td>$9</td><td>$9</td></tr>\n'
    place = turned.index(b'<tr><td colspan="2">1M OUTPUT')
    deliver(PAGE.source, turned[:place] + row + turned[place:], "2026-04-03")
    assert card(PAGE.offer, "2026-04-03") == before
    reordered = litellm(
        {"gpt-9": dict(reversed(per_token("3", "15").items())), "gpt-8": per_token("3", "15")}
    )
    deliver("litellm", reordered, "2026-04-01")
    assert card("openai/gpt-9", "2026-04-03")["output_tokens"] == "15"

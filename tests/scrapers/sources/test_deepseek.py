"""DeepSeek's page: promotions with and without an end, hours of peak, bytes broken on the way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry.pricing.hours import Hours
from registry.pricing.quotes import QuoteError, read_quote
from scrapers.claims import EntryFault, OfferClaim, PageError, PageFault
from scrapers.sources import deepseek
from tests.scrapers.sources.rates import prices

RECORDINGS = Path(__file__).parents[3] / "fixtures" / "recordings" / "deepseek"
PROMOTION = (RECORDINGS / "promotion.html").read_text(encoding="utf-8")
PEAK = (RECORDINGS / "peak.html").read_text(encoding="utf-8")
CHINESE = (RECORDINGS / "chinese.html").read_bytes()


def read(body: str | bytes) -> dict[str, OfferClaim]:
    raw = body if isinstance(body, bytes) else body.encode()
    return {
        claim.model_id: claim for entry in deepseek.split(raw) for claim in deepseek.read(entry)
    }


def test_a_promotion_is_the_card_now_and_the_list_price_the_card_after_it() -> None:
    pro = read(PROMOTION)["deepseek-v4-pro"]
    assert prices(pro.quotes)["input_tokens", ""] == "0.435"
    (then,) = pro.scheduled
    assert then.starts_at == datetime(2026, 5, 31, 15, 59, tzinfo=UTC)
    assert prices(then.quotes)["input_tokens", ""] == "1.74"
    assert pro.remarks == ()


def test_an_unreadable_list_price_is_remarked_on_too() -> None:
    pro = read(PROMOTION.replace("<del>$1.74</del>", "<del>.74</del>"))["deepseek-v4-pro"]
    assert [(remark.fault, remark.value) for remark in pro.remarks] == [
        (EntryFault.NOT_A_FIGURE, ".74")
    ]


def test_a_promotion_without_an_end_is_remarked_on() -> None:
    pro = read(PROMOTION.replace("until 2026/05/31 15:59 UTC", "for now"))["deepseek-v4-pro"]
    assert {remark.fault for remark in pro.remarks} == {EntryFault.PROMOTION_WITHOUT_END}
    assert pro.scheduled == ()


def test_a_promotion_that_ends_on_no_day_is_remarked_on() -> None:
    pro = read(PROMOTION.replace("2026/05/31", "2026/05/32"))["deepseek-v4-pro"]
    assert {remark.fault for remark in pro.remarks} == {EntryFault.PROMOTION_WITHOUT_END}


def test_a_row_without_one_of_its_cells_is_an_error() -> None:
    with pytest.raises(PageError) as caught:
        read(PROMOTION.replace("<td>$0.14</td>", ""))
    assert caught.value.fault is PageFault.WRONG_FORMAT


def test_the_end_of_one_models_promotion_is_not_anothers() -> None:
    body = PROMOTION.replace("$0.28</td>", "$0.14 (50% off)<del>$0.28</del></td>")
    claims = read(body)
    assert claims["deepseek-v4-pro"].remarks == ()
    assert [remark.fault for remark in claims["deepseek-v4-flash"].remarks] == [
        EntryFault.PROMOTION_WITHOUT_END
    ]


def test_a_struck_figure_without_a_word_on_it_is_remarked_on() -> None:
    pro = read(PROMOTION.replace(" (75% off<sup>(3)</sup>)", ""))["deepseek-v4-pro"]
    assert {remark.fault for remark in pro.remarks} == {EntryFault.NOT_A_FIGURE}
    assert pro.quotes == ()


def test_both_periods_have_explicit_hours_that_fill_the_week() -> None:
    flash = read(PEAK)["deepseek-v4-flash"]
    hours = {quote.terms.hours for quote in flash.quotes if quote.meter == "input_tokens"}
    assert {h.text for h in hours if h} == {deepseek.PEAK.text, deepseek.PEAK.complement().text}
    assert prices(flash.quotes)["input_tokens", f"hours={deepseek.PEAK.text}"] == "0.44"


def test_hours_that_the_page_states_go_before_the_known_ones() -> None:
    note = "<p>(1) Peak hours are 02:00-05:00 and 07:00-11:00 UTC daily</p>"
    flash = read(PEAK.replace("</main>", f"{note}</main>"))["deepseek-v4-flash"]
    stated = Hours.parse("02:00-05:00,07:00-11:00")
    assert prices(flash.quotes)["input_tokens", f"hours={stated.text}"] == "0.44"
    assert flash.remarks == ()


@pytest.mark.parametrize(
    "note",
    [
        "Peak hours are 09:00-12:00 (UTC+8) on weekdays",
        "The peak begins at 09:00 UTC",
        "Off-peak hours are 10:00-01:00 UTC on weekdays",
        "Peak hours end, off-peak hours are 10:00-01:00 UTC daily",
        "Peak hours are 21:00-25:00 UTC daily",
        "Peak hours are 02:00-05:00 UTC daily. From 06:00 on peak prices hold too",
    ],
)
def test_hours_that_are_not_understood_are_remarked_on(note: str) -> None:
    claims = read(PEAK.replace("</main>", f"<p>{note}</p></main>"))
    assert {remark.fault for claim in claims.values() for remark in claim.remarks} == {
        EntryFault.BAD_HOURS
    }


def test_a_period_without_its_other_is_an_error() -> None:
    body = PEAK.replace("<tr><td>PEAK</td><td>$1.32</td><td>$3.96</td></tr>", "")
    body = body.replace('<td rowspan="2">1M OUTPUT', "<td>1M OUTPUT")
    with pytest.raises(PageError) as caught:
        read(body.replace('rowspan="6"', 'rowspan="5"'))
    assert caught.value.fault is PageFault.ANCHOR_MISSING


def test_an_unknown_row_among_the_prices_is_remarked_on() -> None:
    row = "<tr><td>1M IMAGE TOKENS</td><td>$9</td><td>$9</td></tr>"
    body = PROMOTION.replace('rowspan="3"', 'rowspan="4"').replace("</table>", f"{row}</table>")
    assert {
        (remark.fault, remark.value) for claim in read(body).values() for remark in claim.remarks
    } == {(EntryFault.UNKNOWN_FIELD, "$9")}


def test_broken_bytes_in_prose_do_no_harm() -> None:
    body = CHINESE.replace(b"</main>", "<p>模型名".encode() + b"\xe5\xb0</p></main>")
    assert prices(read(body)["deepseek-v4-pro"].quotes) == {
        ("cache_read_tokens", ""): "0.025",
        ("input_tokens", ""): "3",
        ("output_tokens", ""): "6",
    }


def test_broken_bytes_in_a_figure_are_refused() -> None:
    claim = read(CHINESE.replace("0.025元".encode(), b"0.02\xe5" + "元".encode()))[
        "deepseek-v4-pro"
    ]
    (broken,) = (quote for quote in claim.quotes if quote.meter == "cache_read_tokens")
    with pytest.raises(QuoteError):
        read_quote(broken)


def test_a_mangled_charset_is_refused() -> None:
    claim = read(PROMOTION.replace("<td>$0.14</td>", "<td>Â$0.14</td>"))["deepseek-v4-flash"]
    (mangled,) = (quote for quote in claim.quotes if quote.meter == "input_tokens")
    with pytest.raises(QuoteError):
        read_quote(mangled)


def test_the_two_editions_are_two_currencies() -> None:
    assert {q.currency for claim in read(PROMOTION).values() for q in claim.quotes} == {"USD"}
    assert {q.currency for claim in read(CHINESE).values() for q in claim.quotes} == {"CNY"}


def test_a_page_without_a_row_of_facts_still_has_its_prices() -> None:
    pro = read(PEAK.replace("CONTEXT LENGTH", "CONTEXT").replace("MODEL VERSION", "VERSION"))
    assert pro["deepseek-v4-pro"].quotes == read(PEAK)["deepseek-v4-pro"].quotes
    assert pro["deepseek-v4-pro"].facts.context_tokens is None


def test_context_and_output_are_facts() -> None:
    facts = read(PEAK)["deepseek-v4-pro"].facts
    assert (facts.name, facts.context_tokens, facts.max_output_tokens) == (
        "DeepSeek-V4-Pro-0813",
        1_000_000,
        384_000,
    )

"""A press article: what it says is kept with its qualifier, what was eaten of it is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.scoring.comparisons import Relation
from scrapers.claims import (
    EntryFault,
    NoteReason,
    OfferClaim,
    PageError,
    PageFault,
    ReadingClaim,
    Statement,
)
from scrapers.sources import tokenmix
from tests.scrapers.sources import boards, publishable
from tests.scrapers.sources.rates import prices

RECORDING = Path(__file__).parents[3] / "fixtures/recordings/tokenmix/gpt-5-5-vs-deepseek-v4.txt"
REAL = "tokenmix/2026-04-24/gpt-5-5-vs-deepseek-v4.txt"
GPT, PRO, FLASH = "gpt-5.5", "deepseek-v4-pro", "deepseek-v4-flash"

# The places at which the recording lost its "$1", each with what was left of the figure.
_LOST = ("\n.74", "\n,100", "\n74 input", "\n4 input", "\n9.60", "\n5 per", "\n.00/MTok")

ANOTHER = """Claude Opus 4.7 or Kimi K2.6?
Moonshot launched Kimi K2.6 on April 20, 2026. TokenMix lists both.
Model
Input $/MTok
Output $/MTok
Cached input
Ratio vs Claude Opus 4.7
Claude Opus 4.7
$5
$25
$0.50
1× (baseline)
Kimi K2.6
$0.95
$4
$0.16
0.19× input, 0.16× output
Kimi K2.6 is 5.3× cheaper on input and 6.25× cheaper on output.
Benchmark
Opus 4.7
Kimi K2.6
SWE-Bench Verified
87.6%
80.2%
Context
1M
256K
FAQ
Is it open?
Kimi K2.6 is Modified MIT open-weight.
"""


def read(text: str) -> tuple[dict[str, OfferClaim], list[ReadingClaim]]:
    claims = [c for entry in tokenmix.split(text.encode()) for c in tokenmix.read(entry)]
    offers = {claim.model_id: claim for claim in claims if isinstance(claim, OfferClaim)}
    return offers, [claim for claim in claims if isinstance(claim, ReadingClaim)]


def recording() -> str:
    return RECORDING.read_text(encoding="utf-8")


def mended() -> str:
    """The recording as it was before its figures were eaten."""
    text = recording()
    for lost in _LOST:
        assert lost in text
        text = text.replace(lost, f"$1{lost[1:]}")
    # In the table the cell has a line of its own.
    return text.replace("V4-Pro$1.74", "V4-Pro\n$1.74")


def stated(claim: OfferClaim, aspect: str, relation: Relation) -> list[Statement]:
    return [s for s in claim.statements if (s.aspect, s.relation) == (aspect, relation)]


def test_whole_prices_are_those_of_the_labs_own_offers(corpus: Path) -> None:
    offers, _ = read((corpus / REAL).read_text(encoding="utf-8"))
    assert {claim.provider for claim in offers.values()} == {"openai", "deepseek"}
    assert prices(offers[GPT].quotes) == {("input_tokens", ""): "5", ("output_tokens", ""): "30"}
    assert prices(offers[FLASH].quotes) == {
        ("input_tokens", ""): "0.14",
        ("output_tokens", ""): "0.28",
    }
    assert not offers[GPT].remarks
    assert not offers[FLASH].remarks


def test_the_eaten_price_holds_its_card_with_what_bill_and_ratio_imply(corpus: Path) -> None:
    offers, _ = read((corpus / REAL).read_text(encoding="utf-8"))
    (remark,) = offers[PRO].remarks
    assert (remark.fault, remark.value) == (EntryFault.EATEN_FIGURE, ".74")
    assert remark.expected.startswith("1.74 by the source's own arithmetic")
    assert "0.35 x 5.00" in remark.expected
    assert "100 x it + 69.60 = 243.60" in remark.expected
    assert {quote.meter for quote in offers[PRO].quotes} == {"output_tokens"}
    (of_the_older,) = offers["gpt-5.4"].remarks
    assert (of_the_older.value, of_the_older.expected[:3]) == ("5", "15 ")


def test_eaten_bills_are_held_each_with_its_suggestion(corpus: Path) -> None:
    offers, _ = read((corpus / REAL).read_text(encoding="utf-8"))
    held = {
        (model, statement.aspect, statement.text): statement.remarks[0].expected.split(" ")[0]
        for model, claim in offers.items()
        for statement in claim.statements
        if statement.remarks
    }
    assert held == {
        (GPT, "bill", ",100"): "1100",
        (PRO, "bill of input_tokens", "74"): "174",
        (FLASH, "bill of input_tokens", "4"): "14",
        (FLASH, "bill", "9.60"): "19.60",
    }


def test_ratios_and_gaps_are_kept_as_the_articles_word(corpus: Path) -> None:
    offers, _ = read((corpus / REAL).read_text(encoding="utf-8"))
    flash, pro, gpt = offers[FLASH], offers[PRO], offers[GPT]
    (cheaper,) = stated(flash, "input_tokens", Relation.TIMES_CHEAPER)
    assert (cheaper.text, cheaper.baseline) == ("37", ("openai", GPT))
    assert [s.text for s in stated(flash, "output_tokens", Relation.TIMES_CHEAPER)] == ["107"]
    assert [s.text for s in stated(flash, "cache_read_tokens", Relation.TIMES_CHEAPER)] == ["17"]
    assert [s.text for s in stated(flash, "bill", Relation.TIMES_CHEAPER)] == ["56"]
    assert [s.text for s in stated(pro, "input_tokens", Relation.TIMES)] == ["0.35"]
    assert [s.text for s in stated(pro, "context_tokens", Relation.TIMES)] == ["4"]
    gaps = {(s.aspect, s.text, s.baseline) for s in gpt.statements
            if s.relation is Relation.POINTS_AHEAD}  # fmt: skip
    assert ("SWE-Bench Verified", "3.7", ("deepseek", PRO)) in gaps
    assert ("Terminal-Bench 2.0", "~7", ("deepseek", PRO)) in gaps


def test_claims_and_forecasts_keep_their_qualifier(corpus: Path) -> None:
    offers, readings = read((corpus / REAL).read_text(encoding="utf-8"))
    (hallucination,) = stated(offers[GPT], "Hallucination", Relation.PERCENT_CHANGE)
    assert (hallucination.text, hallucination.baseline) == ("-60% (claimed)", None)
    notes = {(note.reason, note.value) for claim in offers.values() for note in claim.notes}
    assert (NoteReason.APPROXIMATE, "~$0.50") in notes
    assert (NoteReason.FORECAST, "~$0.50-.00") in notes
    assert "gpt-5.5-mini" not in offers
    said = {(r.benchmark, r.model): boards.reading_of(r.quote) for r in readings}
    assert len(said) == 14
    assert ("AIME 2025", GPT) not in said
    approximate = {key for key, r in said.items() if r and r.qualifier == "approximate"}
    assert {model for _, model in said.keys() - approximate} == {GPT}


def test_facts_are_read_where_they_are_said(corpus: Path) -> None:
    offers, _ = read((corpus / REAL).read_text(encoding="utf-8"))
    gpt, pro, flash = (offers[model].facts for model in (GPT, PRO, FLASH))
    assert (gpt.context_tokens, gpt.open_weights, str(gpt.released_on)) == (
        256_000, False, "2026-04-23",
    )  # fmt: skip
    assert gpt.input_modalities == ("text", "image", "audio", "video")
    assert (pro.total_parameters, pro.active_parameters) == (1_600_000_000_000, 49_000_000_000)
    assert (flash.total_parameters, flash.active_parameters) == (284_000_000_000, 13_000_000_000)
    for facts in (pro, flash):
        assert (facts.context_tokens, facts.open_weights) == (1_000_000, True)
        assert (facts.licence, facts.input_modalities) == ("Apache 2.0", ("text",))
        assert (str(facts.released_on), facts.tool_calls) == ("2026-04-24", True)


def test_a_mended_article_prices_every_offer() -> None:
    offers, _ = read(mended())
    assert prices(offers[PRO].quotes)["input_tokens", ""] == "1.74"
    assert prices(offers["gpt-5.4"].quotes)["output_tokens", ""] == "15"
    assert not any(claim.remarks for claim in offers.values())
    assert not any(s.remarks for claim in offers.values() for s in claim.statements)


def test_nothing_eaten_is_publishable() -> None:
    whole = publishable.publishable(read(mended())[0].values())
    left = publishable.publishable(read(recording())[0].values())
    assert left.items() < whole.items()
    assert {model for model, *_ in left} == {GPT, FLASH}


@pytest.mark.parametrize("body", ["", "\n", "<html><title>Just a moment...</title></html>"])
def test_another_page_is_refused(body: str) -> None:
    with pytest.raises(PageError) as caught:
        read(body)
    assert caught.value.fault is PageFault.WRONG_PAGE


def test_an_article_that_is_cut_is_refused_or_says_less(corpus: Path) -> None:
    for text in (recording(), (corpus / REAL).read_text(encoding="utf-8")):
        whole, scores = read(text)
        refused = 0
        for tenth in range(1, 11):
            try:
                left, fewer = read(text[: len(text) * tenth // 11])
            except PageError:
                refused += 1
                continue
            assert {m: c.quotes for m, c in left.items()} == {m: c.quotes for m, c in whole.items()}
            assert fewer == scores
        assert refused >= 8


def test_a_table_that_lost_a_cell_is_refused() -> None:
    with pytest.raises(PageError):
        read(recording().replace("88.7%\n", ""))
    with pytest.raises(PageError):
        read(recording().replace("$30.00\n", ""))


def test_columns_and_rows_may_stand_in_any_order() -> None:
    text = ANOTHER.replace("Opus 4.7\nKimi K2.6\nSWE", "Kimi K2.6\nOpus 4.7\nSWE").replace(
        "87.6%\n80.2%", "80.2%\n87.6%"
    )
    assert text != ANOTHER
    assert boards.publishable(read(text)[1]) == boards.publishable(read(ANOTHER)[1])


def test_another_article_of_the_layout_is_read() -> None:
    offers, readings = read(ANOTHER)
    opus, kimi = offers["claude-opus-4.7"], offers["kimi-k2.6"]
    assert (opus.provider, kimi.provider) == ("anthropic", "moonshotai")
    assert prices(kimi.quotes) == {
        ("input_tokens", ""): "0.95",
        ("output_tokens", ""): "4",
        ("cache_read_tokens", ""): "0.16",
    }
    assert (kimi.facts.context_tokens, kimi.facts.licence) == (256_000, "Modified MIT")
    assert str(kimi.facts.released_on) == "2026-04-20"
    assert {(s.aspect, s.relation, s.text) for s in kimi.statements} == {
        ("input_tokens", Relation.TIMES, "0.19"),
        ("output_tokens", Relation.TIMES, "0.16"),
        ("input_tokens", Relation.TIMES_CHEAPER, "5.3"),
        ("output_tokens", Relation.TIMES_CHEAPER, "6.25"),
    }
    assert {(r.model, r.quote.text) for r in readings} == {
        ("claude-opus-4.7", "87.6%"),
        ("kimi-k2.6", "80.2%"),
    }

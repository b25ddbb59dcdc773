"""A cell more or less, a heading lost: nothing is read as if it were its neighbour."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrapers.claims import EntryFault, PageError, PageFault
from tests.scrapers.sources.real_pages import read_page

RECORDINGS = Path(__file__).parents[3] / "fixtures" / "recordings"
GEMINI = (RECORDINGS / "gemini" / "reader.md").read_text(encoding="utf-8")
ZAI = (RECORDINGS / "zai" / "pricing.html").read_text(encoding="utf-8")
OPENAI = (RECORDINGS / "openai" / "reader.md").read_text(encoding="utf-8")


ROW = "| Input price | Free of charge | $1.50 |"


@pytest.mark.parametrize(
    "damaged", ["| Input price | Free of charge | Free | $1.50 |", "| Input price | $1.50 |"]
)
def test_a_row_of_another_width_is_remarked_on(damaged: str) -> None:
    claims = read_page("gemini", GEMINI.replace(ROW, damaged, 1).encode())
    (flash,) = (claim for claim in claims if claim.model_id == "gemini-3.5-flash")
    assert EntryFault.WRONG_SHAPE in {remark.fault for remark in flash.remarks}


def test_a_sign_may_stand_apart_from_its_figure() -> None:
    parted = GEMINI.replace("$", "$ ")
    assert read_page("gemini", parted.encode()) == read_page("gemini", GEMINI.encode())


def test_ids_that_lost_their_heading_are_an_error() -> None:
    assert "## Veo 3.1\n" in GEMINI
    with pytest.raises(PageError) as caught:
        read_page("gemini", GEMINI.replace("## Veo 3.1\n", "").encode())
    assert caught.value.fault is PageFault.ANCHOR_MISSING


def test_a_price_under_a_lost_heading_is_no_price_of_the_heading_above() -> None:
    assert "<h3>Audio Models</h3>" in ZAI
    known, lost = (
        {quote.meter for claim in read_page("zai", page.encode()) for quote in claim.quotes}
        for page in (ZAI, ZAI.replace("<h3>Audio Models</h3>", ""))
    )
    assert known - lost == {"output_images"}


def test_a_lost_group_of_columns_is_an_error() -> None:
    assert "| Long context |" in OPENAI
    with pytest.raises(PageError) as caught:
        read_page("openai", OPENAI.replace("| Long context |", "|", 1).encode())
    assert caught.value.fault is PageFault.ANCHOR_MISSING

"""SiliconFlow's text, a cell on each line: what is no whole record is no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from scrapers.claims import PageError, PageFault
from tests.scrapers.sources.real_pages import read_page

READER = Path(__file__).parents[3] / "fixtures" / "recordings" / "siliconflow" / "reader.md"


@pytest.mark.parametrize("lost", range(8))
def test_a_record_that_lost_a_line_is_refused(lost: int) -> None:
    lines = READER.read_text(encoding="utf-8").splitlines()
    record = lines.index("Actions") + 1
    cells = [place for place, line in enumerate(lines[record:], record) if line.strip()]
    del lines[cells[lost]]
    with pytest.raises(PageError) as caught:
        read_page("siliconflow", "\n".join(lines).encode())
    assert caught.value.fault is PageFault.WRONG_FORMAT


def test_a_name_and_a_context_in_each_others_place_are_refused() -> None:
    text = READER.read_text(encoding="utf-8")
    turned = text.replace("DeepSeek-V4-Pro\n\n1049K", "1049K\n\nDeepSeek-V4-Pro")
    assert turned != text
    with pytest.raises(PageError):
        read_page("siliconflow", turned.encode())

"""Values of a feed become quotes, remarks or notes; never silence, never a guess."""

from __future__ import annotations

from decimal import Decimal

import pytest

from registry.pricing.terms import Terms
from scrapers.claims import EntryFault, NoteReason
from scrapers.json_text import JsonValue
from scrapers.quoting import MAX_NAME, Card, name_remark, shown


def _quote(card: Card, value: JsonValue, meter: str = "input_tokens", field: str = "price") -> None:
    card.quote(value, meter, per=1, field=field)


@pytest.mark.parametrize("value", [True, [1], {"price": 1}, "0.5"])
def test_what_is_no_number_is_remarked_on(value: JsonValue) -> None:
    card = Card()
    _quote(card, value)
    assert card.quotes == []
    assert [remark.fault for remark in card.remarks] == [EntryFault.NOT_A_FIGURE]


def test_null_is_absent_not_zero() -> None:
    card = Card()
    _quote(card, None)
    assert (card.quotes, card.remarks) == ([], [])


def test_a_text_is_a_figure_where_the_source_writes_texts() -> None:
    card = Card(strings=True)
    _quote(card, "0.0000025")
    assert [quote.text for quote in card.quotes] == ["0.0000025"]


def test_a_figure_said_twice_is_quoted_once_however_it_is_written() -> None:
    card = Card()
    _quote(card, Decimal("5e-06"))
    _quote(card, Decimal("0.0000050"))
    card.settle()
    assert len(card.quotes) == 1
    assert [note.reason for note in card.notes] == [NoteReason.SAID_TWICE]


def test_two_figures_for_one_series_are_a_conflict_that_names_both() -> None:
    card = Card()
    _quote(card, 1, field="first")
    _quote(card, 2, field="second")
    card.settle()
    (remark,) = card.remarks
    assert remark.fault is EntryFault.CONFLICTING_FIGURES
    assert (remark.field, remark.value) == ("second", "2")
    assert remark.expected == "1, as first says"


def test_one_meter_under_two_terms_is_no_conflict() -> None:
    card = Card()
    _quote(card, 1)
    card.quote(2, "input_tokens", per=1, field="batch", terms=Terms(tier="batch"))
    card.settle()
    assert len(card.quotes) == 2
    assert card.remarks == []


@pytest.mark.parametrize(
    "name",
    ["", "  ", "gpt\x00", "gpt\n5", "gpt\u200b-5", "gpt\u202e5", "\ue000", "gрt-5.5", "ｇpt-5.5",
     "𝗀pt-5.5", "αlpha-a", "x" * (MAX_NAME + 1)],
)  # fmt: skip
def test_a_name_that_deceives_is_refused(name: str) -> None:
    remark = name_remark(name, "id")
    assert remark is not None
    assert remark.fault is EntryFault.BAD_NAME


@pytest.mark.parametrize(
    "name",
    ["gpt-5.5", "<script>alert(1)</script>", "=HYPERLINK()", "通义千问 Qwen-Plus", "Модель-5",
     "Mistral Médium", "@cf/meta/llama-2-7b", "x" * MAX_NAME],
)  # fmt: skip
def test_a_readable_name_is_taken_as_text(name: str) -> None:
    assert name_remark(name, "id") is None


def test_a_long_value_is_shown_cut() -> None:
    assert shown("y" * 1_000) == "y" * 120 + "..."
    assert shown({"a": [True, None]}) == '{"a": [true, null]}'
    assert shown(Decimal("5E-7")) == "5E-7"

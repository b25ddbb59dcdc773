"""One entry written to do harm is kept back; the rest of its body is taken."""

from __future__ import annotations

import pytest

from registry.ingest.models import Run
from tests.pipeline.bodies import FILLERS, models_dev, priced
from tests.pipeline.taking import card, deliver, head_number, offer, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"


def feed(*names: str, **facts: str) -> bytes:
    return models_dev(priced((*FILLERS, *names), "3", "15"), facts=facts)


HOSTILE_NAMES = {
    "NUL": "openai/gpt\x00-9",
    "NUL in the provider": "open\x00ai/gpt-9",
    "a mark that turns the text around": "openai/gpt\u202e-9",
    "half a character": "openai/gpt\ud800-9",
    "letters of another alphabet": "openai/g\u0440t-9",
    "over 200 characters": f"openai/{'x' * 201}",
    "over 300 characters": f"openai/{'x' * 400}",
    "a long provider": f"{'x' * 400}/gpt-9",
}


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_an_item_and_no_other_row_suffers(name: str) -> None:
    run = deliver("models-dev", feed(HOSTILE_NAMES[name]), "2026-04-01")
    assert (run.outcome, run.detail) == (Run.Outcome.PUBLISHED, "")
    assert card(FILLERS[0], "2026-04-01") == {"input_tokens": "3", "output_tokens": "15"}
    assert [(item.outcome, item.reason) for item in reviews()] == [("reject", "bad_name")]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_read_again_is_the_same_item(name: str) -> None:
    body = feed(HOSTILE_NAMES[name])
    deliver("models-dev", body, "2026-04-01")
    run = deliver("models-dev", body + b"\n", "2026-04-02")
    assert (run.outcome, run.counts["changed"]) == (Run.Outcome.PUBLISHED, 0)
    assert len(reviews(state=None)) == 1
    assert head_number() == 1


HOSTILE_TEXTS = {
    "NUL": '"GPT\\u0000 9"',
    "half a character": '"GPT\\ud800 9"',
    "10,000 characters": f'"{"x" * 10_000}"',
}


@pytest.mark.parametrize("name", HOSTILE_TEXTS)
def test_a_hostile_text_among_the_facts_does_not_keep_the_prices_back(name: str) -> None:
    body = feed(GPT, name=HOSTILE_TEXTS[name], knowledge=HOSTILE_TEXTS[name])
    run = deliver("models-dev", body, "2026-04-01")
    assert (run.outcome, run.detail) == (Run.Outcome.PUBLISHED, "")
    assert card(GPT, "2026-04-01") == {"input_tokens": "3", "output_tokens": "15"}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "=HYPERLINK()", "'; DROP TABLE offer; --"]
)
def test_markup_formulas_and_statements_in_a_name_are_text(text: str) -> None:
    deliver("models-dev", feed(f"openai/{text}"), "2026-04-01")
    assert reviews() == []
    assert offer(f"openai/{text}").provider_model_id == text
    assert card(f"openai/{text}", "2026-04-01")["input_tokens"] == "3"

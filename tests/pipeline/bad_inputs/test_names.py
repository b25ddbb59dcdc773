"""Names that lead nowhere, or to two things, or are written to deceive: rows 29 to 31."""

from __future__ import annotations

import pytest

from registry.catalog.models import Model, ModelAlias
from registry.catalog.questions import open_questions
from registry.ingest.models import Run
from tests.pipeline.bodies import FILLERS, litellm, models_dev, per_token, priced
from tests.pipeline.taking import card, deliver, offer, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"


@pytest.mark.bad_input(30)
@pytest.mark.parametrize(
    "name",
    [
        "openai/g\u0440t-9",
        "openai/\uff47pt-9",
        "openai/gpt\u202e-9",
        "openai/gpt\u200b-9",
        "openai/gpt\x00-9",
        f"openai/{'x' * 201}",
    ],
    ids=ascii,
)
def test_a_deceiving_name_is_rejected_and_the_real_one_keeps_its_price(name: str) -> None:
    good = priced((*FILLERS, GPT), "3", "15")
    deliver("models-dev", models_dev(good), "2026-04-01")
    run = deliver("models-dev", models_dev(good | priced((name,), "0.1", "0.2")), "2026-04-02")
    assert run.outcome == Run.Outcome.PUBLISHED
    assert card(GPT, "2026-04-02") == {"input_tokens": "3", "output_tokens": "15"}
    assert {(item.outcome, item.reason) for item in reviews()} == {("reject", "bad_name")}


@pytest.mark.bad_input(31)
@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '=HYPERLINK("http://x")', "@SUM(1)", "<img onerror=x>"]
)
def test_markup_and_formulas_are_text(text: str) -> None:
    deliver("litellm", litellm({text: per_token("3", "15")}), "2026-04-01")
    assert reviews() == []
    assert offer(f"openai/{text}").provider_model_id == text
    assert card(f"openai/{text}", "2026-04-01")["input_tokens"] == "3"


@pytest.mark.bad_input(29)
def test_a_name_that_two_models_own_links_to_neither() -> None:
    owned = priced(("openai/gpt-5.5", "xai/grok-4"), "3", "15")
    deliver("models-dev", models_dev(owned | priced(FILLERS, "3", "15")), "2026-07-01")
    for text, owner in (("the-model", "gpt-5.5"), ("The-Model", "grok-4")):
        ModelAlias.objects.create(text=text, model=Model.objects.get(slug=owner))
    shared = priced(("groq/the-model",), "1", "2")
    deliver("models-dev", models_dev(owned | priced(FILLERS, "3", "15") | shared), "2026-07-02")
    assert offer("groq/the-model").model is None
    [question] = open_questions("groq")
    assert (question.reason, question.candidates) == (
        "ambiguous", ("openai/gpt-5.5", "xai/grok-4"),
    )  # fmt: skip
    assert card("openai/gpt-5.5", "2026-07-02")["input_tokens"] == "3"

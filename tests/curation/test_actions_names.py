"""Identity by a person's word: aliases and merges, and whom nobody listens to."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from registry.catalog.models import Lab, Model, ModelAlias
from registry.curation import actions
from registry.curation.models import AuditEvent
from registry.curation.signals import ask_wanted
from registry.ingest.models import Source
from tests.curation.deciding import hand
from tests.pipeline.bodies import FILLERS, litellm, models_dev, per_token, priced
from tests.pipeline.taking import card, deliver, moment, offer

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
ODD = "fireworks-ai/strange-name-x"


def feed(*names: str, price: str = "3") -> bytes:
    return models_dev(priced(FILLERS, "3", "15") | priced(names, price, "60"))


def model(ref: str) -> Model:
    lab, _, slug = ref.partition("/")
    made, _ = Lab.objects.get_or_create(slug=lab, defaults={"name": lab})
    return Model.objects.create(lab=made, slug=slug, name=slug)


def test_an_alias_links_every_offer_that_bears_it_and_undoing_unlinks_them() -> None:
    deliver("models-dev", feed(ODD), "2026-04-01")
    assert offer(ODD).model is None
    strange = model("somelab/strange")
    answered = actions.link_alias("strange-name-x", strange.pk, **hand("2026-04-02"))
    assert offer(ODD).model == strange
    assert "fireworks-ai/strange-name-x is somelab/strange" in answered.event.changed
    actions.undo(answered.event.pk, **hand("2026-04-03"))
    assert offer(ODD).model is None
    assert not ModelAlias.objects.filter(text="strange-name-x").exists()


def test_an_alias_that_another_model_owns_is_refused() -> None:
    one, other = model("somelab/one"), model("somelab/other")
    actions.link_alias("uno", one.pk, **hand("2026-04-02"))
    with pytest.raises(actions.ActionRefused, match="somelab/one"):
        actions.link_alias("UNO", other.pk, **hand("2026-04-03"))


def test_what_is_said_of_a_merged_offer_is_said_of_the_other() -> None:
    deliver("models-dev", feed(GPT), "2026-04-01")
    deliver("litellm", litellm({"gpt-9-alias": per_token("3", "60")}), "2026-04-02")
    old = "openai/gpt-9-alias"
    actions.merge_offers(offer(old).pk, offer(GPT).pk, **hand("2026-04-03"))
    assert card(old, "2026-04-03") == {}
    assert offer(old).status == "withdrawn"
    deliver("models-dev", feed(GPT, price="4"), "2026-04-04")
    deliver("litellm", litellm({"gpt-9-alias": per_token("4", "60")}), "2026-04-05")
    assert card(old, "2026-04-05") == {}
    assert card(GPT, "2026-04-05")["input_tokens"] == "4"


def test_a_merge_of_offers_is_undone() -> None:
    deliver("models-dev", feed(GPT, "openai/gpt-9-b"), "2026-04-01")
    merged = actions.merge_offers(offer("openai/gpt-9-b").pk, offer(GPT).pk, **hand("2026-04-03"))
    actions.undo(merged.event.pk, **hand("2026-04-04"))
    assert card("openai/gpt-9-b", "2026-04-04")["input_tokens"] == "3"
    assert offer("openai/gpt-9-b").status == "live"


def test_offers_of_two_providers_are_not_one() -> None:
    deliver("models-dev", feed(GPT, ODD), "2026-04-01")
    with pytest.raises(actions.ActionRefused, match="into"):
        actions.merge_offers(offer(GPT).pk, offer(ODD).pk, **hand("2026-04-03"))


def test_a_distrusted_source_is_not_heard_from_its_date_on_until_that_is_undone() -> None:
    deliver("models-dev", feed(GPT), "2026-04-01")
    deliver("models-dev", feed(GPT, price="4"), "2026-04-05")
    source = Source.objects.get(slug="models-dev")
    answered = actions.distrust(source.pk, since=moment("2026-04-03"), **hand("2026-04-06"))
    assert card(GPT, "2026-04-06")["input_tokens"] == "3"
    deliver("models-dev", feed(GPT, price="5"), "2026-04-07")
    assert card(GPT, "2026-04-07")["input_tokens"] == "3"
    deliver("litellm", litellm({"gpt-9": per_token("2", "60")}), "2026-04-08")
    assert card(GPT, "2026-04-08")["input_tokens"] == "2"
    with pytest.raises(actions.ActionRefused, match="since"):
        actions.distrust(source.pk, since=moment("2026-05-01"), **hand("2026-04-09"))
    actions.undo(answered.event.pk, **hand("2026-04-10"))
    deliver("models-dev", feed(GPT, price="2.5"), "2026-04-11")
    assert card(GPT, "2026-04-05")["input_tokens"] == "4"


def test_a_source_is_asked_after_the_commit_and_the_audit_says_by_whom(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    asked: list[Any] = []

    def hear(sender: object, source_id: int, **_: object) -> None:
        asked.append(source_id)

    ask_wanted.connect(hear)
    source = Source.objects.get(slug="litellm")
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_now(source.pk, **hand("2026-04-10"))
        assert asked == []
    ask_wanted.disconnect(hear)
    assert asked == [source.pk]
    assert AuditEvent.objects.get().action == "ask"

"""Two models that are one: offers, names, scores and facts go over, and come back when undone."""

from __future__ import annotations

import json

import pytest

from registry.catalog.enrol import enrol
from registry.catalog.knowledge import identity_index
from registry.catalog.models import Lab, Model, ModelAlias, Offer
from registry.curation import actions
from registry.ingest.models import ModelName
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import facts_at
from registry.ledger.models import ScorePoint
from registry.ledger.verification import verify
from registry.selectors.ai_models import ModelFilter, models
from registry.selectors.resolving import Written, resolve_models
from scrapers.claims import OfferClaim
from tests.curation.deciding import hand
from tests.pipeline.bodies import FILLERS, models_dev, models_dev_scores, priced, scored
from tests.pipeline.taking import deliver, head_number, moment, offer, scores

pytestmark = pytest.mark.usefixtures("sources")

BOARD = "models-dev-scores"
GPT, PREVIEW = "openai/gpt-9", "openai/gpt-9-preview"


def feed(context: dict[str, int]) -> bytes:
    """Every model at one price, some of them with a context of their own."""
    body = json.loads(models_dev(priced((GPT, PREVIEW, *FILLERS), "3", "15")))
    for name, tokens in context.items():
        provider, _, model_id = name.partition("/")
        body[provider]["models"][model_id]["limit"] = {"context": tokens}
    return json.dumps(body).encode()


@pytest.fixture(autouse=True)
def _two(sources: None) -> None:
    """Both have a score of their own and a fact of their own, the preview's from earlier on."""
    deliver("models-dev", feed({PREVIEW: 100_000}), "2026-04-01")
    deliver("models-dev", feed({PREVIEW: 100_000, GPT: 200_000}), "2026-04-03")
    mmlu = {"score": 80, "date": "2026-03-05"}
    gpqa = {"name": "GPQA Diamond", "score": 60, "date": "2026-03-06"}
    both = models_dev_scores(
        scored(PREVIEW, mmlu, gpqa) | scored(GPT, {"score": 87, "date": "2026-04-05"})
    )
    deliver(BOARD, both, "2026-04-10")


def model(name: str) -> Model:
    lab, _, slug = name.partition("/")
    return Model.objects.get(lab__slug=lab, slug=slug)


def merge(day: str = "2026-04-12") -> actions.Answered:
    return actions.merge_models(model(PREVIEW).pk, model(GPT).pk, **hand(day))


def context(name: str, day: str, revision: int | None = None) -> object:
    of = Subject.model(model(name).pk)
    found = facts_at([of], at=moment(day), revision=revision).get(of, {}).get("context_tokens")
    return None if found is None else found.value


def test_the_history_of_both_is_read_under_the_one_and_nothing_under_the_other() -> None:
    merge()
    assert scores(GPT, "2026-03-10") == {"mmlu": "80", "gpqa-diamond": "60"}
    assert scores(GPT, "2026-04-12") == {"mmlu": "87", "gpqa-diamond": "60"}
    assert scores(PREVIEW, "2026-04-12") == {}
    assert context(GPT, "2026-04-02") == 100_000
    assert context(GPT, "2026-04-11") == 200_000
    assert context(PREVIEW, "2026-04-12") is None


def test_older_revisions_are_read_as_they_were() -> None:
    before = head_number()
    merge()
    assert scores(PREVIEW, "2026-04-10", revision=before)["mmlu"] == "80"
    assert context(PREVIEW, "2026-04-10", before) == 100_000
    assert scores(GPT, "2026-03-10", revision=before) == {}
    assert verify().ok


def test_every_start_keeps_the_claim_that_it_rests_on() -> None:
    claims = set(ScorePoint.objects.values_list("claim", flat=True))
    merge()
    moved = ScorePoint.objects.filter(series__model=model(GPT), state="scored")
    assert set(moved.values_list("claim", flat=True)) <= claims
    assert None not in set(moved.values_list("claim", flat=True))


def test_what_is_said_of_the_one_later_is_said_of_the_other() -> None:
    merge()
    assert offer(PREVIEW).model == model(GPT)
    later = models_dev_scores(
        scored(PREVIEW, {"score": 88, "date": "2026-04-20"})
        | scored(GPT, {"score": 87, "date": "2026-04-05"})
    )
    deliver(BOARD, later, "2026-04-21")
    assert scores(GPT, "2026-04-21")["mmlu"] == "88"
    assert set(ModelName.objects.values_list("model", flat=True)) == {model(GPT).pk}


def test_new_names_of_the_one_lead_to_the_other_and_it_is_listed_no_more() -> None:
    merge()
    dated = OfferClaim("openai", "gpt-9-preview-2026-05-01", ())
    [made] = enrol([("models-dev", dated)]).values()
    assert Offer.objects.get(pk=made).model == model(GPT)
    [meant] = resolve_models([Written(PREVIEW)])
    assert meant.model == GPT
    found = models(ModelFilter(lab="openai"), limit=100).rows
    assert PREVIEW not in {row.ref for row in found}
    assert GPT in {row.ref for row in found}


def test_a_merge_is_undone_with_all_that_moved() -> None:
    told = {
        name: (scores(name, "2026-04-12"), context(name, "2026-04-12"), model(name).context_tokens)
        for name in (GPT, PREVIEW)
    }
    answered = merge()
    actions.undo(answered.event.pk, **hand("2026-04-13"))
    for name, before in told.items():
        after = scores(name, "2026-04-13"), context(name, "2026-04-13"), model(name).context_tokens
        assert after == before
        assert offer(name).model == model(name)
    assert scores(GPT, "2026-03-10") == {}
    assert not ModelAlias.objects.filter(text=PREVIEW).exists()
    later = scored(PREVIEW, {"score": 81, "date": "2026-04-14"}) | scored(GPT, {"score": 87})
    deliver(BOARD, models_dev_scores(later), "2026-04-15")
    assert scores(PREVIEW, "2026-04-15")["mmlu"] == "81"
    assert verify().ok


def test_a_persons_word_on_the_one_holds_of_the_other() -> None:
    actions.correct_fact(
        Subject.model(model(PREVIEW).pk),
        "licence",
        "MIT",
        since=moment("2026-04-10"),
        address="",
        **hand("2026-04-11"),
    )
    merge()
    assert model(GPT).licence == "MIT"


def test_a_model_without_offers_gives_its_names_and_comes_back_when_undone() -> None:
    lab = Lab.objects.get(slug="openai")
    gone = Model.objects.create(lab=lab, slug="strange-v0", name="strange")
    ModelAlias.objects.create(text="the-strange-one", model=gone, origin="test")
    answered = actions.merge_models(gone.pk, model(GPT).pk, **hand("2026-04-12"))
    assert {alias.text for alias in model(GPT).aliases.all()} == {
        "the-strange-one",
        "openai/strange-v0",
    }
    actions.undo(answered.event.pk, **hand("2026-04-13"))
    assert [alias.text for alias in gone.aliases.all()] == ["the-strange-one"]
    assert not model(GPT).aliases.exists()


def test_a_model_is_merged_once_and_not_with_itself() -> None:
    preview, gpt = model(PREVIEW), model(GPT)
    with pytest.raises(actions.ActionRefused, match="into"):
        actions.merge_models(gpt.pk, gpt.pk, **hand("2026-04-12"))
    merge()
    for one, other in ((preview, gpt), (gpt, preview)):
        with pytest.raises(actions.ActionRefused, match="model"):
            actions.merge_models(one.pk, other.pk, **hand("2026-04-13"))


def test_the_identity_index_knows_a_merged_reference_as_the_other() -> None:
    merge()
    linked = identity_index().link("openai", "gpt-9-preview")
    assert getattr(linked, "model_ref", None) == GPT

"""The desk's pages of scores and facts: what they show and what their buttons do."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from registry.catalog.models import Model
from registry.curation.models import AuditEvent, Review
from registry.ingest.models import Claim
from registry.ledger.models import FactPoint, ScorePoint
from tests.curation.deciding import item
from tests.pipeline.bodies import FILLERS, models_dev, models_dev_scores, priced, scored
from tests.pipeline.taking import deliver, offer, scores
from tests.staff.desk import desk, shown, told

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("sources")

BOARD = "models-dev-scores"
GPT = "openai/gpt-9"
TODAY = "2026-11-20"
WHERE = "https://example.org/paper"


def feed(context: int) -> bytes:
    rows = priced((GPT, *FILLERS), "3", "15")
    return models_dev(rows, facts={"limit": f'{{"context": {context}}}'})


@pytest.fixture(autouse=True)
def _held(sources: None) -> None:
    """gpt-9 reaches 87 and takes 200,000 tokens; 0.88 and 2,000,000 wait."""
    deliver("models-dev", feed(200_000), "2026-11-01", fresh_days=9999)
    deliver(
        BOARD, models_dev_scores(scored(GPT, {"score": 87, "date": "2026-10-05"})), "2026-11-02"
    )
    deliver("models-dev", feed(2_000_000), "2026-11-03", fresh_days=9999)
    less = models_dev_scores(scored(GPT, {"score": 0.88, "date": "2026-10-05"}))
    deliver(BOARD, less, "2026-11-04", fresh_days=9999)


def model() -> Model:
    found = offer(GPT).model
    assert found is not None
    return found


def fact_item() -> Review:
    return Review.objects.get(reason="fact_step", offer=offer(GPT))


def score_point() -> ScorePoint:
    return ScorePoint.objects.latest("pk")


def score(value: str, **rest: str) -> dict[str, str]:
    said = {"value": value, "evaluator": "independent", "measured_on": "2026-10-05"}
    return {**said, "address": WHERE, "note": "read there", **rest}


def test_an_item_of_a_score_shows_every_word_the_excerpt_and_what_it_would_publish(
    desk: Client,
) -> None:
    page = shown(desk, "item", item("suspect_scale").pk)
    assert "Scores by source" in page
    assert ">87</span></a> since 2026-10-05" in page
    assert "<mark>0.88</mark>" in page
    assert f"Approving publishes {GPT}: mmlu 0.88 from 2026-10-05 00:00" in page
    assert "Approve with another figure" in page


def test_an_item_of_a_fact_shows_both_values_every_word_and_what_it_would_publish(
    desk: Client,
) -> None:
    page = shown(desk, "item", fact_item().pk)
    assert "200,000" in page
    assert "<strong>2,000,000</strong>" in page
    assert "2,000,000" in page
    assert "<mark>2000000</mark>" in page
    assert f"{GPT}: context_tokens 2000000 from" in page
    assert "Approve with another value" in page


def test_a_score_is_approved_from_its_item_and_the_audit_says_so(desk: Client) -> None:
    page = told(desk, "decide", item=item("suspect_scale").pk, verdict="approve", note="seen")
    assert "1 item approved" in page
    assert scores(GPT, TODAY) == {"mmlu": "0.88"}
    assert AuditEvent.objects.get().subject == f"{GPT} mmlu"


def test_a_score_is_approved_with_another_figure(desk: Client) -> None:
    held = item("suspect_scale")
    assert "Approved with another figure" in told(desk, "edit_score", held.pk, **score("88"))
    assert scores(GPT, TODAY) == {"mmlu": "88"}
    held.refresh_from_db()
    assert held.state == Review.State.CORRECTED


def test_a_fact_is_approved_with_another_value(desk: Client) -> None:
    held = fact_item()
    fields = {"of": f"model:{model().pk}", "fact": "context_tokens", "value": "1000000"}
    page = told(desk, "edit_fact", held.pk, **fields, note="their page says so")
    assert "Approved with another value" in page
    assert model().context_tokens == 1_000_000


def test_why_a_score_leads_to_every_claim_the_run_and_the_body(desk: Client) -> None:
    pk = score_point().pk
    page = shown(desk, "why_score", pk)
    assert f"Why mmlu of {GPT}" in page
    assert BOARD in page
    assert f'action="{reverse("desk:retract_score", args=[pk])}"' in page
    assert "suspect scale" in page


def test_why_a_fact_leads_to_every_claim_the_run_and_the_body(desk: Client) -> None:
    point = FactPoint.objects.get(series__model=model(), series__name="context_tokens")
    page = shown(desk, "why_fact", point.pk)
    assert f"Why context tokens of {GPT}" in page
    assert "200,000" in page
    assert "differs" in page
    assert f'action="{reverse("desk:retract_fact", args=[point.pk])}"' in page


def test_a_score_is_corrected_pinned_and_retracted_and_each_is_undone(desk: Client) -> None:
    which = {"benchmark": "mmlu", "setup": ""}
    presses: list[tuple[str, str, int, dict[str, str]]] = [
        ("correct", "correct_score", model().pk, score("90", **which)),
        ("pin", "pin_score", model().pk, {"until": "2099-01-01T00:00", "note": "n", **which}),
        ("retract", "retract_score", score_point().pk, {"note": "never so"}),
    ]
    for action, name, target, fields in presses:
        told(desk, name, target, **fields)
        event = AuditEvent.objects.latest("pk")
        assert event.action == action
        assert "Undone" in told(desk, "undo", event.pk, note="mistaken")
        assert scores(GPT, TODAY) == {"mmlu": "87"}


def test_a_fact_is_corrected_and_retracted_and_each_is_undone(desk: Client) -> None:
    fields = {"fact": "context_tokens", "value": "128000", "since": "2026-11-02T00:00"}
    assert "Corrected" in told(desk, "correct_fact", "model", model().pk, **fields, note="n")
    assert model().context_tokens == 128_000
    told(desk, "undo", AuditEvent.objects.latest("pk").pk, note="mistaken")
    assert model().context_tokens == 200_000
    point = FactPoint.objects.filter(series__model=model(), starts_at__lt="2026-11-02T00:00Z")
    told(desk, "retract_fact", point.latest("pk").pk, note="never so")
    assert model().context_tokens == 2_000_000
    told(desk, "undo", AuditEvent.objects.latest("pk").pk, note="mistaken")
    assert model().context_tokens == 200_000


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        ("correct_score", {"benchmark": "no-such", "setup": ""}, "benchmark"),
        ("correct_score", {"benchmark": "mmlu", "setup": "mood=good"}, "setup"),
        ("correct_score", {"benchmark": "mmlu", "measured_on": "soon"}, "measured_on"),
        ("correct_score", {"benchmark": "mmlu", "value": "870"}, "870"),
        ("pin_score", {"benchmark": "mmlu", "until": ""}, "until"),
        ("pin_score", {"benchmark": "mmlu", "until": "2026-01-01T00:00"}, "until"),
    ],
)
def test_what_makes_no_sense_of_a_score_is_named_and_nothing_is_done(
    desk: Client, name: str, fields: dict[str, str], said: str
) -> None:
    page = told(desk, name, model().pk, **{**score("88"), **fields})
    assert "Nothing was done" in page
    assert said in page
    assert AuditEvent.objects.count() == 0


def test_a_model_shows_its_facts_scores_and_offers_and_is_found_by_name(desk: Client) -> None:
    page = shown(desk, "model", model().pk)
    for word in ("context tokens", "200,000", "mmlu", "87", f"{GPT}</a>", "second name"):
        assert word in page
    assert reverse("desk:model", args=[model().pk]) in shown(desk, "offers", q="openai gpt-9")


def test_an_offer_shows_its_facts(desk: Client) -> None:
    page = shown(desk, "offer", offer(GPT).pk)
    assert "Facts by source" in page
    assert "200,000" in page


def test_a_claim_of_a_score_is_shown_as_quoted(desk: Client) -> None:
    page = shown(desk, "claim", Claim.objects.filter(source__slug=BOARD).latest("pk").pk)
    assert "0.88" in page
    assert "MMLU" in page


def test_the_lists_of_what_is_published_lead_to_the_chain(desk: Client) -> None:
    for name, page in (
        ("pricepoint", "why"),
        ("scorepoint", "why_score"),
        ("factpoint", "why_fact"),
    ):
        answer = desk.get(reverse(f"admin:ledger_{name}_changelist")).content.decode()
        assert reverse(f"desk:{page}", args=[1]).rsplit("1", 1)[0] in answer


def test_what_is_not_held_is_not_found(desk: Client) -> None:
    for name in ("model", "why_score", "why_fact"):
        assert desk.get(reverse(f"desk:{name}", args=[10**9])).status_code == 404


def test_a_viewer_sees_no_button_and_may_press_none(client: Client) -> None:
    import_module("registry.staff.migrations.0002_roles").make_roles(apps, None)
    viewer = User.objects.create_user("vera", is_staff=True)
    viewer.groups.add(Group.objects.get(name="viewer"))
    client.force_login(viewer)
    for name, pk in (("model", model().pk), ("why_score", score_point().pk)):
        assert "Correct" not in shown(client, name, pk)
    answer = client.post(
        reverse("desk:correct_score", args=[model().pk]), score("1", benchmark="mmlu")
    )
    assert answer.status_code == 403
    assert AuditEvent.objects.count() == 0

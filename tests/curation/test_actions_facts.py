"""A person's word on a fact or a name: it holds against every source, and can be taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from registry.catalog.models import Model, Offer
from registry.curation import actions
from registry.curation.models import AuditEvent, Review, Ruling
from registry.ingest.models import Claim
from registry.ledger.facts import Subject
from registry.ledger.facts_asof import facts_at
from registry.ledger.models import FactPoint
from registry.ledger.verification import verify
from tests.curation.deciding import hand
from tests.pipeline.bodies import FILLERS, models_dev, priced
from tests.pipeline.taking import deliver, head_number, moment, offer, reviews

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
ADDRESS = "https://openai.example/models"


def feed(context: int, **facts: str) -> bytes:
    rows = priced(FILLERS, "3", "15") | priced((GPT,), "3", "60")
    return models_dev(rows, facts={"limit": f'{{"context": {context}}}', **facts})


@pytest.fixture(autouse=True)
def _standing(sources: None) -> None:
    """gpt-9 takes 200,000 tokens since April the 1st."""
    deliver("models-dev", feed(200_000), "2026-04-01")


def model() -> Model:
    found = offer(GPT).model
    assert found is not None
    return found


def of_model() -> Subject:
    return Subject.model(model().pk)


def known(
    day: str, of: Subject | None = None, name: str = "context_tokens", revision: int | None = None
) -> object:
    of = of or of_model()
    found = facts_at([of], at=moment(day), revision=revision).get(of, {}).get(name)
    return None if found is None else found.value


def correct(
    text: str, day: str, *, since: str = "2026-04-03", name: str = "context_tokens", **rest: Any
) -> actions.Answered:
    return actions.correct_fact(
        of_model(), name, text, since=moment(since), address=ADDRESS, **rest, **hand(day)
    )


def test_a_correction_is_published_from_the_day_it_names_with_its_own_receipt() -> None:
    answered = correct("1000000", "2026-04-09")
    assert known("2026-04-02") == 200_000
    assert known("2026-04-03") == 1_000_000
    assert known("2026-04-09", revision=1) == 200_000
    assert model().context_tokens == 1_000_000
    claim = Claim.objects.get(source__slug="staff")
    assert (claim.page, claim.content["facts"]) == (ADDRESS, {"context_tokens": 1_000_000})
    assert FactPoint.objects.filter(revision=answered.revision, claim=claim).count() == 1
    assert f"{GPT}: context_tokens 1000000 from 2026-04-03 00:00" in answered.event.changed


def test_a_correction_takes_back_the_starts_that_it_passes_over() -> None:
    deliver("models-dev", feed(400_000), "2026-04-05")
    correct("300000", "2026-04-09")
    assert [known(f"2026-04-0{day}") for day in (2, 3, 5, 9)] == [
        200_000,
        300_000,
        300_000,
        300_000,
    ]


def test_later_runs_keep_a_correction_whatever_they_say() -> None:
    correct("128000", "2026-04-09")
    for day, said in (("10", 131_072), ("11", 2_000_000), ("12", 200_000)):
        deliver("models-dev", feed(said), f"2026-04-{day}")
    assert known("2026-04-12") == model().context_tokens == 128_000


def test_the_later_of_two_corrections_counts_and_undoing_it_brings_the_first_back() -> None:
    correct("128000", "2026-04-09")
    second = correct("256000", "2026-04-10", since="2026-04-10")
    assert model().context_tokens == 256_000
    actions.undo(second.event.pk, **hand("2026-04-11"))
    assert known("2026-04-11") == model().context_tokens == 128_000
    deliver("models-dev", feed(400_000), "2026-04-12")
    assert known("2026-04-12") == 128_000


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("context_tokens", "1e6", "whole number"),
        ("context_tokens", "٣", "whole number"),
        ("context_tokens", "0", "context_tokens"),
        ("context_tokens", "99999999999", "context_tokens"),
        ("open_weights", "maybe", "true or false"),
        ("released_on", "April", "a day"),
        ("released_on", "1999-01-01", "a day from"),
        ("input_modalities", "smell", "smell"),
        ("licence", "", "licence"),
        ("colour", "red", "fact"),
        ("deprecated_on", "2026-05-01", "fact"),
        ("active_parameters", "900000000000", "active_parameters"),
    ],
)
def test_a_value_that_is_none_is_refused_by_name_and_nothing_is_written(
    name: str, text: str, told: str
) -> None:
    correct("30000000000", "2026-04-08", name="total_parameters")
    before = head_number(), AuditEvent.objects.count(), Ruling.objects.count()
    with pytest.raises(actions.ActionRefused, match=told):
        correct(text, "2026-04-09", name=name)
    assert (head_number(), AuditEvent.objects.count(), Ruling.objects.count()) == before


def test_every_kind_of_fact_can_be_stated() -> None:
    for name, text, value in [
        ("open_weights", "yes", True),
        ("released_on", "2026-03-01", "2026-03-01"),
        ("input_modalities", "Image, text", ("text", "image")),
        ("licence", "MIT", "MIT"),
        ("knowledge_cutoff", "2025-08", "2025-08"),
    ]:
        correct(text, "2026-04-09", name=name)
        assert known("2026-04-09", name=name) == value


def test_a_fact_of_an_offer_is_its_own() -> None:
    of = Subject.offer(offer(GPT).pk)
    actions.correct_fact(
        of,
        "retires_on",
        "2026-12-01",
        since=moment("2026-04-09"),
        address="",
        **hand("2026-04-09"),
    )
    assert known("2026-04-09", of, "retires_on") == "2026-12-01"
    assert str(offer(GPT).retires_on) == "2026-12-01"


def test_a_decision_on_an_old_page_is_refused() -> None:
    seen = head_number()
    correct("128000", "2026-04-09", read_at=seen)
    with pytest.raises(actions.Outdated, match="look again"):
        correct("256000", "2026-04-10", read_at=seen)


def test_an_undone_correction_leaves_the_row_as_it_was() -> None:
    answered = correct("1000000", "2026-04-09")
    actions.undo(answered.event.pk, **hand("2026-04-10"))
    assert known("2026-04-10") == model().context_tokens == 200_000
    assert known("2026-04-09", revision=2) == 1_000_000
    deliver("models-dev", feed(400_000), "2026-04-11")
    assert known("2026-04-11") == model().context_tokens == 400_000
    assert verify().ok


def waiting() -> Review:
    deliver("models-dev", feed(2_000_000), "2026-04-05")
    [held] = [one for one in Review.objects.all() if one.offer == offer(GPT)]
    return held


def test_an_approved_fact_that_is_undone_is_shown_as_before() -> None:
    held = waiting()
    answered = actions.approve([held.pk], **hand("2026-04-09"))
    assert offer(GPT).context_tokens == model().context_tokens == 2_000_000
    actions.undo(answered.event.pk, **hand("2026-04-10"))
    assert offer(GPT).context_tokens == model().context_tokens == 200_000
    assert known("2026-04-10") == 200_000
    held.refresh_from_db()
    assert held.state == Review.State.OPEN


def test_undoing_leaves_alone_what_was_told_otherwise_since() -> None:
    answered = actions.approve([waiting().pk], **hand("2026-04-09"))
    deliver("models-dev", feed(3_000_000), "2026-04-10")
    actions.undo(answered.event.pk, **hand("2026-04-11"))
    assert known("2026-04-11") == model().context_tokens == 3_000_000


def test_a_held_fact_is_approved_with_another_value_once() -> None:
    held = waiting()
    actions.approve_edited_fact(
        held.pk, of_model(), "context_tokens", "1000000", address=ADDRESS, **hand("2026-04-09")
    )
    assert known("2026-04-05") == model().context_tokens == 1_000_000
    held.refresh_from_db()
    assert (held.state, held.answered_by) == ("corrected", "anna")
    assert AuditEvent.objects.get().action == "edit"
    with pytest.raises(actions.AnsweredAlready):
        actions.approve_edited_fact(
            held.pk, of_model(), "context_tokens", "1", address="", **hand("2026-04-10")
        )


def test_a_retracted_fact_never_was_and_does_not_come_back() -> None:
    deliver("models-dev", feed(400_000), "2026-04-05")
    point = FactPoint.objects.filter(series__model=model(), starts_at=moment("2026-04-05")).get()
    answered = actions.retract_fact(point.pk, **hand("2026-04-09"))
    assert known("2026-04-09") == model().context_tokens == 200_000
    deliver("models-dev", feed(400_000, family='"gpt"'), "2026-04-10")
    assert known("2026-04-10") == model().context_tokens == 200_000
    actions.undo(answered.event.pk, **hand("2026-04-11"))
    assert known("2026-04-11") == model().context_tokens == 400_000
    assert verify().ok


def test_nothing_is_done_to_a_fact_without_the_permission() -> None:
    who = hand("2026-04-09", by=User.objects.create_user("nobody", is_staff=True))
    point = FactPoint.objects.filter(series__model=model()).first()
    assert point is not None
    with pytest.raises(actions.NotAllowed):
        actions.correct_fact(
            of_model(), "licence", "MIT", since=moment("2026-04-03"), address="", **who
        )
    with pytest.raises(actions.NotAllowed):
        actions.retract_fact(point.pk, **who)
    assert AuditEvent.objects.count() == 0


@pytest.fixture
def anna(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("anna"))
    return client


def named(client: Client, row: Model | Offer, name: str) -> None:
    page = reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])
    fields = {"name": name} | ({"mode": row.mode} if isinstance(row, Offer) else {})
    assert client.post(page, fields).status_code == 302


def test_what_a_curator_calls_a_thing_no_source_calls_otherwise(anna: Client) -> None:
    named(anna, model(), "GPT-9, the model")
    named(anna, offer(GPT), "GPT-9 at OpenAI")
    deliver("models-dev", feed(200_000, name='"gpt nine"'), "2026-11-10")
    deliver("models-dev", feed(250_000, name='"GPT 9 (new)"'), "2026-11-11")
    assert (model().name, offer(GPT).name) == ("GPT-9, the model", "GPT-9 at OpenAI")


def test_an_edit_of_a_name_is_audited_and_undone_and_sources_are_heard_again(
    anna: Client,
) -> None:
    before = model().name
    named(anna, model(), "GPT-9, the model")
    event = AuditEvent.objects.get()
    assert (event.action, event.changed) == ("describe", [f"name: {before} -> GPT-9, the model"])
    actions.undo(event.pk, **hand("2026-11-09"))
    assert model().name == before
    deliver("models-dev", feed(200_000, name='"gpt nine"'), "2026-11-10")
    assert model().name == "gpt nine"


def test_an_offers_name_that_a_curator_empties_is_the_sources_again(anna: Client) -> None:
    named(anna, offer(GPT), "GPT-9 at OpenAI")
    named(anna, offer(GPT), "")
    deliver("models-dev", feed(200_000, name='"gpt nine"'), "2026-11-10")
    assert offer(GPT).name == "gpt nine"
    assert reviews() == []

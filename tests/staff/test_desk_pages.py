"""The desk's pages: what each shows, at how many queries, and what its buttons do."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from registry.catalog.models import Lab, Model
from registry.curation.models import AuditEvent, Review
from tests.curation.deciding import PAGE, item, point
from tests.pipeline.bodies import FILLERS, litellm, models_dev, openrouter, per_token, priced
from tests.pipeline.taking import card, deliver, offer
from tests.staff.desk import desk, shown, told

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
TODAY = "2026-11-20"


def feed(price: str, *, odd: str = "openai/filler-z") -> bytes:
    return models_dev(priced((*FILLERS, odd), "3", "15") | priced((GPT,), price, "60"))


@pytest.fixture(autouse=True)
def _held(sources: None) -> None:
    """gpt-9 stands at 3; models.dev says 12, and so does LiteLLM."""
    deliver("models-dev", feed("3"), "2026-11-01", fresh_days=9999)
    deliver("models-dev", feed("12"), "2026-11-05", fresh_days=9999)
    deliver("litellm", litellm({"gpt-9": per_token("12", "60")}), "2026-11-06", fresh_days=9999)


def test_the_queue_shows_what_waits_with_its_size_and_counts(desk: Client) -> None:
    page = shown(desk, "queue")
    assert GPT in page
    assert "3 -&gt; 12" in page
    assert "x4" in page
    assert "large change" in page


def test_a_price_that_is_no_amount_any_more_is_told_in_words(desk: Client) -> None:
    rows = {f"a/filler-{name}": {"prompt": "0.000003"} for name in "abcdefgh"}
    for day, price in (("2026-11-01", "0.000002"), ("2026-11-05", "-1")):
        deliver(
            "openrouter",
            openrouter(rows | {"a/m": {"prompt": price, "completion": price}}),
            day,
            fresh_days=9999,
        )
    held = Review.objects.get(source__slug="openrouter")
    assert (held.reason, held.factor) == ("large_change", None)
    page = shown(desk, "item", held.pk)
    assert "2 -&gt; dynamic" in page
    assert '<td class="number">2 → dynamic</td>' in page
    assert "2 -&gt; dynamic" in shown(desk, "queue")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"reason": "large_change"}, True),
        ({"reason": "zero"}, False),
        ({"source": "models-dev"}, True),
        ({"source": "litellm"}, False),
        ({"provider": "openai"}, True),
        ({"provider": "deepseek"}, False),
        ({"size": "3x to 10x"}, True),
        ({"size": "10x and more"}, False),
        ({"state": "approved"}, False),
        ({"order": "largest"}, True),
        ({"order": "?", "page": "x", "state": "?", "size": "?", "age": "?"}, True),
        ({"page": "999"}, True),
        ({"page": "0"}, True),
        ({"page": "²"}, True),
    ],
)
def test_the_queue_is_filtered(desk: Client, query: dict[str, str], found: bool) -> None:
    assert (GPT in shown(desk, "queue", **query)) is found


@pytest.mark.parametrize("text", ["²", "-1", "1.5", "9" * 30])
def test_what_is_no_number_is_passed_over(desk: Client, text: str) -> None:
    assert "Open questions" in shown(desk, "questions", page=text)
    assert "Audit trail" in shown(desk, "audit", before=text)
    told(desk, "decide", item=text, verdict="approve", note="seen")
    assert not AuditEvent.objects.exists()


def test_an_item_shows_both_figures_every_sources_word_and_the_bytes(desk: Client) -> None:
    page = shown(desk, "item", item("large_change").pk)
    assert "3 -&gt; 12" in page
    assert "Approving publishes 1 point" in page
    assert "litellm" in page
    assert "<mark>12</mark>" in page
    assert "trust 50" in page


def test_the_bytes_are_text_and_a_file_and_never_a_page(desk: Client) -> None:
    hostile = models_dev(
        priced(FILLERS, "3", "15") | priced((GPT,), "5", "60"),
        facts={"name": '"<script>alert(1)</script>"'},
    )
    run = deliver("models-dev", hostile, "2026-11-06")
    assert run.snapshot is not None
    page = shown(desk, "snapshot", run.snapshot.sha256)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    answer = desk.get(reverse("desk:download", args=[run.snapshot.sha256]))
    assert answer.content == hostile
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_approval_is_told_with_its_revision_and_moves_the_price(desk: Client) -> None:
    page = told(desk, "decide", item=item("large_change").pk, verdict="approve", note="seen")
    assert "1 item approved" in page
    assert card(GPT, TODAY)["input_tokens"] == "12"
    event = AuditEvent.objects.get()
    assert (event.by, event.note, event.page) == ("anna", "seen", PAGE)


def test_the_second_curator_sees_what_the_first_did(desk: Client) -> None:
    held = item("large_change")
    told(desk, "decide", item=held.pk, verdict="approve", note="seen")
    bert = Client()
    bert.force_login(User.objects.create_superuser("bert"))
    page = told(bert, "decide", item=held.pk, verdict="reject", note="no")
    assert "Nothing was done" in page
    assert "approved by anna" in page
    assert "seen" in page
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("verdict", ["", "delete"])
def test_without_a_verdict_nothing_is_done(desk: Client, verdict: str) -> None:
    page = told(desk, "decide", item=item("large_change").pk, verdict=verdict, note="seen")
    assert "Nothing was done" in page


def test_a_note_is_asked_for(desk: Client) -> None:
    page = told(desk, "decide", item=item("large_change").pk, verdict="approve", note=" ")
    assert "Nothing was done. note" in page


def figures(amount: str, **rest: str) -> dict[str, Any]:
    row = {"meter": "input_tokens", "terms": "", "currency": "USD", "state": "priced"}
    return {**row, "amount": amount, "note": "read on the page", "address": "", **rest}


def test_an_item_is_approved_with_other_figures(desk: Client) -> None:
    held = item("large_change")
    page = told(desk, "edit", held.pk, **figures("1.2", since="2026-11-05T00:00"))
    assert "Approved with other figures" in page
    assert card(GPT, TODAY)["input_tokens"] == "1.2"
    held.refresh_from_db()
    assert held.state == Review.State.CORRECTED


def test_a_mistaken_figure_is_named_and_nothing_is_done(desk: Client) -> None:
    page = told(desk, "correct", offer(GPT).pk, **figures("1,2"))
    assert "Nothing was done" in page
    assert "1,2" in page


def test_a_price_is_corrected_pinned_retracted_withdrawn_and_each_is_undone(desk: Client) -> None:
    pk = offer(GPT).pk
    presses: list[tuple[str, int, dict[str, Any]]] = [
        ("correct", pk, figures("2", since="2026-11-03T00:00")),
        ("pin", pk, {"until": "2099-01-01T00:00", "note": "until they answer"}),
        ("retract", point(GPT, "2026-11-01").pk, {"note": "never so"}),
        ("withdraw", pk, {"note": "gone"}),
    ]
    before = card(GPT, TODAY)
    for name, target, fields in presses:
        told(desk, name, target, **fields)
        event = AuditEvent.objects.latest("pk")
        assert event.action == name
        assert "Undone" in told(desk, "undo", event.pk, note="mistaken")
    assert card(GPT, TODAY) == before


def test_a_decision_on_an_outdated_page_is_refused(desk: Client) -> None:
    pk = offer(GPT).pk
    told(desk, "correct", pk, **figures("2", since="2026-11-03T00:00", read_at="1"))
    page = told(desk, "correct", pk, **figures("4", since="2026-11-03T00:00", read_at="1"))
    assert "look again" in page


def test_why_a_number_leads_to_every_claim_the_run_and_the_body(desk: Client) -> None:
    pk = point(GPT, "2026-11-01").pk
    page = shown(desk, "why", pk)
    assert "models-dev" in page
    assert "litellm" in page
    assert f'action="{reverse("desk:retract", args=[pk])}"' in page
    assert "2026-11-01" in page


def test_an_alias_is_linked_from_the_open_questions(desk: Client) -> None:
    odd = "fireworks-ai/strange-name-x"
    deliver("models-dev", feed("12", odd=odd), "2026-11-07")
    lab = Lab.objects.create(slug="somelab", name="Some lab")
    model = Model.objects.create(lab=lab, slug="strange-name", name="Strange")
    page = shown(desk, "questions")
    assert odd in page
    assert "somelab/strange-name" in page
    told(desk, "link", text="strange-name-x", model="somelab/strange-name", note="same weights")
    assert offer(odd).model == model
    assert odd not in shown(desk, "questions")


def test_what_is_not_held_is_not_found(desk: Client) -> None:
    for name in ("item", "offer", "why", "claim", "event"):
        assert desk.get(reverse(f"desk:{name}", args=[10**9])).status_code == 404


COUNTS = {"queue": 10, "audit": 6, "sources": 18, "questions": 16, "offers": 6}


@pytest.mark.parametrize("name", COUNTS)
def test_a_list_takes_no_more_queries_than(
    desk: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(COUNTS[name]):
        shown(desk, name)


def test_the_queue_takes_as_many_queries_for_many_items_as_for_one(
    desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = priced(FILLERS[:3], "12", "15") | priced(FILLERS[3:], "3", "15")
    moved = models_dev(rows | priced((GPT,), "12", "60"))
    deliver("models-dev", moved, "2026-11-08")
    assert Review.objects.filter(state="open").count() > 2
    with django_assert_max_num_queries(COUNTS["queue"]):
        shown(desk, "queue")


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    answer = client.get(reverse("desk:queue"))
    assert answer.status_code == 302
    assert "/login/" in answer["Location"]

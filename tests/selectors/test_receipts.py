"""From a figure back to the bytes, and what is said where the way ends early."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest
from pytest_django import DjangoAssertNumQueries

from registry.ingest.models import Run, Snapshot
from registry.ledger.models import PricePoint
from registry.selectors.offers import offer
from registry.selectors.paging import NotHeld
from registry.selectors.receipts import receipt
from registry.selectors.snapshots import BytesNotHeld, body
from tests.ledger.saying import point, say
from tests.selectors.conftest import prices

FIRST_BODY = prices("1.74", "3.48", "0.145")


def first_input() -> PricePoint:
    return PricePoint.objects.get(series__meter="input_tokens", revision=1)


def test_it_tells_figure_decision_and_publication(registry: None) -> None:
    found = receipt(first_input().pk)
    assert (found.provider, found.provider_model_id) == ("deepseek", "deepseek-v4-pro")
    assert str(found.point.amount) == "1.74"
    assert (found.point.cause, found.point.status) == ("first_seen", "single")
    assert (found.revision.number, found.revision.author) == (1, "llm-prices")


def test_it_leads_to_the_very_bytes(registry: None) -> None:
    evidence = receipt(first_input().pk).evidence
    assert evidence is not None
    assert evidence.sha256 == sha256(FIRST_BODY).hexdigest()
    assert (evidence.size, evidence.held) == (len(FIRST_BODY), True)
    assert body(evidence.sha256).content == FIRST_BODY


def test_it_quotes_the_source_on_this_meter_only(registry: None) -> None:
    evidence = receipt(first_input().pk).evidence
    assert evidence is not None
    assert {figure.quote.meter for figure in evidence.quotes} == {"input_tokens"}
    assert [figure.quote.text for figure in evidence.quotes] == ["1.74"]
    assert (evidence.source, evidence.run_slot) == ("llm-prices", "2026-04-24")
    assert evidence.run_at == datetime(2026, 4, 24, tzinfo=UTC)


def test_a_curators_word_has_no_evidence_but_itself(registry: None) -> None:
    revision = say(point(offer("deepseek", "deepseek-v4-pro").offer_id, "2", terms="tier=flex"))
    found = receipt(PricePoint.objects.get(revision=revision).pk)
    assert found.evidence is None
    assert found.revision.number == revision.number


def test_a_snapshot_without_bytes_says_where_they_were(registry: None) -> None:
    Snapshot.objects.filter(runs__slot="2026-04-24").update(content=None)
    Run.objects.filter(slot="2026-04-24").update(address="https://prices.example/all.json")
    evidence = receipt(first_input().pk).evidence
    assert evidence is not None
    assert not evidence.held
    with pytest.raises(BytesNotHeld) as refused:
        body(str(evidence.sha256))
    assert refused.value.upstream == "https://prices.example/all.json"


def test_what_was_never_published_or_kept_is_not_held(registry: None) -> None:
    with pytest.raises(NotHeld, match="receipt"):
        receipt(999_999)
    with pytest.raises(NotHeld, match="snapshot"):
        body("0" * 64)


def test_a_receipt_takes_two_statements(
    registry: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pk = first_input().pk
    with django_assert_num_queries(2):
        receipt(pk)

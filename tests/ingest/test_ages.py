"""How old a price is: since when its source has said it, price by price."""

from __future__ import annotations

import pytest

from registry.ingest.claim_rows import facts_since
from registry.ingest.models import Claim
from registry.ledger.models import PricePoint
from tests.pipeline.bodies import FILLERS, llm_prices, models_dev, openrouter, priced, record
from tests.pipeline.taking import card, deliver, head_number, moment, offer

pytestmark = pytest.mark.usefixtures("sources")

GPT = "openai/gpt-9"
OWN = "openrouter/lab/gpt-9"


def starts(name: str, meter: str) -> list[str]:
    points = PricePoint.objects.filter(series__offer=offer(name), series__meter=meter)
    return [f"{point.starts_at:%Y-%m-%d}" for point in points.order_by("pk")]


def own(**prices: str) -> bytes:
    return openrouter({"lab/gpt-9": {"prompt": "0.000003", "completion": "0.000015", **prices}})


def test_a_first_price_after_silence_is_as_old_as_its_run() -> None:
    silent = priced(FILLERS, "3", "15") | {GPT: {}}
    deliver("models-dev", models_dev(silent), "2026-04-01")
    deliver("models-dev", models_dev(silent | priced((GPT,), "3", "15")), "2026-04-09")
    claim = Claim.objects.get(entries__key=GPT)
    assert claim.priced_since == moment("2026-04-09")
    assert claim.priced_otherwise_at == moment("2026-04-01")


def test_a_price_that_its_own_source_adds_begins_when_it_is_added() -> None:
    deliver("openrouter", own(), "2026-04-01")
    deliver("openrouter", own(input_cache_read="0.0000003"), "2026-04-20")
    assert starts(OWN, "cache_read_tokens") == ["2026-04-20"]
    assert "cache_read_tokens" not in card(OWN, "2026-04-19")


def test_a_first_price_of_its_own_source_begins_when_it_is_read() -> None:
    silent = openrouter({"lab/gpt-9": {}})
    deliver("openrouter", silent, "2026-04-01")
    deliver("openrouter", own(), "2026-04-20")
    assert starts(OWN, "input_tokens") == ["2026-04-20"]


def beside(**rows: dict[str, str]) -> bytes:
    """Enough rows that one of them may be missing."""
    plain = {"prompt": "0.000003", "completion": "0.000015"}
    return openrouter({f"lab/filler-{n}": plain for n in range(12)} | rows)


def test_what_its_own_source_withdrew_and_brings_back_costs_from_the_return_on() -> None:
    row = {"lab/gpt-9": {"prompt": "0.000003", "completion": "0.000015"}}
    deliver("openrouter", beside(**row), "2026-04-01")
    for day in ("02", "03", "04"):
        deliver("openrouter", beside(), f"2026-04-{day}")
    assert card(OWN, "2026-04-04") == {}
    deliver("openrouter", beside(**row), "2026-04-20")
    assert card(OWN, "2026-04-19") == {}
    assert card(OWN, "2026-04-20") == {"input_tokens": "3", "output_tokens": "15"}
    revisions = head_number()
    deliver("openrouter", beside(**row) + b"\n", "2026-04-21")
    assert head_number() == revisions


def test_a_return_is_not_dated_before_the_withdrawal_whatever_its_source_states() -> None:
    fillers = [record(f"filler-{n}", ("3", "15")) for n in range(12)]
    dated = record("gpt-9", ("3", "15"), from_date="2026-03-01")
    deliver("llm-prices", llm_prices(*fillers, dated), "2026-04-01")
    for day in ("02", "03", "04"):
        deliver("llm-prices", llm_prices(*fillers), f"2026-04-{day}")
    deliver("llm-prices", llm_prices(*fillers, dated), "2026-04-20")
    assert starts(GPT, "input_tokens") == ["2026-03-01", "2026-04-04", "2026-04-20"]
    assert card(GPT, "2026-04-20") == {"input_tokens": "3", "output_tokens": "15"}


def test_a_source_that_returns_to_an_earlier_word_says_it_anew() -> None:
    plain = priced(FILLERS, "3", "15")
    for day, amount in (("2026-04-01", "3"), ("2026-04-09", "4"), ("2026-04-20", "3")):
        deliver("models-dev", models_dev(plain | priced((GPT,), amount, "15")), day)
    claim = Claim.objects.get(entries__key=GPT)
    assert claim.priced_since == moment("2026-04-20")
    assert claim.priced_otherwise_at == moment("2026-04-09")
    assert Claim.objects.filter(entry_key=GPT).count() == 3


def test_a_returned_word_that_is_read_again_stays_the_same_claim() -> None:
    plain = priced(FILLERS, "3", "15")
    for day, amount in (("2026-04-01", "3"), ("2026-04-09", "4"), ("2026-04-20", "3")):
        deliver("models-dev", models_dev(plain | priced((GPT,), amount, "15")), day)
    returned = Claim.objects.get(entries__key=GPT)
    body = models_dev(plain | priced((GPT,), "3", "15")).replace(b'"cost"', b' "cost"')
    deliver("models-dev", body, "2026-04-21")
    assert Claim.objects.get(entries__key=GPT) == returned


def test_a_fact_is_as_old_as_its_first_telling_whatever_the_price_did() -> None:
    plain, limit = priced(FILLERS, "3", "15"), {"limit": '{"context": 200000}'}
    for day, amount in (("2026-04-01", "3"), ("2026-04-09", "4")):
        body = models_dev(plain | priced((GPT,), amount, "15"), facts=limit)
        deliver("models-dev", body, day)
    claim = Claim.objects.get(entries__key=GPT)
    assert claim.first_seen_at == moment("2026-04-09")
    assert facts_since(claim) == {"context_tokens": moment("2026-04-01")}

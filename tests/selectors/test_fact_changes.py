"""The feed of facts: in the order of publication, each with what was said before it."""

from __future__ import annotations

from typing import Any

import pytest

from registry.catalog.models import Lab, Model, Offer, Provider
from registry.ledger.models import FactPoint
from registry.selectors.fact_changes import FactChange, FactChangeFilter, fact_changes
from tests.ledger.saying import day, say
from tests.ledger.stating import fact

PRO = ("deepseek", "deepseek-v4-pro")


@pytest.fixture
def history(db: None) -> None:
    """A model whose context grows, is taken back and corrected; an offer that cuts it and ends."""
    lab = Lab.objects.create(slug="deepseek", name="DeepSeek")
    pro = Model.objects.create(lab=lab, slug="deepseek-v4-pro", name="DeepSeek V4 Pro")
    host = Provider.objects.create(slug="somebody", name="Somebody")
    cut = Offer.objects.create(provider=host, provider_model_id="v4-pro", model=pro)
    open_question = Offer.objects.create(provider=host, provider_model_id="mystery")
    say(fact(pro, 128_000), fact(pro, ("text",), name="input_modalities"))
    say(fact(pro, 1_000_000, starts=day(28), cause="changed"), fact(cut, 64_000))
    say(fact(pro, None, starts=day(28), cause="corrected"))
    say(fact(pro, 131_072, cause="corrected"), fact(cut, "2026-12-01", name="retires_on"))
    say(fact(open_question, False, name="reasoning"))


def steps(**asked: Any) -> list[tuple[str, Any, Any]]:
    told = fact_changes(FactChangeFilter(**asked), limit=20).rows
    return [(one.name, one.before and one.before.value, one.now.value) for one in told]


def test_each_change_says_what_stood_before_it(history: None) -> None:
    assert steps(model=PRO, of="model", name="context_tokens") == [
        ("context_tokens", None, 128_000),
        ("context_tokens", 128_000, 1_000_000),
        ("context_tokens", 1_000_000, None),
        ("context_tokens", 128_000, 131_072),
    ]


def test_an_offer_has_changes_of_its_own_from_where_it_parts(history: None) -> None:
    assert steps(provider="somebody", provider_model_id="v4-pro") == [
        ("context_tokens", None, 64_000),
        ("retires_on", None, "2026-12-01"),
    ]
    [ends] = fact_changes(FactChangeFilter(name="retires_on"), limit=9).rows
    assert (ends.of, ends.subject, ends.model) == ("offer", "somebody/v4-pro", "/".join(PRO))


def test_of_an_open_question_the_model_is_not_told(history: None) -> None:
    [one] = fact_changes(FactChangeFilter(name="reasoning"), limit=9).rows
    assert (one.subject, one.model, one.now.value) == ("somebody/mystery", None, False)


def test_filters_leave_the_others_out(history: None) -> None:
    assert len(steps(lab="deepseek")) == len(steps(model=PRO)) == 7
    assert steps(lab="openai") == steps(model=("openai", PRO[1])) == []
    assert steps(of="model", provider="somebody") == []
    assert len(steps(cause="corrected")) == 2
    assert len(steps(after=(2, 2**63 - 1))) == 4


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 4, 50])
def test_pages_of_any_size_make_up_the_feed(history: None, limit: int, newest_first: bool) -> None:
    seen: list[FactChange] = []
    while page := fact_changes(
        after=seen[-1].key if seen else None, newest_first=newest_first, limit=limit
    ).rows:
        seen += page
    keys = [one.key for one in seen]
    assert keys == sorted(set(keys), reverse=newest_first)
    assert len(keys) == FactPoint.objects.count()

"""Names of claims become providers, models, offers and aliases, once each."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from registry.catalog.enrol import enrol, relink_unmatched
from registry.catalog.models import Model, ModelAlias, Offer, OfferAlias, Provider
from registry.catalog.questions import open_questions
from scrapers.claims import OfferClaim

pytestmark = pytest.mark.django_db


def claim(provider: str, model_id: str, *aliases: str) -> OfferClaim:
    return OfferClaim(provider, model_id, aliases=aliases)


def test_one_offer_whatever_the_source_calls_its_provider() -> None:
    first = enrol([("litellm", claim("bedrock", "amazon.nova-lite-v1:0"))])
    second = enrol([("genai-prices", claim("aws", "amazon.nova-lite-v1:0"))])
    third = enrol([("llm-prices", claim("amazon", "amazon-nova-lite"))])
    offer = Offer.objects.get()
    assert {*first.values(), *second.values(), *third.values()} == {offer.pk}
    assert (str(offer), str(offer.model)) == (
        "amazon-bedrock/amazon.nova-lite-v1:0",
        "amazon/nova-lite-v1",
    )
    assert third == {("amazon", "amazon-nova-lite"): offer.pk}


def test_capitals_and_points_do_not_make_a_second_offer() -> None:
    enrol([("litellm", claim("minimax", "MiniMax-M2.7"))])
    enrol([("llm-prices", claim("minimax", "minimax-m2.7"))])
    assert Offer.objects.get().provider_model_id == "MiniMax-M2.7"


def test_a_declared_provider_is_kept_as_declared() -> None:
    enrol([("litellm", claim("gemini", "gemini-2.5-pro"))])
    provider = Provider.objects.get()
    assert (provider.slug, provider.kind) == ("google", "first_party")
    assert provider.lab is not None
    assert provider.lab.slug == "google"


def test_an_undeclared_provider_stays_apart() -> None:
    enrol([("litellm", claim("newhost", "gpt-5.5")), ("portkey", claim("newhost", "gpt-5.5"))])
    assert set(Provider.objects.values_list("slug", flat=True)) == {
        "litellm-newhost",
        "portkey-newhost",
    }


def test_a_model_exists_once_its_lab_sells_it() -> None:
    enrol([("litellm", claim("deepinfra", "zai-org/GLM-5.9"))])
    assert Offer.objects.get().model is None
    enrol([("litellm", claim("zai", "glm-5.9"))])
    assert {str(offer.model) for offer in Offer.objects.all()} == {"zai/glm-5.9"}
    assert set(Offer.objects.values_list("matched_by", flat=True)) == {"namespace", "own_id"}


def test_relinking_takes_new_aliases_into_account() -> None:
    enrol([("litellm", claim("zai", "glm-5.9")), ("litellm", claim("groq", "house-model"))])
    model = Model.objects.get()
    ModelAlias.objects.create(text="house-model", model=model, origin="curator")
    assert relink_unmatched() == 1
    assert Offer.objects.get(provider__slug="groq").model == model


def test_aliases_are_kept_and_never_taken_from_another_offer() -> None:
    enrol([("genai-prices", claim("openai", "gpt-9", "gpt-9-2027-01-31", "gpt-9-mini"))])
    enrol([("genai-prices", claim("openai", "gpt-9-pro", "gpt-9-2027-01-31"))])
    owners = {alias.text: str(alias.offer) for alias in OfferAlias.objects.all()}
    assert owners == {"gpt-9-2027-01-31": "openai/gpt-9", "gpt-9-mini": "openai/gpt-9"}


def test_names_that_cannot_be_kept_have_no_offer() -> None:
    rows = [("litellm", claim("openai", name)) for name in ("a\x00b", "x" * 201, "")]
    assert enrol(rows) == {}


def test_the_same_batch_again_adds_nothing_and_asks_little(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [("litellm", claim("openai", f"gpt-9-{n}", f"gpt-9-{n}-latest")) for n in range(500)]
    first = enrol(rows)
    with django_assert_max_num_queries(6):
        assert enrol(rows) == first
    assert Offer.objects.count() == OfferAlias.objects.count() == 500


def test_a_large_new_batch_asks_little(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [("litellm", claim("openai", f"gpt-9-{n}")) for n in range(1000)]
    with django_assert_max_num_queries(100):  # SQLite takes some tens of rows a statement
        assert len(enrol(rows)) == 1000


def test_open_questions_say_why() -> None:
    enrol([("litellm", claim("groq", "auto")), ("litellm", claim("newhost", "zai/glm-5.9"))])
    questions = [(q.provider, q.reason, q.declared) for q in open_questions()]
    assert questions == [
        ("groq", "unknown_family", True),
        ("litellm-newhost", "unknown_model", False),
    ]


def test_the_command_lists_open_questions() -> None:
    enrol([("litellm", claim("groq", "auto")), ("litellm", claim("groq", "gpt-9"))])
    out = StringIO()
    call_command("open_questions", stdout=out)
    assert "groq" in out.getvalue()
    assert "2 offers without a model" in out.getvalue()
    out = StringIO()
    call_command("open_questions", "--provider", "groq", stdout=out)
    assert "unknown_family" in out.getvalue()


@pytest.mark.parametrize("arguments", [("--limit", "0"), ("--provider", "nobody")])
def test_the_command_names_a_wrong_argument(arguments: tuple[str, str]) -> None:
    with pytest.raises(CommandError, match=f"{arguments[0]}: found"):
        call_command("open_questions", *arguments)

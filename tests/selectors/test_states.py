"""What is kept between two questions is dropped as soon as anything that it is made of changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registry.catalog.models import Lab, Model, ModelAlias, Offer, OfferAlias, Provider
from registry.selectors.resolving import Written, resolve
from registry.selectors.states import Kept, state_of_names


@pytest.fixture
def offer(db: None) -> Offer:
    """An offer of a seller, and two models of a lab that it may be of."""
    lab = Lab.objects.create(slug="a-lab", name="A lab")
    for slug in ("one", "other"):
        Model.objects.create(lab=lab, slug=slug, name=slug)
    seller = Provider.objects.create(slug="seller", name="Seller")
    model = Model.objects.get(slug="one")
    return Offer.objects.create(provider=seller, provider_model_id="x-1", model=model)


def link(offer: Offer) -> None:
    Offer.objects.filter(pk=offer.pk).update(model=Model.objects.get(slug="other"))


def unlink(offer: Offer) -> None:
    Offer.objects.filter(pk=offer.pk).update(model=None)


def alias(offer: Offer) -> None:
    OfferAlias.objects.create(provider=offer.provider, text="the-x", offer=offer, origin="test")


def model_alias(offer: Offer) -> None:
    ModelAlias.objects.create(text="the-one", model=Model.objects.get(slug="one"), origin="test")


def remove(offer: Offer) -> None:
    offer.delete()


def another(offer: Offer) -> None:
    Offer.objects.create(provider=offer.provider, provider_model_id="x-2")


def of_the_lab(offer: Offer) -> None:
    Provider.objects.update(lab=Lab.objects.get())


def of_another_kind(offer: Offer) -> None:
    Provider.objects.update(kind=Provider.Kind.FIRST_PARTY)


@pytest.mark.parametrize(
    "change",
    [link, unlink, alias, model_alias, remove, another, of_the_lab, of_another_kind],
)
def test_every_change_of_names_is_another_state(
    offer: Offer, change: Callable[[Offer], None]
) -> None:
    before = state_of_names()
    assert state_of_names() == before
    change(offer)
    assert state_of_names() != before


def test_a_new_alias_and_a_new_link_are_seen_at_once(offer: Offer) -> None:
    written = [Written("the-x", "seller")]
    [nothing] = resolve(written)
    assert nothing.offer is None
    alias(offer)
    [found] = resolve(written)
    assert found.offer is not None
    assert (found.offer.ref, found.model) == ("seller/x-1", "a-lab/one")
    link(offer)
    [moved] = resolve(written)
    assert moved.model == "a-lab/other"


def test_names_are_read_once_while_they_stay_as_they_are(offer: Offer) -> None:
    resolve([Written("nonsense")])
    with CaptureQueriesContext(connection) as captured:
        resolve([Written("nonsense")])
    assert len(captured) == 1


def test_a_value_is_made_anew_only_for_another_state() -> None:
    made: list[str] = []
    kept: Kept[str] = Kept()

    def make(value: str) -> str:
        made.append(value)
        return value

    told = [kept.get((state,), partial(make, state)) for state in "aab"]
    assert told == ["a", "a", "b"]
    assert made == ["a", "b"]


def test_a_process_that_serves_answers_with_the_value_before_until_the_next_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Kept, "makes_aside", True)
    kept: Kept[str] = Kept()
    goes_on, made = Event(), Event()

    def slowly() -> str:
        goes_on.wait(10)
        made.set()
        return "after"

    assert kept.get_soon((1,), lambda: "before") == "before"
    assert kept.get_soon((2,), slowly) == "before"
    assert kept.get_soon((2,), slowly) == "before", "and it is made once"
    goes_on.set()
    assert made.wait(10)
    assert kept.get((2,), lambda: "never") == "after"
    assert kept.get_soon((2,), lambda: "never") == "after"


def test_elsewhere_everybody_waits_for_what_is_true() -> None:
    kept: Kept[str] = Kept()
    assert kept.get_soon((1,), lambda: "before") == "before"
    assert kept.get_soon((2,), lambda: "after") == "after"

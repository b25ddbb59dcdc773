"""What has to go says so in the contract and in every answer that makes use of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.request import Request

from registry.api import kinds
from registry.api.deprecations import Deprecation, headers_of
from registry.api.operations import Answer, ReadView, operation
from registry.api.queries import Nothing, parameter
from registry.api.v1 import examples
from registry.api.v1.shapes.labs import LabList

SINCE, ENDS = date(2026, 12, 1), date(2027, 12, 31)
GOES = Deprecation(SINCE, ENDS, "ask /api/v1/labs")
HEADERS = {"Deprecation": "@1796083200", "Sunset": "Fri, 31 Dec 2027 00:00:00 GMT"}


@dataclass(frozen=True, slots=True)
class OldQuery:
    """A parameter that stays, and one that has another name now."""

    q: str | None = parameter(kinds.TEXT, "Only those with this in a name.")
    named: str | None = parameter(
        kinds.TEXT, "The same.", deprecated=Deprecation(SINCE, ENDS, "say q")
    )


class NewView(ReadView):
    """An operation of which one parameter is to go."""

    @operation("listNew", "New", query=OldQuery, answer=LabList, example=examples.LAB_LIST)
    def get(self, request: Request, query: OldQuery) -> Answer:
        """Labs."""
        return Answer(examples.LAB_LIST)


class OldView(ReadView):
    """An operation that is to go."""

    @operation(
        "listOld", "Old", query=Nothing, answer=LabList, example=examples.LAB_LIST, deprecated=GOES
    )
    def get(self, request: Request, query: Nothing) -> Answer:
        """Labs as they were."""
        return Answer(examples.LAB_LIST)


urlpatterns = [
    path("new", NewView.as_view()),
    path("old", OldView.as_view()),
    path("schema", SpectacularJSONAPIView.as_view()),
]

pytestmark = pytest.mark.usefixtures("db")


def told(address: str) -> dict[str, str]:
    """The headers of an answer that announce an end."""
    with override_settings(ROOT_URLCONF=__name__):
        answer = Client().get(address)
    assert answer.status_code == 200, answer.content
    return {name: answer[name] for name in HEADERS if name in answer}


@pytest.mark.parametrize(
    ("address", "expected"),
    [("/old", HEADERS), ("/new?named=x", HEADERS), ("/new?q=x", {}), ("/new", {})],
)
def test_an_answer_tells_what_ends_of_that_which_was_asked(
    address: str, expected: dict[str, str]
) -> None:
    assert told(address) == expected


def test_the_contract_marks_what_is_to_go_and_says_what_to_use() -> None:
    with override_settings(ROOT_URLCONF=__name__):
        contract: Any = Client().get("/schema").json()["paths"]
    old, new = contract["/old"]["get"], contract["/new"]["get"]
    assert old["deprecated"] is True
    assert "ends on 2027-12-31: ask /api/v1/labs" in old["description"]
    assert "deprecated" not in new
    marked = {one["name"]: one.get("deprecated", False) for one in new["parameters"]}
    assert marked == {"q": False, "named": True, "fields": False}
    [named] = [one for one in new["parameters"] if one["name"] == "named"]
    assert named["description"].endswith("ends on 2027-12-31: say q")


def test_the_earliest_of_several_ends_is_told() -> None:
    sooner = Deprecation(date(2026, 11, 1), date(2028, 1, 1), "say q")
    assert headers_of([GOES, sooner]) == HEADERS | {"Deprecation": "@1793491200"}
    assert headers_of([]) == {}


def test_nothing_ends_within_a_year_of_its_announcement() -> None:
    with pytest.raises(ValueError, match="expected a year from 2026-12-01 on"):
        Deprecation(SINCE, date(2027, 11, 30), "say q")

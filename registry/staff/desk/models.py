"""A model, and what a person says of its facts and those of its offers."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from registry.catalog.facts import OF_MODEL, OF_OFFER, shown
from registry.curation import actions
from registry.ledger.facts import Subject
from registry.selectors.desk_facts import FactTable
from registry.selectors.desk_models import desk_model
from registry.selectors.review_item import events_of
from registry.selectors.why_facts import why_fact
from registry.staff.desk.access import act, desk_page, hand_of, revision_shown, show
from registry.staff.desk.forms import FactForm, ScoreForm, moment_of, whole

_NAMES = {"model": OF_MODEL, "offer": OF_OFFER}


@desk_page
@require_GET
def model(request: HttpRequest, pk: int) -> HttpResponse:
    """One model's facts beside every source's word, its scores, its offers."""
    found = desk_model(pk, at=timezone.now())
    return show(
        request,
        "model",
        found.model.ref,
        page=found,
        model=found.model,
        fact_form=fact_form([found.facts], {"model": found.model.ref}),
        score_form=ScoreForm(),
        may_correct=request.user.has_perm("curation.correct_prices"),
        may_name=request.user.has_perm("curation.link_names"),
    )


@desk_page
@require_POST
def correct_fact(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """States a fact of a model or an offer."""
    of = Subject.offer(pk) if kind == "offer" else Subject.model(pk)

    def do() -> actions.Answered:
        hand = hand_of(request)
        return actions.correct_fact(
            of,
            request.POST.get("fact", ""),
            request.POST.get("value", ""),
            since=moment_of(request, "since") or hand["at"],
            address=request.POST.get("address", "").strip(),
            read_at=revision_shown(request),
            **hand,
        )

    return act(request, do, "Corrected", back=reverse(f"desk:{of.kind}", args=[pk]))


@desk_page
@require_POST
def edit_fact(request: HttpRequest, pk: int) -> HttpResponse:
    """Approves an item of a fact with the value of the form."""
    kind, _, text = request.POST.get("of", "").partition(":")
    row = whole(text)

    def do() -> actions.Answered:
        if kind not in _NAMES or row is None:
            raise actions.ActionRefused("of", kind or "nothing", "the item's offer or its model")
        of = Subject.offer(row) if kind == "offer" else Subject.model(row)
        return actions.approve_edited_fact(
            pk,
            of,
            request.POST.get("fact", ""),
            request.POST.get("value", ""),
            since=moment_of(request, "since"),
            address=request.POST.get("address", "").strip(),
            **hand_of(request),
        )

    return act(request, do, "Approved with another value", back=reverse("desk:item", args=[pk]))


@desk_page
@require_GET
def why_fact_page(request: HttpRequest, point: int) -> HttpResponse:
    """Why a published fact is what it is."""
    found = why_fact(point)
    receipt = found.receipt
    return show(
        request,
        "why_fact",
        f"Why {receipt.name.replace('_', ' ')} of {receipt.ref}",
        why=found,
        point=point,
        value=None if receipt.value is None else shown(receipt.value),
        events=events_of(receipt.ref),
        may_correct=request.user.has_perm("curation.correct_prices"),
    )


@desk_page
@require_POST
def retract_fact(request: HttpRequest, point: int) -> HttpResponse:
    """Takes a published fact back."""
    return act(
        request,
        lambda: actions.retract_fact(point, read_at=revision_shown(request), **hand_of(request)),
        "Retracted",
        back=reverse("desk:why_fact", args=[point]),
    )


def fact_form(
    tables: Iterable[FactTable], subjects: dict[str, str], *, chosen: str = "", value: str = ""
) -> FactForm:
    """Every fact that the subjects can have, with what is published of it."""
    held = list(tables)
    now = {line.name: line.old for table in held for line in table.lines}
    names = dict.fromkeys(name for table in held for name in _NAMES[table.subject.kind])
    return FactForm(
        tuple(
            (f"{table.subject.kind}:{table.subject.pk}", subjects.get(table.subject.kind, ""))
            for table in held
        ),
        tuple((name, now.get(name, "")) for name in names),
        chosen,
        value,
    )

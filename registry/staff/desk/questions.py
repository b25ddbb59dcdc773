"""Open questions: names that lead nowhere, words that are not known, sources that disagree."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from registry.curation import actions
from registry.selectors.questions import (
    disagreements,
    model_id_of,
    nameless_offers,
    score_names,
    sellers_of_nameless,
    unknown_names,
)
from registry.staff.desk.access import act, desk_page, hand_of, show
from registry.staff.desk.forms import whole


@desk_page
@require_GET
def questions(request: HttpRequest) -> HttpResponse:
    """What only a person can settle."""
    provider = request.GET.get("provider", "")
    return show(
        request,
        "questions",
        "Open questions",
        provider=provider,
        sellers=sellers_of_nameless(),
        nameless=nameless_offers(provider=provider, page=whole(request.GET.get("page", "")) or 1),
        unknown=unknown_names(),
        names=score_names(),
        disagreements=disagreements(),
        may_name=request.user.has_perm("curation.link_names"),
    )


@desk_page
@require_POST
def link(request: HttpRequest) -> HttpResponse:
    """Makes a text a name of a model."""
    text, ref = request.POST.get("text", ""), request.POST.get("model", "").strip()

    def do() -> actions.Answered:
        model = model_id_of(ref)
        if model is None:
            raise actions.ActionRefused("model", ref or "nothing", "a known model as lab/name")
        return actions.link_alias(text, model, **hand_of(request))

    return act(request, do, f"Linked: {text} is {ref}", back=reverse("desk:questions"))


@desk_page
@require_POST
def merge_models(request: HttpRequest) -> HttpResponse:
    """Makes a model another name of a second one."""
    ref, into = (request.POST.get(name, "").strip() for name in ("model", "into"))
    do = partial(actions.merge_models, model_id_of(ref) or 0, model_id_of(into) or 0)
    return act(
        request,
        lambda: do(**hand_of(request)),
        f"Merged: {ref} is {into}",
        back=reverse("desk:questions"),
    )

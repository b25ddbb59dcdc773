"""Sources and how they fare; asking them, reading them again, trusting them no more."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from registry.curation import actions
from registry.curation.models import AuditEvent
from registry.selectors.source_health import healths, source_page
from registry.staff.desk.access import act, desk_page, hand_of, show
from registry.staff.desk.forms import moment_of


@desk_page
@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Every source at a glance."""
    return show(request, "sources", "Sources", healths=healths(timezone.now()))


@desk_page
@require_GET
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """One source: its runs, its failures, what it is the winner for."""
    found = source_page(slug, at=timezone.now())
    return show(
        request,
        "source",
        found.health.source.name,
        page=found,
        health=found.health,
        may_ask=request.user.has_perm("curation.ask_source"),
        may_distrust=request.user.has_perm("curation.distrust_source"),
    )


@desk_page
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks a source now."""
    return _errand(request, pk, actions.ask_now, "It is being asked")


@desk_page
@require_POST
def reread(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads a source's kept bodies again."""
    return _errand(request, pk, actions.read_again, "Its kept bodies are being read again")


@desk_page
@require_POST
def distrust(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops hearing a source."""

    def do() -> actions.Answered:
        hand = hand_of(request)
        return actions.distrust(pk, since=moment_of(request, "since") or hand["at"], **hand)

    return act(request, do, "Distrusted", back=reverse("desk:sources"))


def _errand(
    request: HttpRequest, pk: int, do: Callable[..., AuditEvent], done: str
) -> HttpResponse:
    try:
        event = do(pk, **hand_of(request))
    except actions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except actions.ActionRefused as refusal:
        messages.error(request, f"Nothing was done. {refusal}.")
        return HttpResponseRedirect(reverse("desk:sources"))
    messages.success(request, f"{done}; its run says what came of it.")
    return HttpResponseRedirect(reverse("desk:source", args=[event.subject]))

"""Who sees a page of the desk, and how a button's action is done and told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from registry.curation import actions
from registry.curation.models import AuditEvent
from registry.ledger.models import Revision
from registry.selectors.paging import NotHeld
from registry.staff.desk.forms import whole

LOOK = "curation.view_review"
_SECTIONS = {
    "item": "queue",
    "offer": "offers",
    "why": "offers",
    "claim": "offers",
    "model": "offers",
    "why_score": "offers",
    "why_fact": "offers",
    "snapshot": "sources",
    "source": "sources",
    "event": "audit",
}

_P = ParamSpec("_P")


def desk_page(
    view: Callable[Concatenate[HttpRequest, _P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """A page for signed-in staff who may look at the queue; what is not held is not found."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> HttpResponse:
        if not request.user.has_perm(LOOK):
            raise PermissionDenied
        try:
            return view(request, *args, **kwargs)
        except NotHeld as missing:
            raise Http404(str(missing)) from missing

    page: Callable[..., HttpResponse] = never_cache(admin.site.admin_view(guarded))
    return page


def show(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page of the desk inside the admin's frame."""
    frame = admin.site.each_context(request) | {"title": title, "is_nav_sidebar_enabled": False}
    frame["section"] = _section(template)
    return TemplateResponse(request, f"desk/{template}.html", frame | context)


def _section(template: str) -> str:
    """The part of the desk that a page belongs to."""
    return _SECTIONS.get(template, template)


def hand_of(request: HttpRequest) -> dict[str, Any]:
    """Who acts, why, from which page and when, as every action wants to know."""
    return {
        "by": user_of(request),
        "note": request.POST.get("note", ""),
        "page": urlsplit(request.META.get("HTTP_REFERER", "")).path or request.path,
        "at": timezone.now(),
    }


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; a page of the desk has no other visitor."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def revision_shown(request: HttpRequest) -> int | None:
    """The revision that the page of a form showed."""
    return whole(request.POST.get("read_at", ""))


def act(
    request: HttpRequest, do: Callable[[], actions.Answered], done: str, *, back: str
) -> HttpResponse:
    """Does an action and goes back, with what came of it or why nothing was done."""
    try:
        answered = do()
    except (actions.ActionRefused, actions.AnsweredAlready, actions.Outdated) as refusal:
        messages.error(request, f"Nothing was done. {refusal}.")
    except actions.NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    else:
        _tell(request, done, answered.event, answered.revision)
    return HttpResponseRedirect(_safe(request, request.POST.get("next", ""), back))


def _tell(request: HttpRequest, done: str, event: AuditEvent, revision: Revision | None) -> None:
    """What was done, with the way to its line of the audit trail, where it can be undone."""
    what = f"revision {revision.number}" if revision else "no new revision"
    trail = reverse("desk:event", args=[event.pk])
    told = format_html('{}: {}. <a href="{}">What it did, and undo</a>', done, what, trail)
    messages.success(request, told)


def _safe(request: HttpRequest, target: str, fallback: str) -> str:
    if target and url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return target
    return fallback

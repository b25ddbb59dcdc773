"""Where the numbers come from, how they are chosen, and how to say that one is wrong."""

from __future__ import annotations

from django import forms
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from registry.curation.actions import ActionRefused, report_error
from registry.pages import asking
from registry.pages.clock import Clock, read_clock
from registry.pages.showing import page, show
from registry.selectors.freshness import freshness
from registry.selectors.offers import offer
from registry.selectors.overview import overview
from registry.selectors.paging import NotHeld

REPORTS_AN_HOUR = 10
_HOUR = 3600
_LONGEST = 2000


@page
def sources(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Who is listened to, how far, and when each was last heard."""
    return show(
        request,
        "pages/about/sources.html",
        clock,
        section="sources",
        sources=freshness(timezone.now()),
    )


@page
def method(request: HttpRequest, clock: Clock) -> HttpResponse:
    """How numbers are chosen."""
    return show(
        request,
        "pages/about/method.html",
        clock,
        section="method",
        overview=overview(),
        sources=freshness(timezone.now()),
    )


class ReportForm(forms.Form):
    """What a reader finds wrong. ``website`` is seen and filled in by machines only."""

    about = forms.CharField(
        label="Which figure, or the address of the page", max_length=200, required=True
    )
    message = forms.CharField(
        label="What is wrong, and where the right figure stands",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.CharField(required=False)


@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """Takes a report to the review desk; so many an hour from one address, and no more."""
    clock = read_clock(request.GET)
    if request.method != "POST":
        about = asking.text(request.GET, "about")
        return _form(request, clock, ReportForm(initial={"about": about}))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _form(request, clock, form, status=400)
    if not _may_report(request):
        form.add_error(None, f"At most {REPORTS_AN_HOUR} reports an hour; please come back later.")
        return _form(request, clock, form, status=429)
    if not form.cleaned_data["website"]:
        try:
            _take(form.cleaned_data["about"], form.cleaned_data["message"])
        except ActionRefused as error:
            form.add_error("message", str(error))
            return _form(request, clock, form, status=400)
    return show(request, "pages/about/reported.html", clock, section="method")


def _form(
    request: HttpRequest, clock: Clock, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    answer = show(request, "pages/about/report.html", clock, section="method", form=form)
    answer.status_code = status
    return answer


def _take(about: str, message: str) -> None:
    report_error(
        offer_id=_offer_meant(about),
        subject=about,
        message=message,
        page=about if about.startswith("/") else "",
        at=timezone.now(),
    )


def _offer_meant(about: str) -> int | None:
    """The offer whose page is named; None for anything else, which a person will read."""
    _, found, ref = about.partition("/offers/")
    provider, _, model_id = ref.partition("?")[0].partition("/")
    if not found or not model_id:
        return None
    try:
        return offer(provider, model_id).offer_id
    except NotHeld:
        return None


def _may_report(request: HttpRequest) -> bool:
    """Counts this try; a machine that ignores the answer stays refused until the hour is over."""
    key = f"report:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, _HOUR)
    return int(cache.incr(key)) <= REPORTS_AN_HOUR

"""Who makes models and who sells them: the lists, and a page each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from registry.pages import asking
from registry.pages.clock import Clock
from registry.pages.paging import paged
from registry.pages.showing import page, show
from registry.selectors.labs import lab as lab_row
from registry.selectors.labs import labs as lab_rows
from registry.selectors.provider_page import offers_at
from registry.selectors.providers import PROVIDER_KINDS, ProviderFilter
from registry.selectors.providers import provider as provider_row
from registry.selectors.providers import providers as provider_rows
from registry.selectors.table import DEFAULT_RATIO, TableFilter, table

MANY = 2000
ROWS = 100


@page
def providers(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Every provider, those of one kind only where that is asked."""
    kind = asking.choice(request.GET, "kind", ("", *PROVIDER_KINDS), "")
    rows = provider_rows(ProviderFilter(kind=kind or None), limit=MANY).rows
    found = sorted(rows, key=lambda row: row.name.casefold())
    return show(
        request,
        "pages/organisations/providers.html",
        clock,
        section="providers",
        providers=found,
        kinds=PROVIDER_KINDS,
        asked_kind=kind,
    )


@page
def provider(request: HttpRequest, clock: Clock, slug: str) -> HttpResponse:
    """What one provider sells, and at what."""
    row = provider_row(slug)
    number = asking.whole(request.GET, "page", least=1, most=10**6, default=1)
    words = asking.text(request.GET, "q")
    sold, total = offers_at(
        slug,
        clock.as_of,
        words=words,
        ratio=DEFAULT_RATIO,
        offset=(number - 1) * ROWS,
        limit=ROWS,
    )
    return show(
        request,
        "pages/organisations/provider.html",
        clock,
        section="providers",
        provider=row,
        sold=sold,
        words=words,
        paged=paged(number, ROWS, total),
    )


@page
def labs(request: HttpRequest, clock: Clock) -> HttpResponse:
    """Every lab."""
    found = sorted(lab_rows(limit=MANY).rows, key=lambda row: row.name.casefold())
    return show(request, "pages/organisations/labs.html", clock, section="labs", labs=found)


@page
def lab(request: HttpRequest, clock: Clock, slug: str) -> HttpResponse:
    """The models of one lab, the newest first, and where it sells them itself."""
    row = lab_row(slug)
    found = table(clock.as_of, TableFilter(lab=slug), order="-released")
    own = provider_rows(ProviderFilter(lab=slug), limit=MANY).rows
    return show(
        request,
        "pages/organisations/lab.html",
        clock,
        section="labs",
        lab=row,
        rows=found.rows,
        providers=own,
    )

"""Where the feeds are found."""

from django.http import HttpRequest
from django.urls import path
from django.views.decorators.http import condition

from registry.feeds.calendar import calendar
from registry.feeds.fact_atom import FactsFeed, ModelFactsFeed, ProviderFactsFeed
from registry.feeds.price_atom import ChangesFeed, ModelFeed, ProviderFeed
from registry.feeds.score_atom import BenchmarkFeed
from registry.selectors.clocks import as_of


def _head(request: HttpRequest, **parts: str) -> str:
    """What a feed says changes with the newest revision only."""
    return f'"{as_of().hash}"'


unchanged = condition(etag_func=_head)

app_name = "feeds"
urlpatterns = [
    path("changes.atom", unchanged(ChangesFeed()), name="changes"),
    path("providers/<str:provider>.atom", unchanged(ProviderFeed()), name="provider"),
    path("models/<str:lab>/<path:slug>.atom", unchanged(ModelFeed()), name="model"),
    path("benchmarks/<str:slug>.atom", unchanged(BenchmarkFeed()), name="benchmark"),
    path("facts.atom", unchanged(FactsFeed()), name="facts"),
    path(
        "facts/providers/<str:provider>.atom", unchanged(ProviderFactsFeed()), name="provider-facts"
    ),
    path(
        "facts/models/<str:lab>/<path:slug>.atom", unchanged(ModelFactsFeed()), name="model-facts"
    ),
    path("calendar.ics", calendar, name="calendar"),
]

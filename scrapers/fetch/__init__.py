"""The fetcher: one polite, bounded, conditional HTTP request to a stranger's host.

    outcome = fetch(FetchRequest("https://host/prices", etag=held), settings=settings)

`Fetched` or `NotModified`, or a `FetchError` that says by name why not. The only package of
Ratecard that speaks HTTP to others.
"""

from scrapers.fetch.addresses import AddressPolicy
from scrapers.fetch.errors import FetchError
from scrapers.fetch.fetcher import fetch
from scrapers.fetch.messages import Fetched, FetchRequest, FetchSettings, NotModified
from scrapers.fetch.post import Posted, post
from scrapers.fetch.robots import RobotsCache

__all__ = [
    "AddressPolicy",
    "FetchError",
    "FetchRequest",
    "FetchSettings",
    "Fetched",
    "NotModified",
    "Posted",
    "RobotsCache",
    "fetch",
    "post",
]

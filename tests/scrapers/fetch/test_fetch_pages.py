"""A page taken, a page unchanged, and the answers that are no page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scrapers.fetch import (
    AddressPolicy,
    Fetched,
    FetchRequest,
    FetchSettings,
    NotModified,
    RobotsCache,
    fetch,
)
from scrapers.fetch.errors import (
    AddressRefused,
    Blocked,
    ConnectionFailed,
    TooManyRedirects,
    Truncated,
    Undecodable,
    UnexpectedStatus,
    WrongContentType,
    WrongPage,
)
from tests.scrapers.fetch.loopback import Site, answer
from tests.scrapers.fetch.spellings import REFUSED

pytestmark = pytest.mark.enable_socket

Take = Callable[..., Fetched | NotModified]
ETAG, CHANGED = '"v1"', "Fri, 24 Apr 2026 08:00:00 GMT"


def test_takes_the_page_with_everything_that_a_snapshot_needs(site: Site, take: Take) -> None:
    site.says(
        "/prices",
        answer(
            body=b"\xef\xbb\xbf1.74",
            content_type="Text/CSV; charset=UTF-8",
            etag=ETAG,
            last_modified=CHANGED,
        ),
    )
    assert take("/prices", accept=("text/csv",)) == Fetched(
        body=b"\xef\xbb\xbf1.74",
        final_url=site.url("/prices"),
        status=200,
        etag=ETAG,
        last_modified=CHANGED,
        content_type="text/csv",
        charset="utf-8",
        fetched_at=datetime(2026, 4, 24, 12, tzinfo=UTC),
        redirects=(),
    )


def test_says_honestly_who_asks_and_what_it_takes(site: Site, take: Take) -> None:
    site.says("/prices", answer(content_type="text/csv"))
    take("/prices", accept=("text/csv",))
    (asked,) = [asked for asked in site.asked if asked.path == "/prices"]
    assert asked.headers["user-agent"] == "Ratecard/1.2.3 (+https://registry.example/contact)"
    assert asked.headers["accept"] == "text/csv, */*;q=0.1"
    assert asked.headers["host"] == f"127.0.0.1:{site.port}"
    assert "if-none-match" not in asked.headers
    assert "cookie" not in asked.headers


def test_an_unchanged_page_is_not_sent_again(site: Site, take: Take) -> None:
    site.says("/prices", answer(304, etag=ETAG))
    outcome = take("/prices", etag=ETAG, last_modified=CHANGED)
    assert outcome == NotModified(
        final_url=site.url("/prices"),
        etag=ETAG,
        last_modified=CHANGED,
        fetched_at=datetime(2026, 4, 24, 12, tzinfo=UTC),
        redirects=(),
    )
    assert site.asked[-1].headers["if-none-match"] == ETAG
    assert site.asked[-1].headers["if-modified-since"] == CHANGED


def test_not_modified_without_a_condition_is_no_answer(site: Site, take: Take) -> None:
    site.says("/prices", answer(304))
    with pytest.raises(UnexpectedStatus, match="status 304; expected 200"):
        take("/prices")


@pytest.mark.parametrize("status", [201, 204, 206, 400, 401, 403, 404, 410])
def test_a_status_without_a_page_is_named(site: Site, take: Take, status: int) -> None:
    site.says("/prices", answer(status))
    with pytest.raises(UnexpectedStatus) as refused:
        take("/prices")
    assert refused.value.status == status
    assert site.paths() == ["/prices"]


def test_a_validator_that_cannot_be_sent_back_is_not_kept(site: Site, take: Take) -> None:
    site.says("/prices", answer(body=b"1", etag='"\xe9"'))
    outcome = take("/prices")
    assert isinstance(outcome, Fetched)
    assert outcome.etag is None


def test_a_redirect_is_followed_and_kept(site: Site, take: Take) -> None:
    site.says("/old", answer(301, location="/newer"))
    site.says("/newer", answer(308, location=site.url("/new?a=1#part")))
    site.says("/new?a=1", answer(body=b"1.74"))
    outcome = take("/old")
    assert outcome.final_url == site.url("/new?a=1")
    assert outcome.redirects == (site.url("/old"), site.url("/newer"))


def test_five_redirects_are_followed_and_the_sixth_is_not(site: Site, take: Take) -> None:
    for hop in range(7):
        site.says(f"/{hop}", answer(302, location=f"/{hop + 1}"))
    site.says("/7", answer(body=b"1.74"))
    assert take("/2").final_url == site.url("/7")
    with pytest.raises(TooManyRedirects, match="at most 5 redirects"):
        take("/1")


def test_a_circle_of_redirects_ends(site: Site, take: Take) -> None:
    site.says("/a", answer(302, location="/b"))
    site.says("/b", answer(302, location="/a"))
    with pytest.raises(TooManyRedirects):
        take("/a")
    assert len(site.paths()) == 6


def test_a_redirect_to_nowhere_is_no_page(site: Site, take: Take) -> None:
    site.says("/a", answer(302))
    with pytest.raises(UnexpectedStatus, match="a Location to follow"):
        take("/a")


def test_no_spelling_of_a_near_address_is_reached_through_a_redirect(
    site: Site, open_site: Callable[[], Site], settings_for: Callable[..., FetchSettings]
) -> None:
    victim = open_site()
    settings = settings_for(
        # Scheme and port let the victim through and every name leads to it: the host is checked.
        policy=AddressPolicy(
            frozenset({"site.example"}), frozenset({"http"}), frozenset({victim.port})
        ),
        resolver=lambda host, port: ("127.0.0.1",),
    )
    robots = RobotsCache()
    spelled = [address for address in REFUSED if address.startswith("https://")]
    assert len(spelled) >= 40
    for address in spelled:
        host = address.removeprefix("https://").split("/")[0].removesuffix(":443")
        location = f"http://{host}:{victim.port}/".encode().decode("latin-1")
        site.says("/prices", answer(302, location=location))
        with pytest.raises(AddressRefused):
            fetch(
                FetchRequest(site.url("/prices", "site.example")), settings=settings, robots=robots
            )
    assert len(site.paths()) == len(spelled)
    assert victim.asked == []


@pytest.mark.parametrize(
    "location",
    ["http://127.1/", "//localhost/", "file:///etc/passwd", "https://[::1]/", "http://["],
)
def test_a_refused_redirect_says_that_the_address_was_refused(
    site: Site, take: Take, location: str
) -> None:
    site.says("/a", answer(302, location=location))
    with pytest.raises(AddressRefused):
        take("/a")


def test_ending_at_the_home_page_is_the_wrong_page(site: Site, take: Take) -> None:
    site.says("/prices", answer(302, location="/"))
    site.says("/", answer(body=b"<title>Welcome</title>", content_type="text/html"))
    with pytest.raises(WrongPage, match="led to the home page"):
        take("/prices")


@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_a_challenge_is_blocked_whatever_its_status_and_not_asked_again(
    site: Site, take: Take, status: int
) -> None:
    body = b"<title>Just a moment...</title>"
    site.says("/prices", answer(status, body, content_type="text/html"))
    with pytest.raises(Blocked):
        take("/prices")
    assert site.paths() == ["/prices"]


def test_a_page_of_another_type_is_refused(site: Site, take: Take) -> None:
    site.says("/api.json", answer(body=b"<p>Soon</p>", content_type="text/html"))
    with pytest.raises(WrongContentType):
        take("/api.json", accept=("application/json",))


def test_a_page_without_a_length_is_taken(site: Site, take: Take) -> None:
    site.says("/prices", b"HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\n1.74")
    outcome = take("/prices")
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"1.74"


@pytest.mark.parametrize(
    "cut",
    [
        answer(body=b"1.7", length=4),
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\n1.7\r\n",
        answer(body=b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x33", content_encoding="gzip"),
    ],
    ids=["declared length", "last chunk", "end of gzip"],
)
@pytest.mark.usefixtures("no_pauses")
def test_a_page_cut_before_its_end_is_truncated(site: Site, take: Take, cut: bytes) -> None:
    site.says("/prices", cut)
    with pytest.raises(Truncated):
        take("/prices")


def test_a_page_that_is_not_in_its_encoding_is_undecodable(site: Site, take: Take) -> None:
    site.says("/prices", answer(body=b"1.74", content_encoding="gzip"))
    with pytest.raises(Undecodable):
        take("/prices")


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize("noise", [b"", b"SSH-2.0-x\r\n"])
def test_a_host_that_speaks_no_http_is_a_failed_connection(
    site: Site, take: Take, noise: bytes
) -> None:
    site.says("/prices", noise)
    with pytest.raises(ConnectionFailed):
        take("/prices")


@pytest.mark.parametrize("contact", ["", "somebody", "http://a.example/", "a@b\r\nX: y"])
def test_a_contact_that_reaches_nobody_is_refused(
    settings_for: Callable[..., FetchSettings], contact: str
) -> None:
    with pytest.raises(ValueError, match="contact"):
        settings_for(contact=contact)


@pytest.mark.parametrize(
    ("field", "value"), [("etag", '"a"\r\nX: y'), ("last_modified", ""), ("max_bytes", 0)]
)
def test_a_request_that_cannot_be_sent_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=field):
        FetchRequest("https://example.com/", **{field: value})  # type: ignore[arg-type]

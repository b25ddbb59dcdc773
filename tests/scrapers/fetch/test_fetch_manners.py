"""Good manners: robots.txt, one request at a time, trying again no sooner than asked."""

from __future__ import annotations

import multiprocessing
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scrapers.fetch import Fetched, FetchRequest, FetchSettings, NotModified, RobotsCache, fetch
from scrapers.fetch.addresses import AddressPolicy, Target
from scrapers.fetch.deadline import Deadline
from scrapers.fetch.errors import (
    ConnectionFailed,
    FetchError,
    HostBusy,
    RateLimited,
    RobotsDisallowed,
    RobotsUnreachable,
    ServerFailed,
    UnexpectedStatus,
)
from scrapers.fetch.exchange import retry_after
from scrapers.fetch.slots import hold
from tests.scrapers.fetch.loopback import Asked, Site, answer

pytestmark = pytest.mark.enable_socket

Take = Callable[..., Fetched | NotModified]
NOON = datetime(2026, 4, 24, 12, tzinfo=UTC)
TARGET = Target("https://example.com/", "https", "example.com", 443, "/")


def test_a_page_that_robots_txt_closes_is_not_asked_for(site: Site, take: Take) -> None:
    site.says("/robots.txt", answer(body=b"User-agent: *\nDisallow: /private\n"))
    site.says("/private/prices", answer(body=b"1"))
    site.says("/prices", answer(body=b"1"))
    with pytest.raises(RobotsDisallowed):
        take("/private/prices")
    assert site.paths() == []
    assert take("/prices").final_url == site.url("/prices")


def test_rules_for_ratecard_by_name_come_first(site: Site, take: Take) -> None:
    site.says(
        "/robots.txt",
        answer(body=b"User-agent: *\nDisallow: /\n\nUser-agent: ratecard\nAllow: /\n"),
    )
    site.says("/prices", answer(body=b"1"))
    assert take("/prices").final_url == site.url("/prices")


def test_a_page_closed_by_robots_txt_is_not_reached_through_a_redirect(
    site: Site, take: Take
) -> None:
    site.says("/robots.txt", answer(body=b"User-agent: *\nDisallow: /private\n"))
    site.says("/prices", answer(302, location="/private/prices"))
    with pytest.raises(RobotsDisallowed):
        take("/prices")
    assert site.paths() == ["/prices"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_an_absent_robots_txt_closes_nothing(site: Site, take: Take, status: int) -> None:
    site.says("/robots.txt", answer(status))
    site.says("/prices", answer(body=b"1"))
    assert take("/prices").final_url == site.url("/prices")


def test_a_host_that_limits_even_its_robots_txt_is_left_alone(site: Site, take: Take) -> None:
    site.says("/robots.txt", answer(429, retry_after="600"))
    with pytest.raises(RateLimited):
        take("/prices")
    assert site.paths() == []


@pytest.mark.usefixtures("no_pauses")
@pytest.mark.parametrize(
    ("failure", "named"),
    [(answer(500), RobotsUnreachable), (answer(503), RobotsUnreachable), (b"", ConnectionFailed)],
)
def test_a_failing_robots_txt_closes_everything(
    site: Site, take: Take, failure: bytes, named: type[FetchError]
) -> None:
    site.says("/robots.txt", failure)
    with pytest.raises(named):
        take("/prices")
    assert site.paths() == []


def test_robots_txt_that_redirects_for_ever_closes_nothing(site: Site, take: Take) -> None:
    site.says("/robots.txt", answer(302, location="/robots.txt"))
    site.says("/prices", answer(body=b"1"))
    assert take("/prices").final_url == site.url("/prices")


def test_robots_txt_is_read_once_for_all_pages_of_a_host(
    site: Site, settings_for: Callable[..., FetchSettings]
) -> None:
    site.says("/prices", answer(body=b"1"))
    robots, settings = RobotsCache(), settings_for()
    for _ in range(3):
        fetch(FetchRequest(site.url("/prices")), settings=settings, robots=robots)
    assert [asked.path for asked in site.asked] == ["/robots.txt"] + ["/prices"] * 3


def test_a_crawl_delay_is_kept(site: Site, take: Take) -> None:
    site.says("/robots.txt", answer(body=b"User-agent: *\nCrawl-delay: 60\n"))
    site.says("/prices", answer(body=b"1"))
    take("/prices")
    with pytest.raises(HostBusy, match="host rests"):
        take("/prices")


def test_asks_again_after_429_no_sooner_than_the_host_wishes(site: Site, take: Take) -> None:
    moments: list[float] = []

    def limited(connection: socket.socket, _: Asked) -> None:
        moments.append(time.monotonic())
        connection.sendall(answer(429, retry_after="1"))

    def served(connection: socket.socket, _: Asked) -> None:
        moments.append(time.monotonic())
        connection.sendall(answer(body=b"1.74"))

    site.says("/prices", limited, served)
    outcome = take("/prices")
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"1.74"
    assert moments[1] - moments[0] >= 1


def test_a_wish_beyond_the_deadline_is_handed_on_and_kept(site: Site, take: Take) -> None:
    site.says("/prices", answer(429, retry_after="600"))
    with pytest.raises(RateLimited) as limited:
        take("/prices")
    assert limited.value.retry_after == 600
    with pytest.raises(HostBusy, match="host rests"):
        take("/prices")
    assert site.paths() == ["/prices"]


@given(
    wish=st.one_of(
        st.text(max_size=40),
        st.from_regex(
            r"[A-Z][a-z]{2}, [0-9]{1,2} (Jan|Dec) [0-9]{1,5} [0-9:]{1,9} ([+-][0-9]{1,9}|GMT)",
            fullmatch=True,
        ),
    )
)
def test_no_wish_is_unreadable_enough_to_fail(wish: str) -> None:
    seconds = retry_after(wish, NOON)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("wish", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Fri, 24 Apr 2026 12:00:30 GMT", 30),
        ("Fri, 24 Apr 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
    ],
)
def test_reads_a_wish_in_seconds_or_as_a_date(wish: str, seconds: float | None) -> None:
    assert retry_after(wish, NOON) == seconds


@pytest.mark.usefixtures("no_pauses")
def test_a_passing_fault_is_tried_again(site: Site, take: Take) -> None:
    site.says("/prices", answer(502), b"", answer(body=b"1.74"))
    outcome = take("/prices")
    assert isinstance(outcome, Fetched)
    assert outcome.body == b"1.74"


@pytest.mark.usefixtures("no_pauses")
def test_a_lasting_fault_is_tried_three_times(site: Site, take: Take) -> None:
    site.says("/prices", answer(500))
    with pytest.raises(ServerFailed):
        take("/prices")
    assert site.paths() == ["/prices"] * 3


def test_a_refusal_is_not_tried_again(site: Site, take: Take) -> None:
    site.says("/prices", answer(404), answer(body=b"1.74"))
    with pytest.raises(UnexpectedStatus, match="status 404"):
        take("/prices")
    assert site.paths() == ["/prices"]


def _fetch_in_a_process(address: str, directory: Path) -> None:
    settings = FetchSettings(
        contact="https://registry.example/contact",
        version="1.2.3",
        slot_directory=directory,
        policy=AddressPolicy(allow_hosts=frozenset({"127.0.0.1"})),
        spacing=0.1,
    )
    fetch(FetchRequest(address), settings=settings)


def test_two_processes_never_ask_a_host_at_the_same_time(site: Site, tmp_path: Path) -> None:
    at_once = threading.Semaphore(1)
    spans: list[tuple[bool, float, float]] = []

    def serve(connection: socket.socket, _: Asked) -> None:
        alone, start = at_once.acquire(blocking=False), time.monotonic()
        time.sleep(0.1)
        spans.append((alone, start, time.monotonic()))
        if alone:
            at_once.release()
        connection.sendall(answer(body=b"1"))

    site.says("/prices", serve)
    context = multiprocessing.get_context("fork")
    processes = [
        context.Process(target=_fetch_in_a_process, args=(site.url("/prices"), tmp_path))
        for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert [alone for alone, _, _ in spans] == [True, True, True]
    for (_, _, end), (_, start, _) in pairwise(spans):
        assert start - end >= 0.1


def test_a_slot_that_stays_taken_is_named(tmp_path: Path) -> None:
    with (
        hold(tmp_path, TARGET, rest=0, deadline=Deadline("held", 5)),
        pytest.raises(HostBusy, match="slot held"),
        hold(tmp_path, TARGET, rest=0, deadline=Deadline("waits", 0.2)),
    ):
        pass


def test_a_slot_is_free_again_after_a_failure(tmp_path: Path) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        hold(tmp_path, TARGET, rest=0, deadline=Deadline("fails", 5)),
    ):
        raise ZeroDivisionError
    with hold(tmp_path, TARGET, rest=0, deadline=Deadline("next", 5)) as slot:
        assert slot.rest == 0


@pytest.mark.parametrize("left", ["", "17609", "not a number", "99999999999999", "nan", "inf"])
def test_a_slot_file_that_was_damaged_blocks_nobody(tmp_path: Path, left: str) -> None:
    (tmp_path / "example.com.slot").write_text(left)
    with hold(tmp_path, TARGET, rest=0, deadline=Deadline("next", 5)) as slot:
        assert slot.rest == 0

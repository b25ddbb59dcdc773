"""Telling a page from what stands in its place."""

from __future__ import annotations

import httpx
import pytest

from scrapers.fetch import signs
from scrapers.fetch.errors import Blocked, WrongContentType, WrongPage

HTML = httpx.Headers({"content-type": "text/html; charset=utf-8"})
ASKED = "https://example.com/api/pricing"


def page(title: str, body: str = "") -> bytes:
    return f"<!doctype html><title>{title}</title>{body}".encode()


@pytest.mark.parametrize(
    "body",
    [
        page("Just a moment..."),
        page("Attention Required! | Cloudflare"),
        page("Access Denied"),
        page("x", "<script>window._cf_chl_opt={}</script>"),
        page("x", 'see <a href="https://errors.edgesuite.net/18.1">this</a>'),
        page("x", '<script src="/_sec/cp_challenge/a.js"></script>'),
        page("x", '<script src="https://geo.captcha-delivery.com/c.js"></script>'),
        page("x", '<div id="px-captcha"></div>'),
    ],
)
def test_a_challenge_is_blocked(body: bytes) -> None:
    with pytest.raises(Blocked):
        signs.refuse_challenge(ASKED, HTML, body)


def test_a_challenge_announced_by_a_header_is_blocked_whatever_it_carries() -> None:
    headers = httpx.Headers({"content-type": "application/json", "cf-mitigated": "challenge"})
    with pytest.raises(Blocked, match="cf-mitigated: challenge"):
        signs.refuse_challenge(ASKED, headers, b"{}")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (
            "text/html",
            page("Pricing", '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js">'),
        ),
        ("text/html", page("Pricing", "<p>It takes just a moment to log in.</p>")),
        ("application/json", b'{"title": "<title>Just a moment...</title>"}'),
    ],
)
def test_a_real_page_is_not_a_challenge(content_type: str, body: bytes) -> None:
    headers = httpx.Headers({"content-type": content_type})
    signs.refuse_challenge(ASKED, headers, body)
    signs.refuse_other_page(ASKED, ASKED, headers, body)


@pytest.mark.parametrize(
    "title",
    ["404", "404 Not Found", "Page not found | Docs", "Sign in", "Log in to x", "页面不存在"],
)
def test_a_page_titled_as_missing_or_as_a_login_is_the_wrong_page(title: str) -> None:
    with pytest.raises(WrongPage):
        signs.refuse_other_page(ASKED, ASKED, HTML, page(title))


@pytest.mark.parametrize(
    "final",
    [
        "https://example.com/",
        "https://example.com",
        "https://example.com/en/",
        "https://www.example.com/zh-CN",
        "https://example.com/index.html",
        "https://example.com/login?next=/api/pricing",
        "https://sso.example.com/account/sign-in",
    ],
)
def test_ending_at_home_or_at_a_login_is_the_wrong_page(final: str) -> None:
    with pytest.raises(WrongPage):
        signs.refuse_other_page(ASKED, final, HTML, page("Pricing"))


@pytest.mark.parametrize(
    ("asked", "final"),
    [
        ("https://example.com/", "https://www.example.com/en/"),
        ("https://example.com/pricing", "https://example.com/docs/pricing/"),
        ("https://example.com/blog/login-prices", "https://example.com/blog/login-prices/"),
        ("https://example.com/login", "https://example.com/login/"),
    ],
)
def test_moving_house_is_no_wrong_page(asked: str, final: str) -> None:
    signs.refuse_other_page(asked, final, HTML, page("Pricing"))


def test_a_content_type_that_the_source_cannot_be_is_refused() -> None:
    with pytest.raises(WrongContentType, match=r"'text/html'; expected application/json"):
        signs.check_content_type(ASKED, HTML, ("application/json",))


def test_no_content_type_is_refused_where_one_is_expected() -> None:
    with pytest.raises(WrongContentType, match="None"):
        signs.check_content_type(ASKED, httpx.Headers(), ("application/json",))
    signs.check_content_type(ASKED, httpx.Headers(), ())


def test_a_charset_that_nobody_knows_is_refused() -> None:
    headers = httpx.Headers({"content-type": "text/html; charset=utf-5"})
    with pytest.raises(WrongContentType, match="'utf-5'"):
        signs.check_content_type(ASKED, headers, ())


@pytest.mark.parametrize(
    ("declared", "content_type", "charset"),
    [
        ("text/html", "text/html", None),
        ("Text/HTML; Charset=GB18030", "text/html", "gb18030"),
        ('text/csv; header=present; charset="utf-8"', "text/csv", "utf-8"),
        ("", None, None),
    ],
)
def test_reads_type_and_charset(
    declared: str, content_type: str | None, charset: str | None
) -> None:
    headers = httpx.Headers({"content-type": declared})
    assert signs.content_type(headers) == content_type
    assert signs.charset_of(headers) == charset

"""Signs that an answer with a good status is not the page that was asked for.

A challenge, a login, a "not found" page or the home page arrives as 200 and parses to nothing or,
worse, to something. Each sign is chosen to be absent from real pages of the kind: a site behind
Cloudflare carries its scripts on every page, but its challenge variable on challenges only.
"""

from __future__ import annotations

import re
from codecs import lookup
from urllib.parse import urlsplit

import httpx

from scrapers.fetch.errors import Blocked, WrongContentType, WrongPage

_LOOKED_AT = 64 * 1024

_CHALLENGE_HEADERS = {
    "cf-mitigated": re.compile("challenge"),
    "x-amzn-waf-action": re.compile("challenge|captcha"),
    "x-datadome": re.compile("protected"),
}
_CHALLENGE_MARKS = re.compile(
    rb"""
      window\._cf_chl_opt | id="challenge-form" | cf-error-details       # Cloudflare
    | /_sec/cp_challenge/ | errors\.edgesuite\.net | bm-verify=          # Akamai
    | _Incapsula_Resource\?[^"']*incident                                # Imperva
    | geo\.captcha-delivery\.com                                         # DataDome
    | id="px-captcha"                                                    # HUMAN
    | awsWafCookieDomainList                                             # AWS
    """,
    re.VERBOSE,
)
_CHALLENGE_TITLE = re.compile(
    r"just a moment|attention required|access denied|pardon our interruption"
    r"|are you (a )?(human|robot)|verify(ing)? (that )?you are (a )?human|security check(point)?$"
    r"|vercel security checkpoint",
)
_LOGIN_TITLE = re.compile(r"(sign|log)[ -]?in\b|登录|登入")
_NOT_FOUND_TITLE = re.compile(
    r"(error )?404\b|(page )?not found\b|页面不存在|页面未找到|找不到页面"
)
_TITLE = re.compile(rb"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)

_LOGIN_PATH = re.compile(r"/(login|log-in|signin|sign-in|sso|oauth2?|authorize)(/|\.|$)")
_HOME_PATH = re.compile(r"/?([a-z]{2}([-_][a-z]{2,4})?/?)?(index\.(html?|php))?", re.IGNORECASE)


def refuse_challenge(address: str, headers: httpx.Headers, body: bytes) -> None:
    """Raises `Blocked` when the answer is a bot challenge, whatever its status."""
    for name, expected in _CHALLENGE_HEADERS.items():
        if expected.search(headers.get(name, "").lower()):
            raise Blocked(address, f"{name}: {headers[name]}", "the page, not a challenge")
    if not _is_html(headers):
        return
    if found := _CHALLENGE_MARKS.search(body, 0, _LOOKED_AT):
        mark = found[0].decode("ascii", "replace")
        raise Blocked(address, f"challenge mark {mark!r}", "the page, not a challenge")
    title = _title(body)
    if _CHALLENGE_TITLE.match(title):
        raise Blocked(address, f"title {title!r}", "the page, not a challenge")


def refuse_other_page(asked: str, final: str, headers: httpx.Headers, body: bytes) -> None:
    """Raises `WrongPage` for a login, a soft "not found", or a redirect to the home page."""
    asked_path, final_path = urlsplit(asked).path.lower(), urlsplit(final).path.lower()
    if _LOGIN_PATH.search(final_path) and not _LOGIN_PATH.search(asked_path):
        raise WrongPage(asked, f"led to the login {final}", "the page itself")
    if _HOME_PATH.fullmatch(final_path) and not _HOME_PATH.fullmatch(asked_path):
        raise WrongPage(asked, f"led to the home page {final}", "the page itself")
    if not _is_html(headers):
        return
    title = _title(body)
    if _LOGIN_TITLE.match(title) or _NOT_FOUND_TITLE.match(title):
        raise WrongPage(asked, f"title {title!r}", "the page itself")


def check_content_type(address: str, headers: httpx.Headers, accept: tuple[str, ...]) -> None:
    """Raises `WrongContentType` for a type not in ``accept`` (if any) or an unknown charset."""
    found, charset = content_type(headers), charset_of(headers)
    if accept and found not in accept:
        raise WrongContentType(address, f"content type {found!r}", " or ".join(accept))
    if charset is not None:
        try:
            lookup(charset)
        except LookupError:
            raise WrongContentType(address, f"charset {charset!r}", "a known charset") from None


def content_type(headers: httpx.Headers) -> str | None:
    """The declared media type without its parameters, lower case."""
    return headers.get("content-type", "").partition(";")[0].strip().lower() or None


def charset_of(headers: httpx.Headers) -> str | None:
    """The declared charset, lower case; None when the host declares none."""
    for parameter in headers.get("content-type", "").split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower() or None
    return None


def _is_html(headers: httpx.Headers) -> bool:
    return content_type(headers) in (None, "text/html", "application/xhtml+xml")


def _title(body: bytes) -> str:
    found = _TITLE.search(body, 0, _LOOKED_AT)
    return " ".join(found[1].decode("utf-8", "replace").lower().split())[:200] if found else ""

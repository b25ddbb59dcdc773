"""The commands of whoever runs a registry or writes a parser."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from registry.catalog.models import Offer
from registry.ingest.models import Run, Source
from registry.ingest.sources import sync_sources
from registry.ledger.asof import rates_at
from registry.ledger.models import Revision
from registry.pipeline.checks import hosts_can_be_asked
from registry.pipeline.courier import Courier
from registry.selectors.freshness import freshness
from scrapers.catalog import SourceSpec
from scrapers.claims import Entry, OfferClaim, PageError, PageFault
from scrapers.sources import llm_prices
from tests.pipeline.upstreams import Upstreams, price_list

RECORDINGS = Path(__file__).resolve().parents[2] / "fixtures" / "recordings"
PRICES = {"deepseek-v4-flash": ("0.14", "0.28"), "deepseek-v4-pro": ("1.74", "3.48")}

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogued(
    upstreams: Upstreams, new_courier: Callable[[], Courier], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue of two feeds on loopback, one of them with two parts, and a courier for them."""
    specs = tuple(
        SourceSpec(
            slug=slug,
            name=slug,
            parser="llm_prices",
            addresses={part: upstreams.url(f"/{slug}{part}") for part in parts},
            trust=trust,
            homepage="https://feeds.example",
            licence="none stated",
        )
        for slug, parts, trust in (("first", ("",), 60), ("second", ("east", "west"), 50))
    )
    for path in ("/first", "/secondeast", "/secondwest"):
        upstreams.serves(path, price_list(PRICES))
    command = "registry.pipeline.management.commands.refresh"
    monkeypatch.setattr(f"{command}.sync_sources", lambda: sync_sources(specs))
    monkeypatch.setattr(f"{command}.courier", new_courier)


def ended_with(*arguments: str) -> int:
    """The exit code of a command."""
    try:
        call_command(*arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def input_price(model: str) -> Decimal | None:
    offer = Offer.objects.get(provider_model_id=model)
    standings = rates_at([offer.pk], at=timezone.now())[offer.pk]
    return next(s.amount for s in standings if s.meter == "input_tokens")


def test_refresh_asks_the_named_sources(
    catalogued: None, upstreams: Upstreams, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended_with("refresh", "second") == 0
    assert sorted(upstreams.asked) == ["/secondeast", "/secondwest"]
    shown = capsys.readouterr().out
    assert "2 addresses asked" in shown
    assert "second/east" in shown
    assert "published" in shown


def test_refresh_asks_all_and_when_asked_for_what_is_due_only_that(
    catalogued: None, upstreams: Upstreams
) -> None:
    ended_with("refresh", "first")
    ended_with("refresh", "--due")
    assert sorted(upstreams.asked) == ["/first", "/secondeast", "/secondwest"]
    ended_with("refresh", "--all")
    assert len(upstreams.asked) == 6


def test_refresh_ends_with_one_when_an_address_gave_nothing(
    catalogued: None, upstreams: Upstreams, capsys: pytest.CaptureFixture[str]
) -> None:
    upstreams.fails("/secondwest", 404)
    assert ended_with("refresh", "--all") == 1
    shown = capsys.readouterr().out
    assert "3 addresses asked" in shown
    assert "second/west: http://127.0.0.1" in shown
    assert "404" in shown


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [((), "--due or --all"), (("thrid",), "'thrid'"), (("first", "--all"), "--due or --all")],
)
def test_refresh_says_what_it_expected(
    catalogued: None, arguments: tuple[str, ...], expected: str
) -> None:
    with pytest.raises(CommandError, match=expected):
        call_command("refresh", *arguments)


def test_without_a_contact_nobody_is_asked(settings: Settings) -> None:
    settings.CONTACT = ""
    with pytest.raises(CommandError, match="RATECARD_CONTACT is not set"):
        call_command("refresh", "--all")


def test_without_a_contact_a_registry_says_once_that_it_is_not_kept_fresh(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.CONTACT = ""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, redis_url="")
    call_command("keep_fresh")
    assert capsys.readouterr().out.count("RATECARD_CONTACT is not set") == 1


@pytest.mark.parametrize(
    ("contact", "redis_url", "found"),
    [
        ("", "", []),
        ("", "redis://127.0.0.1:6379/0", ["ratecard.W001"]),
        ("prices@registry.example", "redis://127.0.0.1:6379/0", []),
        ("nobody", "", ["ratecard.E010"]),
    ],
)
def test_the_contact_is_checked(
    settings: Settings, contact: str, redis_url: str, found: list[str]
) -> None:
    settings.CONTACT = contact
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, redis_url=redis_url)
    assert [message.id for message in hosts_can_be_asked()] == found


def test_a_kept_body_that_reads_the_same_differs_in_nothing(
    catalogued: None, capsys: pytest.CaptureFixture[str]
) -> None:
    ended_with("refresh", "first")
    assert ended_with("reparse", "first", "--publish") == 0
    assert "first: the same figures" in capsys.readouterr().out
    assert Run.objects.count() == 1


@pytest.fixture
def misread(catalogued: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first feed, taken by a parser that reads 1.5 where it says 1.74."""
    with monkeypatch.context() as patch:
        patch.setattr(llm_prices, "read", _misreading(llm_prices.read))
        ended_with("refresh", "first")
    assert input_price("deepseek-v4-pro") == Decimal("1.5")


def _misreading(read: Callable[[Entry], Iterable[OfferClaim]]) -> object:
    def wrong(entry: Entry) -> Iterator[OfferClaim]:
        for claim in read(entry):
            quotes = (replace(q, text="1.5") if q.text == "1.74" else q for q in claim.quotes)
            yield replace(claim, quotes=tuple(quotes))

    return wrong


def test_a_mended_parser_shows_the_differences_and_writes_nothing(
    misread: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended_with("reparse") == 0
    shown = capsys.readouterr().out
    assert "1 figures" in shown
    for cell in ("changed", "deepseek-v4-pro", "input_tokens", "1.5 USD", "1.74 USD"):
        assert cell in shown
    assert Run.objects.count() == 1
    assert Revision.objects.count() == 1


def test_what_a_mended_parser_reads_is_published_on_request(
    misread: None, upstreams: Upstreams
) -> None:
    before = freshness(timezone.now())[0]
    assert ended_with("reparse", "first", "--publish") == 0
    assert input_price("deepseek-v4-pro") == Decimal("1.74")
    after = freshness(timezone.now())[0]
    assert (after.seen_at, after.fresh_until) == (before.seen_at, before.fresh_until)
    assert upstreams.asked == ["/first"]


def test_after_a_reading_anew_the_host_is_still_asked_conditionally(
    misread: None, upstreams: Upstreams
) -> None:
    ended_with("reparse", "first", "--publish")
    assert ended_with("refresh", "first") == 0
    assert upstreams.told == [200, 304]
    assert input_price("deepseek-v4-pro") == Decimal("1.74")


def test_a_kept_body_that_is_refused_now_is_said_and_stays(
    catalogued: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ended_with("refresh", "first")

    def refusing(body: bytes, part: str = "") -> None:
        raise PageError(PageFault.CUT_SHORT, "no end", "the end mark")

    monkeypatch.setattr(llm_prices, "split", refusing)
    assert ended_with("reparse", "--publish") == 1
    assert "first: refused now" in capsys.readouterr().out
    assert input_price("deepseek-v4-pro") == Decimal("1.74")


def test_a_saved_page_is_read_for_whoever_writes_a_parser(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("try_source", "deepseek", str(RECORDINGS / "deepseek" / "promotion.html"))
    shown = capsys.readouterr().out
    assert "deepseek: deepseek-v4-pro" in shown
    assert "0.435 USD" in shown
    assert "from 2026-05-31 15:59" in shown
    assert not Source.objects.exists()


def test_findings_of_a_saved_page_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("try_source", "llm-prices", str(RECORDINGS / "llm-prices" / "faults.json"))
    shown = capsys.readouterr().out
    for name in ("not_a_figure", "negative", "zero", "bad_date"):
        assert name in shown


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        ("no-such-source", "deepseek/promotion.html", "name: 'no-such-source'"),
        ("deepseek", "deepseek/absent.html", "cannot be read"),
        ("deepseek", "llm-prices/forms.json", "is refused"),
    ],
)
def test_try_source_says_what_it_expected(name: str, file: str, expected: str) -> None:
    with pytest.raises(CommandError, match=expected):
        call_command("try_source", name, str(RECORDINGS / file))

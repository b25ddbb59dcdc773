"""The hash chain: what was published verifies, and whatever was altered since is named."""

from __future__ import annotations

from decimal import Decimal
from hashlib import sha256
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from registry.catalog.models import Offer
from registry.ledger.chain import GENESIS, Header, revision_hash, signed_figure
from registry.ledger.kinds.prices import SignedPrice
from registry.ledger.models import PricePoint, Revision
from registry.ledger.verification import Verification, verify
from tests.ledger.saying import State, day, point, say
from tests.ledger.unguarded import guards_lifted, lift

HEADER = Header(1, "run", "2026-04-25T00:00:00.000000Z", "litellm", "„Kostenlos“", 2)
POINT = SignedPrice(
    "deepseek/deepseek-v4-pro",
    "input_tokens",
    "",
    "USD",
    "2026-04-24T00:00:00.000000Z",
    "stated",
    "priced",
    "1.74",
    "single",
    "first_seen",
    None,
)


@pytest.fixture
def three_revisions(offers: list[Offer]) -> list[Offer]:
    say(point(offers[0]), point(offers[1], "0.14"))
    say(point(offers[0], "0.435", starts=day(26)))
    say(
        point(offers[2], None, state=State.FREE),
        point(offers[2], "10", meter="web_searches"),
        note="free, says the page — „Kostenlos“",
    )
    return offers


def altered(sql: str) -> Verification:
    """What verification finds after somebody changed a row behind Django's back."""
    with guards_lifted(), connection.cursor() as cursor:
        cursor.execute(sql)
    return verify()


def test_what_was_published_verifies(three_revisions: list[Offer]) -> None:
    found = verify()
    assert found.ok
    assert (found.revisions, found.points, found.head.number) == (3, 5, 3)


def test_an_empty_ledger_verifies(db: None) -> None:
    assert verify().ok


@pytest.mark.parametrize(
    ("change", "revision"),
    [
        ("UPDATE ledger_pricepoint SET amount = 0.436 WHERE revision_id = 2", 2),
        ("UPDATE ledger_pricepoint SET status = 'confirmed' WHERE revision_id = 1", 1),
        ("UPDATE ledger_pricepoint SET starts_at = '2026-04-27 00:00:00' WHERE revision_id = 2", 2),
        ("UPDATE ledger_revision SET note = 'free' WHERE number = 3", 3),
        ("UPDATE ledger_revision SET published_at = '2026-04-24 23:59:59' WHERE number = 2", 2),
        ("UPDATE ledger_series SET meter = 'output_tokens' WHERE meter = 'web_searches'", 3),
        ("UPDATE catalog_provider SET slug = 'azure-ai' WHERE slug = 'azure'", 3),
    ],
)
def test_an_altered_figure_is_found_in_its_revision(
    three_revisions: list[Offer], change: str, revision: int
) -> None:
    assert altered(change).faults[0].revision == revision


def test_only_the_altered_revision_is_named(three_revisions: list[Offer]) -> None:
    change = "UPDATE ledger_pricepoint SET amount = 0.436 WHERE revision_id = 2"
    (fault,) = altered(change).faults
    assert str(fault).startswith("revision 2: its content gives ")


def test_a_removed_point_is_found(three_revisions: list[Offer]) -> None:
    faults = altered("DELETE FROM ledger_pricepoint WHERE revision_id = 2").faults
    assert str(faults[0]) == "revision 2: published 1 points and has 0"


def test_a_removed_revision_is_found(three_revisions: list[Offer]) -> None:
    altered("DELETE FROM ledger_pricepoint WHERE revision_id = 2")
    faults = altered("DELETE FROM ledger_revision WHERE number = 2").faults
    assert str(faults[0]) == "revision 3: follows revision 1: the numbers have a gap"
    assert str(faults[1]).startswith("revision 3: continues ")


def test_a_point_of_no_revision_is_found(three_revisions: list[Offer]) -> None:
    """Keys are checked at the commit, so within one transaction the row can be gone."""
    lost = PricePoint.objects.get(revision_id=2).pk
    with transaction.atomic():
        lift(connection)
        Revision.objects.filter(number=2)._raw_delete("default")
        faults = verify().faults
        transaction.set_rollback(True)
    assert f"ledger: point {lost} refers to a revision that does not exist" in map(str, faults)


def test_a_revision_signed_anew_no_longer_fits_its_successor(three_revisions: list[Offer]) -> None:
    """Whoever alters a revision and computes its hash again breaks the link of the next one."""
    revision = Revision.objects.get(number=2)
    revision.note, revision.point_count = "rewritten", 0
    revision.hash = revision_hash(revision.previous_hash, Header.of(revision), [])
    with guards_lifted():
        PricePoint.objects.filter(revision=revision)._raw_delete("default")
        revision.save()
    (fault,) = verify().faults
    assert str(fault).startswith("revision 3: continues ")


def test_a_missing_guard_is_named(three_revisions: list[Offer]) -> None:
    lift(connection)
    assert "ledger: trigger ledger_pricepoint_refuse" in " ".join(map(str, verify().faults))


def test_the_command_tells_the_head(three_revisions: list[Offer]) -> None:
    out = StringIO()
    call_command("verify", stdout=out)
    head = Revision.objects.get(number=3).hash
    assert out.getvalue() == f"verified: 3 revisions, 5 points, head 3 {head}\n"


def test_the_command_fails_and_names_the_revision(three_revisions: list[Offer]) -> None:
    altered("UPDATE ledger_pricepoint SET amount = 0.436 WHERE revision_id = 2")
    with pytest.raises(CommandError, match="not what was published\nrevision 2: ") as caught:
        call_command("verify", stdout=StringIO())
    assert caught.value.returncode == 1


def test_the_signed_text_is_the_same_for_ever() -> None:
    """Another serialisation would break every chain that was ever published."""
    free = POINT._replace(offer="azure/gpt-5.5", state="free", amount=None, claim="d" * 64)
    text = (
        f'["ratecard-revision-1","{GENESIS}"]\n'
        '[1,"run","2026-04-25T00:00:00.000000Z","litellm","„Kostenlos“",2]\n'
        '["azure/gpt-5.5","input_tokens","","USD","2026-04-24T00:00:00.000000Z","stated",'
        f'"free",null,"single","first_seen","{"d" * 64}"]\n'
        '["deepseek/deepseek-v4-pro","input_tokens","","USD","2026-04-24T00:00:00.000000Z",'
        '"stated","priced","1.74","single","first_seen",null]\n'
    )
    assert revision_hash(GENESIS, HEADER, [POINT, free]) == sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1.740000000000000", "1.74"), ("1E+3", "1000"), ("0.000000000001", "0.000000000001")],
)
def test_an_amount_is_signed_as_its_plain_figure(amount: str, text: str) -> None:
    assert signed_figure(Decimal(amount)) == text

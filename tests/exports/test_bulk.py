"""The whole registry as files: the same in every format, the same bytes, signed, safe to open."""

from __future__ import annotations

import csv
import gzip
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from decimal import Decimal
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from registry.catalog.models import Offer
from registry.exports.bulk.export import SIGNATURE, SUMS, export
from registry.exports.bulk.signing import is_signed, public_key, signing_secret
from registry.exports.bulk.writers import safe
from registry.selectors.clocks import as_of
from registry.selectors.export_tables import TABLES
from tests.ledger.saying import day, say
from tests.ledger.stating import fact
from tests.pipeline.bodies import llm_prices, record
from tests.pipeline.taking import deliver

SECRET = "s" * 50


def prices(sent: str) -> bytes:
    return llm_prices(record("deepseek-v4-pro", (sent, "3.48", "0.145")) | {"vendor": '"deepseek"'})


@pytest.fixture
def registry(sources: None) -> None:
    """Revisions 1 and 2: a first price of input, and another a month later."""
    deliver("llm-prices", prices("1.74"), "2026-04-24")
    deliver("llm-prices", prices("0.87"), "2026-05-24")


@pytest.fixture
def written(registry: None, tmp_path: Path) -> Path:
    return export(tmp_path / "all", as_of(), secret=SECRET).folder


def from_csv(folder: Path, table: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{table}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def from_json_lines(folder: Path, table: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{table}.jsonl.gz", "rb") as file:
        return [json.loads(line) for line in file]


def from_parquet(folder: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(folder / f"{table}.parquet").to_pylist()
    return rows


def from_sqlite(folder: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(folder / "ratecard.sqlite")) as file:
        file.row_factory = sqlite3.Row
        return [dict(row) for row in file.execute(f"SELECT * FROM {table}")]  # noqa: S608


READERS = [from_csv, from_json_lines, from_parquet, from_sqlite]


@pytest.mark.parametrize("read", READERS)
def test_every_format_tells_the_whole_history(
    written: Path, read: Callable[[Path, str], list[dict[str, Any]]]
) -> None:
    points = {
        (row["offer"], row["meter"], Decimal(row["amount"]), int(row["revision"]))
        for row in read(written, "price_points")
    }
    offer = "deepseek/deepseek-v4-pro"
    assert points == {
        (offer, "input_tokens", Decimal("1.74"), 1),
        (offer, "cache_read_tokens", Decimal("0.145"), 1),
        (offer, "output_tokens", Decimal("3.48"), 1),
        (offer, "input_tokens", Decimal("0.87"), 2),
    }


@pytest.mark.parametrize("read", READERS)
def test_every_table_is_in_every_format_with_its_columns(
    written: Path, read: Callable[[Path, str], list[dict[str, Any]]]
) -> None:
    for table in TABLES:
        rows = read(written, table.name)
        assert len(rows) == table.count(2), table.name
        for row in rows:
            assert list(row) == [column.name for column in table.columns]


def test_a_point_leads_to_its_receipt(written: Path) -> None:
    claims = {row["claim"]: row for row in from_json_lines(written, "claims")}
    for point in from_json_lines(written, "price_points"):
        receipt = claims[point["claim"]]
        assert receipt["source"] == "llm-prices"
        assert len(receipt["snapshot_sha256"]) == 64


def test_two_exports_of_one_revision_are_the_same_bytes(registry: None, tmp_path: Path) -> None:
    first, second = (export(tmp_path / name, as_of(), secret=SECRET) for name in ("a", "b"))
    assert first.files == second.files
    for name in first.files:
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes(), name


def test_an_older_revision_holds_its_own_history_only(registry: None, tmp_path: Path) -> None:
    folder = export(tmp_path / "old", as_of(revision=1), secret=SECRET).folder
    assert {row["revision"] for row in from_json_lines(folder, "price_points")} == {1}
    assert [row["number"] for row in from_json_lines(folder, "revisions")] == [1]


def test_the_dictionary_describes_every_file(written: Path) -> None:
    told = json.loads((written / "dictionary.json").read_bytes())
    assert told["revision"]["number"] == 2
    for table in told["tables"]:
        assert table["rows"] == len(from_json_lines(written, table["name"]))
        assert all((written / name).is_file() for name in table["files"])
        assert all(column["meaning"] for column in table["columns"])


def test_the_sums_hold_and_are_signed(written: Path) -> None:
    sums = (written / SUMS).read_bytes()
    listed = [line.split("  ") for line in sums.decode().splitlines()]
    unlisted = {path.name for path in written.iterdir()} - {name for _, name in listed}
    assert unlisted == {SUMS, SIGNATURE}
    for digest, name in listed:
        assert sha256((written / name).read_bytes()).hexdigest() == digest
    signature = (written / SIGNATURE).read_bytes()
    assert is_signed(sums, signature, public_key(SECRET))
    assert not is_signed(sums + b" ", signature, public_key(SECRET))
    assert not is_signed(sums, signature, public_key("t" * 50))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_held_back(start: str) -> None:
    assert safe(f"{start}HYPERLINK()") == f"'{start}HYPERLINK()"


def test_a_name_that_is_a_formula_stays_text_in_csv_alone(registry: None, tmp_path: Path) -> None:
    Offer.objects.update(name="=HYPERLINK(1)")
    folder = export(tmp_path / "all", as_of(), secret=SECRET).folder
    assert from_csv(folder, "offers")[0]["name"] == "'=HYPERLINK(1)"
    assert from_json_lines(folder, "offers")[0]["name"] == "=HYPERLINK(1)"


def test_a_run_that_fails_leaves_nothing(registry: None, tmp_path: Path) -> None:
    def fail(table: str, rows: int) -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        export(tmp_path / "all", as_of(), secret=SECRET, advance=fail)
    assert list(tmp_path.glob("*all*")) == []


def test_what_is_there_is_never_written_over(written: Path) -> None:
    with pytest.raises(FileExistsError):
        export(written, as_of(), secret=SECRET)


def test_a_key_that_nobody_set_is_made_once(settings: Settings, tmp_path: Path) -> None:
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", tmp_path / ".signing-key"
    assert signing_secret() == signing_secret()
    settings.SIGNING_KEY = SECRET
    assert signing_secret() == SECRET


def test_the_command_needs_a_key_and_says_so(
    registry: None, settings: Settings, tmp_path: Path
) -> None:
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", None
    with pytest.raises(CommandError, match="RATECARD_SIGNING_KEY"):
        call_command("export_bulk", str(tmp_path / "all"))


@pytest.fixture
def served(registry: None, settings: Settings, tmp_path: Path) -> None:
    """The files of revision 2, where they are served from."""
    settings.BULK_DIR, settings.SIGNING_KEY = tmp_path / "bulk", SECRET
    call_command("export_bulk", "--formats", "csv")


def test_files_are_found_by_revision_and_kept_for_ever(served: None, client: Client) -> None:
    (found,) = client.get("/bulk/").json()["revisions"]
    assert found["revision"] == 2
    response = client.get("/bulk/2/labs.csv.gz")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(b"".join(response)).startswith(b"slug,name,homepage\n")
    held = client.get("/bulk/2/labs.csv.gz", headers={"If-None-Match": response["ETag"]})
    assert held.status_code == HTTPStatus.NOT_MODIFIED


BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def test_a_browser_gets_a_page_that_leads_to_every_file(served: None, client: Client) -> None:
    answer = client.get("/bulk/", headers=BROWSER)
    assert answer["Content-Type"].startswith("text/html")
    assert "Accept" in answer["Vary"]
    html = answer.content.decode()
    sums = b"".join(client.get(f"/bulk/2/{SUMS}")).decode()
    digests = {name: digest for digest, name in map(str.split, sums.splitlines())}
    assert {"labs.csv.gz", "dictionary.json", "manifest.json"} < digests.keys()
    for name, digest in digests.items():
        size = len(b"".join(client.get(f"/bulk/2/{name}")))
        row = html[html.index(f'<th scope="row"><a href="/bulk/2/{name}">') :].partition("</tr>")[0]
        assert f'title="{size} bytes"' in row
        assert digest in row
    assert f'href="/bulk/2/{SIGNATURE}"' in html
    assert "http://testserver/bulk/public-key.pem" in html


def test_older_revisions_stay_reachable_from_the_page(served: None, client: Client) -> None:
    call_command("export_bulk", "--formats", "csv", "--revision", "1")
    html = client.get("/bulk/", headers=BROWSER).content.decode()
    assert "Revision 2</h2>" in html
    assert 'href="/bulk/1/manifest.json"' in html


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html;q=0.5, */*"])
def test_a_machine_gets_the_list_as_json(served: None, client: Client, accept: str) -> None:
    answer = client.get("/bulk/", headers={"Accept": accept})
    assert answer["Content-Type"] == "application/json"
    assert "Accept" in answer["Vary"]


def test_before_the_first_files_the_page_says_so(
    registry: None, settings: Settings, tmp_path: Path, client: Client
) -> None:
    settings.BULK_DIR = tmp_path / "none"
    answer = client.get("/bulk/", headers=BROWSER)
    assert "No files are written yet" in answer.content.decode()


def test_the_served_key_verifies_the_served_signature(served: None, client: Client) -> None:
    pem = client.get("/bulk/public-key.pem").content
    sums, signature = (b"".join(client.get(f"/bulk/2/{name}")) for name in (SUMS, SIGNATURE))
    assert is_signed(sums, signature, pem)


@pytest.mark.parametrize(
    "address", ["/bulk/1/labs.csv.gz", "/bulk/2/labs.parquet", "/bulk/2/..", "/bulk/2/%2e%2e%2f2"]
)
def test_nothing_else_is_served(served: None, client: Client, address: str) -> None:
    assert client.get(address).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("asked", "begin", "end"),
    [
        ("bytes=0-3", 0, 4),
        ("bytes=5-", 5, None),
        ("bytes=-7", -7, None),
        ("bytes=2-999999999", 2, None),
        ("bytes=-999999999", 0, None),
    ],
)
def test_a_part_of_a_file_is_that_part(
    served: None, client: Client, asked: str, begin: int, end: int | None
) -> None:
    response = client.get("/bulk/2/labs.csv.gz")
    whole = b"".join(response)
    assert response["Accept-Ranges"] == "bytes"
    part = client.get("/bulk/2/labs.csv.gz", headers={"Range": asked})
    assert (part.status_code, part.content) == (HTTPStatus.PARTIAL_CONTENT, whole[begin:end])
    first, last = part["Content-Range"].removeprefix("bytes ").partition("/")[0].split("-")
    assert whole[int(first) : int(last) + 1] == part.content
    assert part["Content-Range"].endswith(f"/{len(whole)}")
    assert part["ETag"] == response["ETag"]


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "x"])
def test_where_no_one_part_is_asked_for_the_whole_is_sent(
    served: None, client: Client, asked: str
) -> None:
    whole = b"".join(client.get("/bulk/2/labs.csv.gz"))
    response = client.get("/bulk/2/labs.csv.gz", headers={"Range": asked})
    assert (response.status_code, b"".join(response)) == (HTTPStatus.OK, whole)


@pytest.mark.parametrize("asked", ["bytes=999999999-", "bytes=-0"])
def test_a_part_beyond_the_end_is_refused_with_the_size(
    served: None, client: Client, asked: str
) -> None:
    size = len(b"".join(client.get("/bulk/2/labs.csv.gz")))
    response = client.get("/bulk/2/labs.csv.gz", headers={"Range": asked})
    assert response.status_code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    assert response["Content-Range"] == f"bytes */{size}"


def test_a_part_is_never_of_another_file_than_the_asker_has(served: None, client: Client) -> None:
    part = {"Range": "bytes=0-3"}
    other = client.get("/bulk/2/labs.csv.gz", headers=part | {"If-Range": '"1-labs.csv.gz"'})
    same = client.get("/bulk/2/labs.csv.gz", headers=part | {"If-Range": '"2-labs.csv.gz"'})
    assert (other.status_code, same.status_code) == (200, 206)
    assert client.head("/bulk/2/labs.csv.gz", headers=part).status_code == 200


def test_facts_have_their_history_and_their_receipts(registry: None, tmp_path: Path) -> None:
    offer = Offer.objects.get()
    assert offer.model is not None
    say(fact(offer.model, 128_000), fact(offer, ("text", "image"), name="input_modalities"))
    say(fact(offer.model, 1_000_000, starts=day(28), cause="changed"))
    folder = export(tmp_path / "all", as_of(), secret=SECRET, formats=["jsonl"]).folder
    told = [
        (row["model"], row["offer"], row["name"], row["value"], row["revision"])
        for row in from_json_lines(folder, "fact_points")
    ]
    pro = "deepseek/deepseek-v4-pro"
    assert told == [
        (pro, None, "context_tokens", "128000", 3),
        (None, pro, "input_modalities", '["text","image"]', 3),
        (pro, None, "context_tokens", "1000000", 4),
    ]

"""Bulk files on a schedule: once a day where something was published, old ones dropped."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from registry.exports.bulk.keeping import EVERY, KEPT, folder_of, prune, write_daily, written
from registry.pipeline.tasks import write_bulk
from tests.pipeline.bodies import llm_prices, record
from tests.pipeline.taking import deliver

SECRET = "s" * 50


@pytest.fixture
def served(sources: None, settings: Settings, tmp_path: Path) -> Path:
    """An empty folder that /bulk/ serves, and one revision."""
    settings.BULK_DIR, settings.SIGNING_KEY = tmp_path / "bulk", SECRET
    publish("1.74", "2026-04-24")
    return tmp_path / "bulk"


def publish(sent: str, day: str) -> None:
    row = record("deepseek-v4-pro", (sent, "3.48", "0.145")) | {"vendor": '"deepseek"'}
    deliver("llm-prices", llm_prices(row), day)


def written_at(revision: int, moment: datetime) -> None:
    os.utime(folder_of(revision), (moment.timestamp(), moment.timestamp()))


def write(now: datetime) -> bool:
    return write_daily(secret=SECRET, now=now) is not None


def test_the_first_files_are_due_at_once_and_the_next_after_a_day(served: Path) -> None:
    now = timezone.now()
    assert write(now)
    publish("0.87", "2026-05-24")
    assert not write(now + EVERY - timedelta(minutes=1))
    assert write(now + EVERY + timedelta(minutes=1))
    assert written() == [1, 2]


def test_without_a_publication_nothing_is_written_again(served: Path) -> None:
    assert write(timezone.now())
    before = {path.name: path.stat().st_mtime_ns for path in folder_of(1).iterdir()}
    assert not write(timezone.now() + 10 * EVERY)
    assert {path.name: path.stat().st_mtime_ns for path in folder_of(1).iterdir()} == before


def test_an_empty_registry_has_no_files(sources: None, settings: Settings, tmp_path: Path) -> None:
    settings.BULK_DIR = tmp_path / "bulk"
    assert not write(timezone.now())


def test_whoever_comes_while_another_writes_leaves_it_to_the_other(served: Path) -> None:
    served.mkdir()
    with (served / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert not write(timezone.now())
    assert write(timezone.now())


def test_only_the_newest_stay(served: Path) -> None:
    for number in range(100, 100 + KEPT):
        folder_of(number).mkdir(parents=True)
        written_at(number, timezone.now() - 2 * EVERY)
    for number in (5, 6):
        folder_of(number).mkdir()
        written_at(number, timezone.now() - 9 * EVERY)
    assert write(timezone.now())
    assert written() == list(range(100, 100 + KEPT))
    assert prune(2) == list(range(100, 100 + KEPT - 2))
    assert sorted(path.name for path in served.iterdir()) == [".lock", "105", "106"]


def test_a_download_that_has_begun_ends_whole(served: Path) -> None:
    assert write(timezone.now())
    whole = (folder_of(1) / "manifest.json").read_bytes()
    folder_of(2).mkdir()
    with (folder_of(1) / "manifest.json").open("rb") as begun:
        assert prune(1) == [1]
        assert begun.read() == whole


def test_the_clock_of_the_workers_writes_them(served: Path) -> None:
    write_bulk.apply()
    assert written() == [1]


def test_without_a_key_the_clock_goes_on(served: Path, settings: Settings) -> None:
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = "", None
    write_bulk.apply()
    assert written() == []


def test_the_command_keeps_so_many(served: Path) -> None:
    call_command("export_bulk", "--formats", "csv")
    publish("0.87", "2026-05-24")
    call_command("export_bulk", "--formats", "csv", "--keep", "1")
    assert written() == [2]


@pytest.mark.parametrize("keep", ["0", "-1", "all"])
def test_the_command_never_drops_all(served: Path, keep: str) -> None:
    with pytest.raises(CommandError, match="expected a whole number from 1 on"):
        call_command("export_bulk", "--formats", "csv", f"--keep={keep}")

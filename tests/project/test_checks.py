"""Mistakes in the environment stop commands and servers alike."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from registry.checks import refuse_unsound_environment
from registry.environment import read

ROOT = Path(__file__).resolve().parents[2]


def test_mistakes_are_errors_of_the_system_check(settings: Settings, tmp_path: Path) -> None:
    settings.ENVIRONMENT = read({"REDIS_URL": "nowhere"}, tmp_path)
    errors = [message for message in run_checks() if (message.id or "").startswith("ratecard.")]
    assert [error.id for error in errors] == ["ratecard.E004"]
    assert errors[0].msg == "REDIS_URL is 'nowhere'."


def test_a_server_does_not_start_on_a_mistake(settings: Settings, tmp_path: Path) -> None:
    settings.ENVIRONMENT = read({"REDIS_URL": "nowhere", "RATECARD_ENVV": "x"}, tmp_path)
    with pytest.raises(ImproperlyConfigured, match=r"ratecard\.E001.*\n.*ratecard\.E004"):
        refuse_unsound_environment()


def test_a_server_starts_on_a_sound_environment(settings: Settings, tmp_path: Path) -> None:
    settings.ENVIRONMENT = read({}, tmp_path)
    refuse_unsound_environment()


def test_a_command_names_the_variable_instead_of_failing_inside(tmp_path: Path) -> None:
    wrong = {"DATABASE_URL": "oracle://db/prices", "RATECARD_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **wrong},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "ratecard.E002" in done.stderr
    assert "oracle://db/prices" in done.stderr

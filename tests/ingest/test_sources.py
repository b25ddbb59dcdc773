"""The declared sources as rows, brought up to their declarations and never lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from registry.ingest.models import Source
from registry.ingest.sources import sync_sources
from scrapers.catalog import SOURCES
from tests.pipeline.bodies import FILLERS, models_dev, priced
from tests.pipeline.taking import deliver

pytestmark = pytest.mark.usefixtures("sources")


def rows() -> list[dict[str, Any]]:
    return [dict(row) for row in Source.objects.order_by("pk").values()]


def test_every_declared_source_has_a_row() -> None:
    assert set(Source.objects.values_list("slug", flat=True)) == {spec.slug for spec in SOURCES}


def test_bringing_them_up_again_changes_nothing() -> None:
    before = rows()
    sync_sources()
    assert rows() == before


def test_how_long_a_word_is_fresh_is_no_declaration() -> None:
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15")), "2026-04-01")
    before = rows()
    sync_sources()
    assert rows() == before


def test_a_changed_declaration_reaches_its_row() -> None:
    changed = tuple(
        replace(spec, trust=44, interval_hours=7) if spec.slug == "portkey" else spec
        for spec in SOURCES
    )
    sync_sources(changed)
    portkey = Source.objects.get(slug="portkey")
    assert (portkey.trust, portkey.interval_hours) == (44, 7)


def test_a_source_that_is_no_longer_declared_turns_inactive_and_back() -> None:
    sync_sources(tuple(spec for spec in SOURCES if spec.slug != "portkey"))
    assert [s.slug for s in Source.objects.filter(active=False)] == ["portkey"]
    sync_sources()
    assert not Source.objects.filter(active=False).exists()


def test_a_copy_names_whom_it_copies_and_may_be_freed() -> None:
    copied = tuple(
        replace(spec, derives_from="litellm") if spec.slug == "portkey" else spec
        for spec in SOURCES
    )
    sync_sources(copied)
    assert Source.objects.get(slug="portkey").derives_from == Source.objects.get(slug="litellm")
    sync_sources()
    assert Source.objects.get(slug="portkey").derives_from is None

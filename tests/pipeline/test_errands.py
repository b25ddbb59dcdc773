"""What a curator asks of the pipeline is done after the commit, by the same stages as ever."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from registry.curation import actions
from registry.ingest.models import Run, Source
from registry.pipeline.celery import app
from tests.curation.deciding import hand, item
from tests.pipeline.bodies import FILLERS, models_dev, priced
from tests.pipeline.taking import card, deliver, reviews
from tests.pipeline.upstreams import Upstreams

pytestmark = pytest.mark.usefixtures("sources")


@pytest.fixture(autouse=True)
def _no_broker() -> Iterator[None]:
    """A task runs where it is sent from, also where a broker is configured."""
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = before


def test_a_held_run_that_is_approved_is_taken_at_once(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15")), "2026-04-01")
    deliver("models-dev", models_dev(priced(FILLERS, "3.3", "16.5")), "2026-04-02")
    held = item("many_changes")
    with django_capture_on_commit_callbacks(execute=True):
        actions.approve([held.pk], **hand("2026-04-03"))
    assert Run.objects.get(slot=f"released:{held.run_id}").outcome == "published"
    assert card(FILLERS[0], "2026-04-02")["input_tokens"] == "3.3"
    assert reviews() == []


@pytest.mark.usefixtures("installed")
def test_a_source_that_is_asked_now_runs_now(
    feed: Source,
    upstreams: Upstreams,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_now(feed.pk, **hand("2026-04-03"))
    assert Run.objects.filter(source=feed).count() == 1


def test_a_kept_body_is_read_again(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    deliver("models-dev", models_dev(priced(FILLERS, "3", "15")), "2026-04-01")
    source = Source.objects.get(slug="models-dev")
    with django_capture_on_commit_callbacks(execute=True):
        actions.read_again(source.pk, **hand("2026-04-03"))
    assert Run.objects.filter(source=source, slot__startswith=Run.REREAD).count() == 1


@pytest.mark.usefixtures("run_dir")
def test_without_a_contact_nothing_is_asked(
    feed: Source, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_now(feed.pk, **hand("2026-04-03"))
    assert not Run.objects.filter(source=feed).exists()

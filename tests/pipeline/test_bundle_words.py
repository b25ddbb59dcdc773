"""What the bundled catalogue tells beside prices: facts, statements, names given by persons."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction

from registry.catalog.models import Model, Offer
from registry.ingest.content import statements_in
from registry.ingest.models import Claim
from registry.ledger.models import FactPoint
from registry.ledger.verification import verify
from registry.pipeline.bundle.dump import dump_catalog
from registry.pipeline.bundle.load import load_catalog
from registry.selectors.clocks import as_of
from registry.selectors.facts import facts_of_model
from registry.selectors.resolving import Written, held_names
from registry.selectors.standard_offers import Meant
from registry.selectors.statements import Claimed
from tests.pipeline.bodies import litellm, models_dev
from tests.pipeline.bundling import CHANGED, FACTS, ROWS, fill
from tests.pipeline.taking import deliver, moment

pytestmark = pytest.mark.usefixtures("sources")

RECORDINGS = Path(__file__).parents[2] / "fixtures" / "recordings"
ARTICLE = "gpt-5-5-vs-deepseek-v4"


def test_facts_come_back_with_their_receipts_and_what_each_source_says_of_them(
    tmp_path: Path,
) -> None:
    with transaction.atomic():
        fill()
        deliver("models-dev", models_dev(ROWS, facts=FACTS | CHANGED), "2026-06-01")
        then = told_of_facts("openai/o3")
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    load_catalog(tmp_path)
    assert told_of_facts("openai/o3") == then
    starts = {(day, value) for name, day, value, *_ in then if name == "context_tokens"}
    assert starts == {("2026-04-30", "200000"), ("2026-06-01", "400000")}
    assert Model.objects.get(slug="o3").context_tokens == 400_000
    assert verify().ok


def test_what_a_source_had_said_and_nobody_published_is_a_side_of_that_time(
    tmp_path: Path,
) -> None:
    with transaction.atomic():
        deliver("models-dev", models_dev(ROWS, facts=FACTS), "2026-04-01")
        deliver("litellm", mapped(output=64_000), "2026-04-02")
        deliver("litellm", mapped(output=48_000), "2026-05-01")
        deliver("litellm", mapped(output=40_000), "2026-06-01")
        days = ("2026-04-03", "2026-05-02", "2026-06-02")
        then = [sides("gpt-5.5", day) for day in days]
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    load_catalog(tmp_path)
    assert [sides("gpt-5.5", day) for day in days] == then
    assert [dict(one)["litellm"] for one in then] == [
        (64_000, "2026-04-02"),
        (48_000, "2026-05-01"),
        (40_000, "2026-06-01"),
    ]


def mapped(output: int) -> bytes:
    """LiteLLM's row of a model, with its own output limit."""
    prices = {"input_cost_per_token": "0.000005", "output_cost_per_token": "0.00003"}
    return litellm({"gpt-5.5": prices | {"max_output_tokens": str(output)}})


def sides(slug: str, day: str) -> list[tuple[str, tuple[object, str]]]:
    """Every source's word on a model's output limit on a day: the source, what, since when."""
    facts = facts_of_model(Model.objects.get(slug=slug).pk, as_of(moment(day)))
    (limit,) = (fact for fact in facts if fact.name == "max_output_tokens")
    return [(side.source, (side.value, f"{side.since:%Y-%m-%d}")) for side in limit.sides]


def test_a_source_that_says_after_loading_what_it_said_before_changes_no_fact(
    tmp_path: Path,
) -> None:
    with transaction.atomic():
        fill()
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    load_catalog(tmp_path)
    points = FactPoint.objects.count()
    deliver("models-dev", models_dev(ROWS, facts=FACTS), "2026-06-02")
    assert FactPoint.objects.count() == points > 0


def test_what_an_article_states_of_one_offer_beside_another_comes_back(tmp_path: Path) -> None:
    article = (RECORDINGS / "tokenmix" / f"{ARTICLE}.txt").read_bytes()
    with transaction.atomic():
        fill()
        deliver("tokenmix", article, "2026-05-31", part=ARTICLE)
        then = stated()
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    load_catalog(tmp_path)
    assert stated() == then
    assert ("deepseek-v4-flash", "input_tokens", "37") in {one[:3] for one in then}
    deliver("tokenmix", article, "2026-06-02", part=ARTICLE)
    asked = as_of(moment("2026-06-03"))
    names = held_names()
    flash = Meant.by(names, [Written("deepseek/deepseek-v4-flash")])
    [said] = Claimed.of(names, flash.offer_ids, asked).said.values()
    of_flash = [one for one in then if one[0] == "deepseek-v4-flash"]
    assert len(said) == len(of_flash) > 5


def stated() -> list[tuple[str, ...]]:
    """Every statement: of which offer, about what, the figure, and why it waits."""
    return sorted(
        (
            claim.model_id,
            one.aspect,
            one.text,
            one.relation,
            str(one.baseline),
            one.basis,
            one.field,
            str(one.remarks),
        )
        for claim in Claim.objects.filter(content__has_key="statements")
        for one in statements_in(claim.content)
    )


def test_what_a_person_has_named_is_told_as_such(tmp_path: Path) -> None:
    with transaction.atomic():
        fill()
        Model.objects.filter(slug="o3").update(name="Three", described=["name"])
        Offer.objects.filter(provider_model_id="o3").update(mode="chat", described=["mode"])
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    load_catalog(tmp_path)
    assert Model.objects.get(slug="o3").described == ["name"]
    assert Offer.objects.get(provider_model_id="o3").described == ["mode"]
    deliver("models-dev", models_dev(ROWS, facts=FACTS | {"name": '"o3"'}), "2026-06-02")
    assert Model.objects.get(slug="o3").name == "Three"


def test_a_model_that_is_another_under_a_second_name_stays_one(tmp_path: Path) -> None:
    with transaction.atomic():
        fill()
        Model.objects.filter(slug="o3").update(merged_into=Model.objects.get(slug="gpt-5.5"))
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    load_catalog(tmp_path)
    merged = Model.objects.get(slug="o3").merged_into
    assert merged is not None
    assert merged.ref == "openai/gpt-5.5"


def told_of_facts(ref: str) -> list[tuple[str, ...]]:
    """Every start of a model's facts: name, day, value, status, source, the run's body."""
    lab, _, slug = ref.partition("/")
    points = FactPoint.objects.filter(series__model__slug=slug, series__model__lab__slug=lab)
    return [
        (
            point.series.name,
            f"{point.starts_at:%Y-%m-%d}",
            point.value,
            point.status,
            point.claim.source.slug,
            point.claim.first_run.snapshot.sha256,
        )
        for point in points.order_by("series__name", "starts_at")
        if point.claim is not None and point.claim.first_run.snapshot is not None
    ]

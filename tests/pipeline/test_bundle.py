"""The bundled catalogue: written, loaded into an empty registry, and the same again."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from registry.catalog.models import Model, Offer
from registry.ingest.models import Claim, SourceEntry
from registry.ledger.models import FactPoint, PricePoint, ScorePoint
from registry.ledger.verification import verify
from registry.pipeline.bundle.dump import dump_catalog
from registry.pipeline.bundle.format import CATALOG_DIR, read_index, read_offers
from registry.pipeline.bundle.load import load_catalog
from registry.pipeline.bundle.text import BundleError
from tests.pipeline.bodies import models_dev_scores, scored
from tests.pipeline.bundling import fill, rate
from tests.pipeline.taking import deliver, scores

pytestmark = pytest.mark.usefixtures("sources")


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A small catalogue, small enough to be damaged in a test."""
    directory = tmp_path / "catalog"
    small = {
        "format": 3,
        "facts": ["context_tokens", "reasoning"],
        "labs": [{"slug": "openai", "name": "OpenAI"}],
        "providers": [{"slug": "openai", "name": "OpenAI", "kind": "first_party", "lab": "openai"}],
        "models": [{"ref": "openai/o3", "name": "o3"}],
        "runs": [["llm-prices", "", "2026-04-24", "ab" * 32, 100, ""]],
        "revisions": [["2026-04-24", "llm-prices", "run"]],
    }
    offers = [
        {
            "id": "o3",
            "model": "openai/o3",
            "claims": [[0, [0], True, [0, [1, True]]]],
            "series": [["input_tokens", [["2", 0, 1]]]],
        }
    ]
    facts = [
        {
            "model": "o3",
            "claims": [["openai", "o3", 0]],
            "series": [["context_tokens", [[200_000, 0, 1]]]],
        }
    ]
    (directory / "offers").mkdir(parents=True)
    (directory / "facts").mkdir()
    (directory / "index.json").write_text(json.dumps(small), encoding="utf-8")
    (directory / "offers" / "openai.json").write_text(json.dumps(offers), encoding="utf-8")
    (directory / "facts" / "openai.json").write_text(json.dumps(facts), encoding="utf-8")
    return directory


def test_what_is_written_can_be_read_and_names_its_receipts(tmp_path: Path) -> None:
    fill()
    dump_catalog(tmp_path)
    index = read_index(tmp_path)
    offers = {f"{slug}/{one.id}": one for slug, group in read_offers(tmp_path) for one in group}
    assert set(offers) == {"openai/gpt-5.5", "openai/o3", "groq/openai/gpt-oss-120b"}
    o3 = offers["openai/o3"]
    [prices] = [s.points for s in o3.series if s.meter == "input_tokens"]
    assert [(index.revisions[p.revision - 1].published_at, p.price) for p in prices] == [
        ("2026-04-24", "10"),
        ("2026-05-30", "9"),
    ]
    assert {point.starts_at for point in prices} == {""}
    run = index.runs[o3.claims[prices[0].claim].run]
    assert (run.source, run.at, len(run.sha256)) == ("llm-prices", "2026-04-24", 64)


def test_every_sources_present_word_stands_beside_what_is_published(tmp_path: Path) -> None:
    fill()
    dump_catalog(tmp_path)
    offers = {f"{slug}/{one.id}": one for slug, group in read_offers(tmp_path) for one in group}
    index = read_index(tmp_path)
    said = {index.runs[c.run].source: c.says for c in offers["openai/o3"].claims if c.says}
    own = [figure.price for figure in said["models-dev"] if not isinstance(figure, int)]
    assert sorted(own) == ["2", "8"]
    assert all(isinstance(figure, int) for figure in said["llm-prices"])


def test_it_is_published_with_its_claims_and_a_chain_of_its_own(bundle: Path) -> None:
    assert load_catalog(bundle) == 2
    point = PricePoint.objects.get()
    assert point.claim is not None
    assert point.claim.content["quotes"][0]["text"] == "2"
    assert point.claim.content["facts"] == {"context_tokens": 200_000, "reasoning": True}
    assert FactPoint.objects.get().claim == point.claim
    assert SourceEntry.objects.get().claims.get() == Claim.objects.get()
    assert Offer.objects.get().context_tokens == 200_000
    assert verify().ok


@pytest.mark.parametrize(
    ("points", "shown"),
    [
        ([["2026-04-20", 0, 1, "2026-04-20"]], date(2026, 4, 20)),
        # Told anew as an earlier day, or as a later one, and the old start taken back with it.
        (
            [
                ["2026-04-20", 0, 1, "2026-04-20"],
                ["2026-04-16", 0, 2, "2026-04-16"],
                [None, 0, 2, "2026-04-20", "stated single corrected"],
            ],
            date(2026, 4, 16),
        ),
        (
            [
                ["2026-04-16", 0, 1, "2026-04-16"],
                [None, 0, 2, "2026-04-16", "stated single corrected"],
                ["2026-04-20", 0, 2, "2026-04-20"],
            ],
            date(2026, 4, 20),
        ),
        (
            [["2026-04-20", 0, 1, "2026-04-20"], [None, 0, 2, "2026-04-20"]],
            None,
        ),
    ],
)
def test_a_row_shows_the_day_that_stands_after_all_that_was_told(
    bundle: Path, points: list[list[object]], shown: date | None
) -> None:
    index = json.loads((bundle / "index.json").read_text(encoding="utf-8"))
    index["facts"].append("released_on")
    index["revisions"].append(["2026-04-25", "llm-prices", "run"])
    (bundle / "index.json").write_text(json.dumps(index), encoding="utf-8")
    [of_o3] = json.loads((bundle / "facts" / "openai.json").read_text(encoding="utf-8"))
    of_o3["series"].append(["released_on", points])
    (bundle / "facts" / "openai.json").write_text(json.dumps([of_o3]), encoding="utf-8")
    load_catalog(bundle)
    assert Model.objects.get().released_on == shown


def test_loaded_and_written_again_it_is_the_same_to_the_byte(tmp_path: Path) -> None:
    once, again = tmp_path / "once", tmp_path / "again"
    with transaction.atomic():
        fill()
        rate()
        dump_catalog(once)
        transaction.set_rollback(True)
    assert not PricePoint.objects.exists()
    load_catalog(once)
    dump_catalog(again)
    files = sorted(path.relative_to(once) for path in once.rglob("*.json"))
    assert len(files) == 5
    for file in files:
        assert (once / file).read_bytes() == (again / file).read_bytes()


def test_scores_come_back_with_their_setups_moments_and_claims(tmp_path: Path) -> None:
    with transaction.atomic():
        fill()
        rate()
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    assert load_catalog(tmp_path) == PricePoint.objects.count() + FactPoint.objects.count() + 3
    terminal = {"terminal-bench harness=codex;version=2.1": "75.1"}
    assert scores("openai/gpt-5.5", "2026-05-01") == {"mmlu": "87"} | terminal
    assert scores("openai/gpt-5.5", "2026-06-01") == {"mmlu": "88"} | terminal
    newest = ScorePoint.objects.get(value=88)
    assert newest.claim is not None
    assert newest.claim.content["quote"]["measured_on"] == "2026-05-20"
    assert newest.claim.first_run.source.slug == "models-dev-scores"
    assert newest.starts_basis == ScorePoint.Basis.STATED
    assert verify().ok


def test_a_board_that_says_after_loading_what_it_said_before_is_no_news(tmp_path: Path) -> None:
    with transaction.atomic():
        fill()
        rate()
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    load_catalog(tmp_path)
    again = scored("openai/gpt-5.5", {"score": 88, "date": "2026-05-20"})
    again["openai/gpt-5.5"].append(
        {"name": "Terminal Bench 2.1", "score": 75.1, "harness": "Codex"}
        | {"source": "https://example.org/card"}
    )
    run = deliver("models-dev-scores", models_dev_scores(again), "2026-06-02")
    assert (run.outcome, run.counts["scores"], run.counts["kept"]) == ("published", 0, 0)


def test_a_score_of_a_benchmark_that_is_not_declared_is_named(tmp_path: Path) -> None:
    with transaction.atomic():
        fill()
        rate()
        dump_catalog(tmp_path)
        transaction.set_rollback(True)
    path = tmp_path / "scores" / "openai.json"
    path.write_text(path.read_text(encoding="utf-8").replace('["mmlu"', '["no-such"'), "utf-8")
    with pytest.raises(BundleError, match=r"openai\.json: benchmark no-such is not declared"):
        load_catalog(tmp_path)
    assert not PricePoint.objects.exists()


def test_a_registry_with_a_history_is_left_alone(bundle: Path) -> None:
    load_catalog(bundle)
    with pytest.raises(BundleError, match="has a history already"):
        load_catalog(bundle)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("offers/openai.json", '[["2", 0, 1]]', "[[2, 0, 1]]", "Expected `str`"),
        ("offers/openai.json", '"id": "o3", ', "", "missing required field `id`"),
        ("index.json", '"format": 3', '"format": 9', "format 9; expected 3"),
        (
            "facts/openai.json",
            '"openai", "o3", 0',
            '"openai", "o3", 7',
            "a claim that is not there",
        ),
        ("facts/openai.json", "200000", '"much"', "expected a whole number"),
        ("facts/openai.json", '"context_tokens"', '"weight"', "fact 'weight'; expected one of"),
        (
            "offers/openai.json",
            "[0, [1, true]]",
            '[], "", {}, "", "", "", [["input_tokens", "twice", "2", "f"]]',
            "o3: a claim states what is no statement: 'twice'",
        ),
        ("offers/openai.json", "[0, [1, true]]", "[1]", "what is not there: 'reasoning'"),
        ("facts/openai.json", '"model": "o3"', '"model": "o9"', "unknown model openai/o9"),
        ("index.json", '"name": "o3"', '"is_also": "openai/o9"', "openai/o3 is said to be"),
        ("index.json", '"runs": [', '"runs": 3, "x": [', "Expected `array`"),
    ],
)
def test_a_damaged_file_is_named_and_leaves_nothing(
    bundle: Path, file: str, old: str, new: str, told: str
) -> None:
    path = bundle / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BundleError, match=path.name) as refused:
        load_catalog(bundle)
    assert told in str(refused.value)
    assert not PricePoint.objects.exists()


def test_a_catalogue_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"index\.json: cannot be read"):
        call_command("load_catalog", "--from", str(tmp_path))


def test_the_bundled_catalogue_reads_whole() -> None:
    index = read_index(CATALOG_DIR)
    offers = [offer for _, group in read_offers(CATALOG_DIR) for offer in group]
    assert len(offers) > 10_000
    models = {model.ref for model in index.models}
    assert all(offer.model is None or offer.model in models for offer in offers)
    size = sum(path.stat().st_size for path in CATALOG_DIR.rglob("*.json"))
    assert size <= 12_000_000

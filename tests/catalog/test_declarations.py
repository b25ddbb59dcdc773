"""The declared data is read whole or refused with the place of every mistake."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import run_checks

from registry.catalog.declarations import DIRECTORY, BadDeclarations, declarations
from registry.catalog.declared import ProviderKind
from registry.catalog.models import Provider

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def files(**texts: str) -> Path:
        for name in ("labs", "providers", "models", "offers"):
            (tmp_path / f"{name}.toml").write_text(texts.get(name, ""), encoding="utf-8")
        return tmp_path

    return files


def told(directory: Path) -> str:
    with pytest.raises(BadDeclarations) as refused:
        declarations(directory)
    return str(refused.value)


HOST = '[host]\nname = "Host"\nkind = "host"\n'


def test_the_bundled_declarations_agree() -> None:
    assert declarations().labs
    assert not [error for error in run_checks() if error.id == "catalog.E001"]


def test_entries_stand_in_alphabetical_order() -> None:
    declared = declarations()
    for slugs in ([lab.slug for lab in declared.labs], [p.slug for p in declared.providers]):
        assert slugs == sorted(slugs)


def test_the_kinds_of_providers_are_those_of_the_catalogue() -> None:
    assert [kind.value for kind in ProviderKind] == Provider.Kind.values


def test_an_unknown_field_is_named(write: Write) -> None:
    text = told(write(providers=HOST + 'homepag = "x"\n'))
    assert text.startswith("providers.toml: [host] homepag: found 'homepag'; expected one of")


def test_a_value_of_another_kind_is_named(write: Write) -> None:
    assert "[host] known_as.litellm: found 'x'" in told(
        write(providers=HOST + 'known_as.litellm = "x"\n')
    )
    assert "[host] kind: found 'shop'" in told(
        write(providers='[host]\nname = "Host"\nkind = "shop"\n')
    )
    assert "[lab] name: found None; expected a text" in told(write(labs="[lab]\n"))


def test_a_broken_file_is_named(write: Write) -> None:
    assert told(write(labs="[lab\n")).startswith("labs.toml: ")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert told(tmp_path).startswith("labs.toml: ")


def test_a_name_that_two_providers_own_is_refused(write: Write) -> None:
    one = HOST + 'known_as.litellm = ["h"]\n'
    text = told(write(providers=one + one.replace("host]", "other]", 1)))
    assert text == "providers.toml: [other] known_as.litellm: 'h' belongs to [host]"


def test_a_namespace_that_two_labs_own_is_refused_in_any_case(write: Write) -> None:
    labs = '[a]\nname = "A"\nnamespaces = ["Z-AI"]\n[b]\nname = "B"\nnamespaces = ["z-ai"]\n'
    assert told(write(labs=labs)) == "labs.toml: [b] namespaces: 'z-ai' belongs to [a]"


def test_an_alias_that_two_models_of_a_lab_own_is_refused(write: Write) -> None:
    models = '["a/one"]\naliases = ["x.1"]\n["a/two"]\naliases = ["x-1"]\n'
    text = told(write(labs='[a]\nname = "A"\n', models=models))
    assert text == "models.toml: [a/two] aliases: 'x-1' belongs to [a/one]"


def test_references_to_nothing_are_refused_together(write: Write) -> None:
    text = told(
        write(
            providers=HOST + 'lab = "nobody"\n',
            models='["nobody/m"]\n',
            offers='["nowhere/m"]\naliases = ["n"]\n',
        )
    )
    assert text.splitlines() == [
        "providers.toml: [host] lab: no lab 'nobody'",
        "models.toml: [nobody/m] : expected a known lab, a slash, a slug",
        "offers.toml: [nowhere/m] : expected a known provider, a slash, an id",
    ]


def test_the_declared_data_is_part_of_the_repository() -> None:
    assert DIRECTORY.is_relative_to(Path(__file__).resolve().parents[2])

from collections.abc import Callable

import pytest

from registry.pricing.meters import METERS, UnknownMeter, ancestors, children, meter


def test_every_part_is_counted_in_the_unit_of_its_whole() -> None:
    for part in METERS.values():
        if part.parent is not None:
            assert METERS[part.parent].unit is part.unit


def test_containment_is_read_from_the_vocabulary() -> None:
    assert list(ancestors("cache_write_1h_tokens")) == ["cache_write_tokens", "input_tokens"]
    assert children("input_audio_tokens") == ("cache_read_audio_tokens", "cache_write_audio_tokens")
    assert list(ancestors("web_searches")) == []


def test_parts_and_wholes_agree() -> None:
    for name in METERS:
        assert all(METERS[part].parent == name for part in children(name))


@pytest.mark.parametrize(
    ("name", "per"), [("input_tokens", 1_000_000), ("web_searches", 1_000), ("output_images", 1)]
)
def test_a_unit_size_follows_from_the_unit(name: str, per: int) -> None:
    assert meter(name).unit_size == per


@pytest.mark.parametrize("ask", [meter, children, lambda name: list(ancestors(name))])
def test_an_unknown_meter_is_named_with_the_known_ones(ask: Callable[[str], object]) -> None:
    with pytest.raises(UnknownMeter, match=r"meter: 'tokens' is not known.*input_tokens"):
        ask("tokens")

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pricing.meters import METERS
from registry.pricing.usage import Usage, UsageError, outermost

# Drawn as leaves, from which the wholes follow: every drawn usage is possible.
leaf_counts = st.dictionaries(st.sampled_from(sorted(METERS)), st.integers(0, 10**9), max_size=8)


def usage_of_leaves(leaves: dict[str, int]) -> Usage:
    counts: dict[str, int] = {}
    for name, count in leaves.items():
        whole: str | None = name
        while whole is not None:
            counts[whole] = counts.get(whole, 0) + count
            whole = METERS[whole].parent
    return Usage.of(counts)


@given(leaf_counts)
def test_every_count_is_told_apart_once(leaves: dict[str, int]) -> None:
    told = dict(usage_of_leaves(leaves).leaves())
    assert told == {name: count for name, count in leaves.items() if count}


@given(leaf_counts, leaf_counts)
def test_usages_add_up_meter_by_meter(one: dict[str, int], other: dict[str, int]) -> None:
    both = {name: one.get(name, 0) + other.get(name, 0) for name in {*one, *other}}
    assert usage_of_leaves(one) + usage_of_leaves(other) == usage_of_leaves(both)


@given(leaf_counts)
def test_leaves_are_never_negative_and_add_up_to_the_outermost_counts(
    leaves: dict[str, int],
) -> None:
    usage = usage_of_leaves(leaves)
    assert all(count > 0 for _, count in usage.leaves())
    outer = sum(count for name, count in usage.counts if outermost(name) == name)
    assert sum(count for _, count in usage.leaves()) == outer


def test_a_part_is_taken_out_of_its_whole() -> None:
    usage = Usage.of({"input_tokens": 1000, "cache_read_tokens": 400, "output_tokens": 50})
    assert dict(usage.leaves()) == {
        "input_tokens": 600,
        "cache_read_tokens": 400,
        "output_tokens": 50,
    }


def test_an_inner_whole_that_is_left_out_is_the_sum_of_its_parts() -> None:
    usage = Usage.of(
        {"input_tokens": 100, "cache_write_5m_tokens": 30, "cache_write_1h_tokens": 20}
    )
    assert usage.count("cache_write_tokens") == 50
    assert dict(usage.leaves())["input_tokens"] == 50


def test_a_count_of_zero_is_as_good_as_none() -> None:
    assert Usage.of({"input_tokens": 5, "cache_read_tokens": 0}) == Usage.of({"input_tokens": 5})


def test_seconds_and_gb_days_may_be_parts_of_one() -> None:
    usage = Usage.of(
        {"input_audio_seconds": Decimal("1.5"), "vector_store_gb_days": Decimal("0.25")}
    )
    assert usage.count("input_audio_seconds") == Decimal("1.5")


@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"tokens": 1}, "tokens"),
        ({"input_tokens": -1}, "input_tokens"),
        ({"input_tokens": True}, "input_tokens"),
        ({"input_tokens": 1.0}, "input_tokens"),
        ({"input_tokens": Decimal("1.5")}, "input_tokens"),
        ({"input_tokens": "10"}, "input_tokens"),
        ({"input_tokens": None}, "input_tokens"),
        ({"input_tokens": 10**15 + 1}, "input_tokens"),
        ({"input_audio_seconds": Decimal("NaN")}, "input_audio_seconds"),
        ({"input_audio_seconds": Decimal("Infinity")}, "input_audio_seconds"),
        ({"input_audio_seconds": Decimal("-0")}, "input_audio_seconds"),
        ({"input_audio_seconds": Decimal("0.12345678901234567")}, "input_audio_seconds"),
        ({"input_audio_seconds": 1.5}, "input_audio_seconds"),
        ({"input_tokens": 10, "cache_read_tokens": 11}, "input_tokens"),
        ({"input_tokens": 10, "cache_read_tokens": 6, "input_audio_tokens": 5}, "input_tokens"),
        (
            {"cache_write_tokens": 1, "cache_write_1h_tokens": 2, "input_tokens": 9},
            "cache_write_tokens",
        ),
        ({"cache_read_tokens": 11}, "input_tokens"),
        ({"reasoning_tokens": 11}, "output_tokens"),
    ],
)
def test_a_count_that_cannot_be_is_refused_by_field(counts: dict[str, object], field: str) -> None:
    with pytest.raises(UsageError) as refused:
        Usage.of(counts)
    assert refused.value.field == field


def test_a_part_larger_than_its_whole_is_named_with_its_parts() -> None:
    with pytest.raises(UsageError, match=r"input_tokens: '10' .*at least 11.*cache_read_tokens"):
        Usage.of({"input_tokens": 10, "cache_read_tokens": 11})


def test_scaling_goes_by_outermost_meter() -> None:
    usage = Usage.of({"input_tokens": 10, "output_tokens": 10, "reasoning_tokens": 4})
    more = usage.scaled({"output_tokens": Decimal("1.5")})
    assert dict(more.counts) == {"input_tokens": 10, "output_tokens": 15, "reasoning_tokens": 6}
    assert usage.share(Decimal("0.25")).count("input_tokens") == Decimal("2.5")

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given

from registry.pricing.hours import MINUTES_A_WEEK, Hours, HoursError
from tests.pricing.cards import hours, minute_of_week, minutes


@given(hours)
def test_a_text_reads_back_as_the_same_hours(some: Hours) -> None:
    assert Hours.parse(some.text) == some


@given(hours, minutes)
def test_a_minute_is_either_in_the_hours_or_in_the_rest_of_the_week(
    some: Hours, minute: int
) -> None:
    rest = some.complement()
    moment = minute_of_week(minute)
    assert some.contains(moment) != rest.contains(moment)
    assert some.minutes + rest.minutes == MINUTES_A_WEEK
    assert not some.overlaps(rest)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("01:00-04:00", "01:00-04:00"),
        ("mon-sun 01:00-04:00", "01:00-04:00"),
        ("sun-mon 01:00-02:00", "mon 01:00-02:00 sun 01:00-02:00"),
        ("mon,tue 01:00-02:00,02:00-03:00", "mon-tue 01:00-03:00"),
        ("mon 22:00-04:00", "mon 22:00-24:00 tue 00:00-04:00"),
        ("sun 22:00-04:00", "mon 00:00-04:00 sun 22:00-24:00"),
        ("fri-mon 00:00-00:00", "mon 00:00-24:00 fri-sun 00:00-24:00"),
        ("00:00-24:00", "00:00-24:00"),
    ],
)
def test_one_text_for_all_spellings(written: str, canonical: str) -> None:
    assert Hours.parse(written).text == canonical


@pytest.mark.parametrize(
    "text",
    [
        "",
        "mon",
        "mon-fri",
        "noon",
        "mon 1:00-2:00",
        "mon 24:00-25:00",
        "mon 00:00-24:30",
        "mon 01:60-02:00",
        "moon 01:00-02:00",
        "mon 01:00-02:00 later",
        "mon 01:00-02:00,",
        "-",
    ],
)
def test_a_text_that_is_no_window_is_refused(text: str) -> None:
    with pytest.raises(HoursError, match="hours: "):
        Hours.parse(text)


def test_windows_are_half_open() -> None:
    window = Hours.parse("mon 01:00-04:00")
    assert not window.contains(minute_of_week(59))
    assert window.contains(minute_of_week(60))
    assert window.contains(minute_of_week(239))
    assert not window.contains(minute_of_week(240))


def test_a_moment_is_read_in_utc() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert Hours.parse("mon 01:00-04:00").contains(datetime(2026, 8, 17, 9, 30, tzinfo=shanghai))


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match=r"at: .*no time zone"):
        Hours.parse("01:00-04:00").contains(datetime(2026, 8, 17))  # noqa: DTZ001

"""The review clock: working hours of working days, holidays, daylight saving, and pauses."""

from __future__ import annotations

import datetime as dt
import functools
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprieve.record.charter import Calendar
from reprieve.record.clock import Pause, allowed, due, taken

UTC = dt.UTC
OFFICE = Calendar()
BERLIN = Calendar(country="DE", timezone="Europe/Berlin")
MUNICH = Calendar(country="DE-BY", timezone="Europe/Berlin")


def at(text: str, zone: str = "UTC") -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2026-11-02T09:00", "4h", "2026-11-02T13:00"),
        ("2026-11-02T03:00", "4h", "2026-11-02T13:00"),
        ("2026-11-02T13:00", "4h", "2026-11-02T17:00"),
        ("2026-11-02T13:01", "4h", "2026-11-03T09:01"),
        ("2026-11-06T16:00", "4h", "2026-11-09T12:00"),  # Friday afternoon, over the weekend
        ("2026-11-07T12:00", "4h", "2026-11-09T13:00"),  # asked on a Saturday
        ("2026-11-02T09:00", "1bd", "2026-11-02T17:00"),
        ("2026-11-02T10:30", "1bd", "2026-11-03T10:30"),
        ("2026-11-02T17:00", "1bd", "2026-11-03T17:00"),
        ("2026-11-05T10:00", "3bd", "2026-11-10T10:00"),
        ("2026-11-02T12:00", "5bd", "2026-11-09T12:00"),
    ],
)
def test_hours_and_days_of_an_office(start: str, duration: str, end: str) -> None:
    assert due(OFFICE, at(start), duration) == at(end)


def test_the_start_may_be_in_any_zone() -> None:
    start = at("2026-11-02T20:00", "Asia/Tokyo")  # 11:00 UTC
    assert due(OFFICE, start, "4h") == at("2026-11-02T15:00")


def test_hours_are_those_of_the_calendars_zone() -> None:
    assert due(BERLIN, at("2026-11-02T06:00"), "4h") == at("2026-11-02T12:00")  # 13:00 in Berlin


@pytest.mark.parametrize(
    ("calendar", "end"), [(BERLIN, "2026-01-06T17:00"), (MUNICH, "2026-01-07T17:00")], ids=["DE", "DE-BY"]
)
def test_a_holiday_of_one_state(calendar: Calendar, end: str) -> None:
    """6 January 2026 is a Tuesday, and a holiday in Bavaria."""
    start = at("2026-01-05T18:00", "Europe/Berlin")
    assert due(calendar, start, "1bd") == at(end, "Europe/Berlin")


def test_holidays_over_the_end_of_a_year() -> None:
    start = at("2026-12-23T12:00", "Europe/Berlin")  # then 25 December, a weekend, 1 January
    assert due(BERLIN, start, "5bd") == at("2026-12-31T12:00", "Europe/Berlin")
    assert due(BERLIN, start, "6bd") == at("2027-01-04T12:00", "Europe/Berlin")


def test_weekends_are_those_of_the_country() -> None:
    israel = Calendar(country="IL", timezone="Asia/Jerusalem")
    start = at("2026-11-05T16:00", "Asia/Jerusalem")  # a Thursday: Friday and Saturday are free
    assert due(israel, start, "4h") == at("2026-11-08T12:00", "Asia/Jerusalem")


@pytest.mark.parametrize("duration", ["4h", "1bd"])
@pytest.mark.parametrize("friday", ["2026-03-27", "2026-10-23"], ids=["spring", "autumn"])
def test_a_change_of_the_clocks_takes_no_working_hour(friday: str, duration: str) -> None:
    start = at(f"{friday}T16:00", "Europe/Berlin")
    monday = start.date() + dt.timedelta(days=3)
    expected = at(f"{monday}T12:00" if duration == "4h" else f"{monday}T16:00", "Europe/Berlin")
    end = due(BERLIN, start, duration)
    assert end == expected
    assert end is not None
    assert end.utcoffset() == dt.timedelta()


def test_days_without_a_night() -> None:
    always = Calendar(hours="00:00-24:00")
    assert due(always, at("2026-11-06T20:00"), "6h") == at("2026-11-09T02:00")


# Pauses


@pytest.mark.parametrize(
    ("pauses", "end"),
    [
        ([("09:00", "11:00")], "2026-11-02T15:00"),
        ([("10:00", "11:00")], "2026-11-02T14:00"),
        ([("10:00", "11:00"), ("12:00", "12:30")], "2026-11-02T14:30"),
        ([("10:00", "12:00"), ("11:00", "11:30")], "2026-11-02T15:00"),  # a question within a question
        ([("10:00", "12:00"), ("11:00", "13:00")], "2026-11-02T16:00"),
        ([("12:00", "12:30"), ("10:00", "11:00")], "2026-11-02T14:30"),  # in any order
        ([("03:00", "08:00")], "2026-11-02T13:00"),  # before hours
        ([("14:00", "15:00")], "2026-11-02T13:00"),  # asked after the time was up
        ([("14:00", None)], "2026-11-02T13:00"),
        ([("12:00", None)], None),
        ([("10:00", "11:00"), ("12:00", None)], None),
        ([("10:00", None), ("11:00", "12:00")], None),
    ],
)
def test_an_open_question_stops_the_clock(pauses: list[tuple[str, str | None]], end: str | None) -> None:
    def moment(text: str | None) -> dt.datetime | None:
        return at(f"2026-11-02T{text}") if text else None

    intervals: list[Pause] = [(at(f"2026-11-02T{asked}"), moment(answered)) for asked, answered in pauses]
    found = due(OFFICE, at("2026-11-02T09:00"), "4h", intervals)
    assert found == (at(end) if end else None)


@pytest.mark.parametrize("duration", ["", "4", "4d", "-1h", "1.5h", "bd"])
def test_what_is_not_a_duration(duration: str) -> None:
    with pytest.raises(ValueError, match="not a duration"):
        due(OFFICE, at("2026-11-02T09:00"), duration)


# Whatever the calendar

calendars = st.builds(
    Calendar,
    country=st.sampled_from([None, "DE", "DE-BY", "US"]),
    timezone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    hours=st.sampled_from(["09:00-17:00", "08:30-12:00", "00:00-24:00", "22:00-23:30"]),
)
moments = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2028, 1, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)
durations = st.one_of(st.integers(1, 60).map("{}h".format), st.integers(1, 12).map("{}bd".format))


def is_working_time(calendar: Calendar, minute: dt.datetime) -> bool:
    """Whether the minute that begins then is one of a working day's working hours."""
    local = minute.astimezone(ZoneInfo(calendar.timezone))
    opens, _, closes = calendar.hours.partition("-")
    return is_working_day(calendar.country, local.date()) and opens <= f"{local:%H:%M}" < closes


@functools.cache
def is_working_day(country: str | None, day: dt.date) -> bool:
    name, _, part = (country or "").partition("-")
    free = bool(name) and day in holidays.country_holidays(name, subdiv=part or None)
    return day.weekday() < 5 and not free


@given(calendars, moments, durations)
def test_it_ends_in_working_hours(calendar: Calendar, start: dt.datetime, duration: str) -> None:
    end = due(calendar, start, duration)
    assert end is not None
    assert end > start
    assert is_working_time(calendar, end - dt.timedelta(minutes=1))


@given(calendars, moments, moments, durations)
def test_who_asks_earlier_is_answered_no_later(
    calendar: Calendar, one: dt.datetime, other: dt.datetime, duration: str
) -> None:
    first, second = (due(calendar, start, duration) for start in sorted((one, other)))
    assert first is not None
    assert second is not None
    assert first <= second


@given(calendars, moments, st.integers(1, 20))
def test_every_minute_until_then_is_counted_once(calendar: Calendar, start: dt.datetime, hours: int) -> None:
    """Also over a change of the clocks, when the office is open through it."""
    end = due(calendar, start, f"{hours}h")
    assert end is not None
    span = int((end - start).total_seconds()) // 60
    if span < 20_000:
        minutes = (start + dt.timedelta(minutes=number) for number in range(span))
        assert sum(is_working_time(calendar, minute) for minute in minutes) == hours * 60


@given(calendars, moments, durations, st.integers(0, 5_000), st.integers(0, 5_000))
def test_a_pause_never_shortens_a_review(
    calendar: Calendar, start: dt.datetime, duration: str, after: int, length: int
) -> None:
    asked = start + dt.timedelta(minutes=after)
    plain = due(calendar, start, duration)
    paused = due(calendar, start, duration, [(asked, asked + dt.timedelta(minutes=length))])
    assert plain is not None
    assert paused is not None
    assert paused >= plain
    assert (paused == plain) or asked < plain


@given(
    start=st.datetimes(dt.datetime(2026, 1, 1), dt.datetime(2026, 12, 1), timezones=st.just(UTC)),
    duration=st.sampled_from(["1h", "4h", "1bd", "5bd"]),
    gaps=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 400)), max_size=4),
    calendar=st.sampled_from([OFFICE, BERLIN, MUNICH]),
)
def test_what_is_decided_when_it_is_due_took_what_was_allowed(
    start: dt.datetime, duration: str, gaps: list[tuple[int, int]], calendar: Calendar
) -> None:
    pauses = [
        (start + dt.timedelta(hours=after), start + dt.timedelta(hours=after + lasts))
        for after, lasts in gaps
    ]
    end = due(calendar, start, duration, pauses)
    assert end is not None
    assert taken(calendar, start, end, pauses) == allowed(calendar, duration)
    assert taken(calendar, start, end - dt.timedelta(seconds=1), pauses) < allowed(calendar, duration)
    assert taken(calendar, start, end + dt.timedelta(days=90), pauses) > allowed(calendar, duration)


def test_an_open_question_stops_the_time_that_is_taken() -> None:
    asked, question = at("2026-11-02T09:00"), at("2026-11-02T11:00")
    assert taken(OFFICE, asked, at("2026-11-20T09:00"), [(question, None)]) == dt.timedelta(hours=2)

"""The review clock: `4h` and `1bd` counted in the charter's working hours.

An hour is a working hour and a business day is one full day of working hours, as service-level
calendars count: asked on Friday at 16:00, `4h` are over on Monday at 12:00 with hours 09:00-17:00.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Sequence
from zoneinfo import ZoneInfo

from reprieve.record.charter import DURATION, Calendar

Pause = tuple[dt.datetime, dt.datetime | None]
"""From a question to its answer; None while it is open."""


def due(
    calendar: Calendar, start: dt.datetime, duration: str, pauses: Sequence[Pause] = ()
) -> dt.datetime | None:
    """When the clock runs out, in UTC; None while a question is open.

    Args:
        calendar: working days and hours.
        start: when the review was asked for; aware.
        duration: `4h` or `3bd`.
        pauses: intervals that do not count.
    """
    left = _budget(calendar, duration)
    begin = start
    for asked, answered in sorted(pauses, key=lambda pause: pause[0]):
        used = _working_time(calendar, begin, asked)
        if used >= left:
            break
        if answered is None:
            return None
        left -= used
        begin = max(begin, answered)
    return _end_of(calendar, begin, left)


def taken(
    calendar: Calendar, start: dt.datetime, end: dt.datetime, pauses: Sequence[Pause] = ()
) -> dt.timedelta:
    """Working time from `start` to `end` without the pauses; the arguments are those of `due`.

    What is decided when `due` says, has taken exactly what was allowed.
    """
    total, begin = dt.timedelta(), start
    for asked, answered in sorted(pauses, key=lambda pause: pause[0]):
        total += _working_time(calendar, begin, min(asked, end))
        begin = max(begin, end if answered is None else answered)
    return total + _working_time(calendar, begin, end)


def allowed(calendar: Calendar, duration: str) -> dt.timedelta:
    """What `4h` or `3bd` are in working time."""
    return _budget(calendar, duration)


def _budget(calendar: Calendar, duration: str) -> dt.timedelta:
    match = DURATION.fullmatch(duration)
    if match is None:
        raise ValueError(f"not a duration: {duration!r}")
    if match[2] == "h":
        return dt.timedelta(hours=int(match[1]))
    opens, closes = _hours(calendar)
    return int(match[1]) * (closes - opens)


def _end_of(calendar: Calendar, start: dt.datetime, left: dt.timedelta) -> dt.datetime:
    for opens, closes in _spans(calendar, start):
        begin = max(opens, start)
        if closes - begin >= left:
            return (begin + left).astimezone(dt.UTC)
        left -= max(closes - begin, dt.timedelta())
    raise AssertionError("working days do not end")


def _working_time(calendar: Calendar, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    total = dt.timedelta()
    for opens, closes in _spans(calendar, start):
        if opens >= end:
            return total
        total += max(min(closes, end) - max(opens, start), dt.timedelta())
    return total


def _spans(calendar: Calendar, start: dt.datetime) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Opening and closing of each working day from that of `start` on, in UTC."""
    zone = ZoneInfo(calendar.timezone)
    opens, closes = _hours(calendar)
    is_working_day = _working_days(calendar.country)
    day = start.astimezone(zone).date()
    while True:
        if is_working_day(day):
            midnight = dt.datetime.combine(day, dt.time())
            yield tuple(  # type: ignore[misc]  # wall-clock times, so that hours stay hours over a DST change
                (midnight + offset).replace(tzinfo=zone).astimezone(dt.UTC) for offset in (opens, closes)
            )
        day += dt.timedelta(days=1)


def _hours(calendar: Calendar) -> tuple[dt.timedelta, dt.timedelta]:
    opens, closes = (
        dt.timedelta(hours=int(text[:2]), minutes=int(text[3:])) for text in calendar.hours.split("-")
    )
    return opens, closes


@functools.cache
def _working_days(country: str | None) -> Callable[[dt.date], bool]:
    if country is None:
        return lambda day: day.weekday() < 5
    import holidays

    name, _, subdivision = country.partition("-")
    calendar = holidays.country_holidays(name, subdiv=subdivision or None)
    return calendar.is_working_day

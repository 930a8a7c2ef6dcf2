"""A calendar of expiries: this month and the two after it, each day with what ends on it."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

_MONTHS = 3


class Square(NamedTuple):
    """One day of a month; None where the week begins or ends in another."""

    day: dt.date
    number: int
    """Exceptions whose last day it is."""
    today: bool
    past: bool


class Month(NamedTuple):
    """One month: its first day, and its weeks from Monday on."""

    first: dt.date
    weeks: list[list[Square | None]]


def months(today: dt.date, endings: Mapping[dt.date, int]) -> list[Month]:
    """Three months from today's on; `endings` says how many exceptions end on which day."""
    found = []
    year, month = today.year, today.month
    for _ in range(_MONTHS):
        weeks = [
            [_square(day, today, endings) if day.month == month else None for day in week]
            for week in calendar.Calendar().monthdatescalendar(year, month)
        ]
        found.append(Month(dt.date(year, month, 1), weeks))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found


def _square(day: dt.date, today: dt.date, endings: Mapping[dt.date, int]) -> Square:
    return Square(day, endings.get(day, 0), day == today, day < today)

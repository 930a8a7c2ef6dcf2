"""A span of days, both ends included, UTC: what an audit is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from reprieve.errors import UsageError

_FORM = "two dates such as 2026-07-01..2026-09-30"
MAX_DAYS = 3660
"""Ten years: more is a slip of the keyboard."""
_EPOCH = dt.date(1970, 1, 1)
"""Git knows no commit before it."""


class Period(msgspec.Struct, frozen=True):
    """From the start of `first` to the end of `last`, UTC."""

    first: dt.date
    last: dt.date

    @property
    def start(self) -> dt.datetime:
        """The first instant of it."""
        return dt.datetime.combine(self.first, dt.time(), dt.UTC)

    @property
    def end(self) -> dt.datetime:
        """The first instant after it."""
        return dt.datetime.combine(self.last + dt.timedelta(days=1), dt.time(), dt.UTC)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def each_day(self) -> Iterator[dt.date]:
        """Its days, oldest first."""
        return (self.first + dt.timedelta(days=number) for number in range(self.days))

    def holds(self, moment: dt.datetime | None) -> bool:
        """Whether the moment lies in it."""
        return moment is not None and self.start <= moment < self.end

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


def parse_period(text: str, option: str = "--period") -> Period:
    """`FROM..TO`, two ISO dates. Errors: `UsageError`."""
    first, dots, last = text.partition("..")
    try:
        period = Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    except ValueError:
        raise UsageError(f"{option}: expected {_FORM}, got {text!r}") from None
    if not dots or period.days < 1:
        raise UsageError(f"{option}: {text} ends before it begins", hint=_FORM)
    if period.first < _EPOCH:
        raise UsageError(f"{option}: {text} begins before {_EPOCH}, and so before every commit", hint=_FORM)
    if period.days > MAX_DAYS:
        raise UsageError(f"{option}: {text} has {period.days:,} days, at most {MAX_DAYS:,} are reported")
    return period


def year_up_to(last: dt.date) -> Period:
    """The twelve months that end with a day: what most audits look at when nobody says."""
    try:
        before = last.replace(year=last.year - 1)
    except ValueError:  # the 29th of February
        before = last.replace(year=last.year - 1, day=28)
    return Period(before + dt.timedelta(days=1), last)

"""A register at a moment: what everything that is told of it is told from."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from reprieve.errors import UsageError
from reprieve.record.model import format_id
from reprieve.register.history import Event, events
from reprieve.register.register import Register


class Moment(NamedTuple):
    """When something is looked at, where no register is at hand."""

    now: dt.datetime
    simulated: bool


class View(NamedTuple):
    """A register, and the moment it is looked at."""

    register: Register
    now: dt.datetime
    simulated: bool
    """Whether the moment is another than the present."""


def happened(view: View, number: int | None = None) -> list[Event]:
    """The events by the moment looked at. Errors: `UsageError` for an id that history does not know."""
    found = events(view.register, number)
    if number is not None and not found:
        raise UsageError(
            f"the register holds no {format_id(number)}", hint="`reprieve list` shows what it holds"
        )
    return [event for event in found if not view.simulated or event.at <= view.now]


def minute(time: dt.datetime) -> str:
    """`2026-11-23 17:00 UTC`."""
    return f"{time.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"

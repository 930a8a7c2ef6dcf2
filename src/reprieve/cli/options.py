"""Options that several commands share, and what they become."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import click

from reprieve.errors import UsageError
from reprieve.register.register import Register

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def chained(*decorators: Decorator) -> Decorator:
    """Several decorators as one, in the order in which they are listed."""

    def apply(function: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply


where_options = chained(
    click.option(
        "--register", "where", metavar="DIR|URL", help="The register; default: the repository here."
    ),
    click.option("--ref", metavar="BRANCH", help="The protected branch; default: the remote's."),
    click.option(
        "--charter-root",
        metavar="DIGEST",
        envvar="REPRIEVE_CHARTER_ROOT",
        help="Trust only a charter that goes back to this digest.",
    ),
)
"""Which register."""

fetch_option = click.option(
    "--fetch/--no-fetch", default=None, help="Fetch first. Default: only where CI is set."
)


class Reading(NamedTuple):
    """What `read_options` were given: which register, and at what moment."""

    where: str | None = None
    ref: str | None = None
    charter_root: str | None = None
    fetch: bool | None = None
    now: str | None = None
    as_of: str | None = None


class Writing(NamedTuple):
    """What `write_options` were given: which register, and how to write to it."""

    where: str | None = None
    ref: str | None = None
    charter_root: str | None = None
    no_push: bool = False
    no_fetch: bool = False


def gathered(name: str, kind: Any, options: Decorator = lambda command: command) -> Decorator:
    """The options, and their values as the one argument `name` of the command."""

    def apply(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def command(**given: Any) -> Any:
            own = {field: given.pop(field) for field in kind._fields if field in given}
            return function(**given, **{name: kind(**own)})

        return options(command)

    return apply


_as_of_option = click.option(
    "--as-of", metavar="DATE", help="The register as it was then, judged as it was then."
)

place_options = gathered("reading", Reading, chained(where_options, fetch_option))
"""Which register, as it is now."""

past_options = gathered("reading", Reading, chained(where_options, fetch_option, _as_of_option))
"""Which register, now or as it was: for what is about facts, and admits no moment that is made up."""

read_options = gathered(
    "reading",
    Reading,
    chained(
        where_options,
        fetch_option,
        click.option("--now", metavar="ISO", help="Judge as if it were then; marks the output simulated."),
        _as_of_option,
    ),
)
"""Which register, and at what moment: the command's argument `reading`."""

write_options = gathered(
    "writing",
    Writing,
    chained(
        where_options,
        click.option("--no-push", is_flag=True, help="Keep the commit on a local branch."),
        click.option("--no-fetch", is_flag=True, help="Start from what was fetched last."),
    ),
)
"""Which register, and how to write to it: the command's argument `writing`."""


def output_option(*names: str) -> Decorator:
    """`--output`, `-o`: one of these, the first when none is given."""
    return click.option("--output", "-o", type=click.Choice(names), default=names[0], show_default=True)


def moment(now: str | None, as_of: str | None) -> tuple[dt.datetime, dt.datetime | None, bool]:
    """`--now` and `--as-of` as: the moment to judge at, the moment to read the register at, simulated.

    A date alone means the end of that day, UTC, for `--as-of`, and noon for `--now`. Errors: `UsageError`.
    """
    read_at = _parse("--as-of", as_of, dt.time(23, 59, 59)) if as_of is not None else None
    if now is not None:
        return _parse("--now", now, dt.time(12)), read_at, True
    return read_at or dt.datetime.now(dt.UTC).replace(microsecond=0), read_at, read_at is not None


def day_or_moment(name: str, text: str) -> dt.datetime:
    """An ISO date, which means noon UTC, or a moment. Errors: `UsageError`."""
    return _parse(name, text, dt.time(12))


def opened(reading: Reading, as_of: dt.datetime | None) -> Register:
    """The register that the shared options name."""
    return Register.open(
        reading.where, ref=reading.ref, fetch=reading.fetch, charter_root=reading.charter_root, as_of=as_of
    )


def date_of(name: str, text: str | None, default: dt.date) -> dt.date:
    """An ISO date option. Errors: `UsageError`."""
    if text is None:
        return default
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{name}: expected a date such as 2026-11-05, got {text!r}") from None


def _parse(name: str, text: str, time_of_day: dt.time) -> dt.datetime:
    try:
        if len(text) == 10:
            return dt.datetime.combine(dt.date.fromisoformat(text), time_of_day, dt.UTC)
        parsed = dt.datetime.fromisoformat(text)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        hint = "an ISO date or date-time: 2026-11-05, 2026-11-05T09:00:00Z"
        raise UsageError(f"{name}: expected {hint}, got {text!r}") from None

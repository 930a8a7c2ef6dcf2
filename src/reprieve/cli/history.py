"""`reprieve history`: what happened, who did it, and in which commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from reprieve.cli.options import date_of, read_options
from reprieve.cli.output import print_csv, print_json, print_table
from reprieve.cli.reading import caption, minute, remark, view_of
from reprieve.errors import UsageError
from reprieve.report.text import amount

if TYPE_CHECKING:
    from reprieve.register.history import Event

_HEADS = ("at", "id", "kind", "who", "commit", "text")


@click.command("history")
@click.argument("identifier", metavar="[EXC-NNN]", required=False)
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="approved, merged, …; repeatable.")
@click.option("--by", metavar="EMAIL", help="Only what this person did.")
@click.option("--since", metavar="DATE", help="From the start of this day, UTC.")
@click.option("--until", metavar="DATE", help="To the end of this day, UTC.")
@click.option("--output", "-o", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@read_options
def history_command(
    identifier: str | None,
    kinds: tuple[str, ...],
    by: str | None,
    since: str | None,
    until: str | None,
    output: str,
    where: str | None,
    ref: str | None,
    charter_root: str | None,
    fetch: bool | None,
    now: str | None,
    as_of: str | None,
) -> None:
    """What happened to one exception, or to all of them and the charter; from Git alone, oldest first.

    \b
    reprieve history EXC-007
    reprieve history --kind approved --kind denied --since 2026-10-01 --output csv
    reprieve history --by carol@example.com

    Kinds: requested, amended, asked, answered, approved, denied, merged, control, progress, incident,
    revoked, closed, deleted, charter-changed, charter-approved.
    """
    from reprieve.register.history import KINDS, events

    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise UsageError(f"--kind: no kind {unknown[0]!r}", hint=f"one of: {', '.join(KINDS)}")
    first, last = date_of("--since", since, dt.date.min), date_of("--until", until, dt.date.max)
    view = view_of(where, ref, charter_root, fetch, now, as_of)
    number = _number(identifier, view.register.snapshot) if identifier else None
    found = [
        event
        for event in events(view.register, number)
        if (not kinds or event.kind in kinds)
        and (by is None or event.who == by.lower())
        and first <= event.at.date() <= last
        and (not view.simulated or event.at <= view.now)
    ]
    remark(view, machine=output != "table")
    if output == "json":
        print_json(found)
    elif output == "csv":
        _print_csv(found)
    else:
        if found:
            print_table(_HEADS, rows_of(found), styles=["" if event.counts else "dim" for event in found])
        click.echo(f"{amount(len(found), 'event')} · {caption(view)}")

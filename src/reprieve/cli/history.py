"""`reprieve history`: what happened, who did it, and in which commit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import click

from reprieve.cli.options import Reading, date_of, output_option, read_options
from reprieve.cli.output import Columns, print_csv, print_json, print_table
from reprieve.cli.reading import caption, remark, view_of
from reprieve.register.history import KINDS, Event
from reprieve.register.writing.clerk import number_of
from reprieve.report.text import amount
from reprieve.standing.view import View, happened, minute

_COLUMNS = Columns(("at", "id", "kind", "who", "commit", "what"), wraps=("at", "what"), spare=("commit",))


@click.command("history")
@click.argument("identifier", metavar="[EXC-NNN]", required=False)
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Repeatable.")
@click.option("--by", metavar="EMAIL", help="Only what this person did.")
@click.option("--since", metavar="DATE", help="From the start of this day, UTC.")
@click.option("--until", metavar="DATE", help="To the end of this day, UTC.")
@output_option("table", "json", "csv")
@read_options
def history_command(
    identifier: str | None,
    kinds: tuple[str, ...],
    by: str | None,
    since: str | None,
    until: str | None,
    output: str,
    reading: Reading,
) -> None:
    """What happened to one exception, or to all of them and the charter; from Git alone, oldest first.

    \b
    reprieve history EXC-007
    reprieve history --kind approved --kind denied --since 2026-10-01 --output csv
    reprieve history --by carol@example.com
    """
    first, last = date_of("--since", since, dt.date.min), date_of("--until", until, dt.date.max)
    view = view_of(reading)
    found = [
        event
        for event in happened(view, number_of(identifier) if identifier else None)
        if (not kinds or event.kind in kinds)
        and (by is None or event.who == by.lower())
        and first <= event.at.date() <= last
    ]
    remark(view, machine=output != "table")
    if output == "json":
        print_json(found)
    elif output == "csv":
        print_csv(Event.__struct_fields__, [_values(event) for event in found])
    else:
        _print_table(found, view)


def sentence(event: Event) -> str:
    """What happened in words, and where it waits when it is not part of the protected branch."""
    return f"{event.text} (not merged: {event.branch})" if event.branch else event.text


def _values(event: Event) -> tuple[object, ...]:
    return tuple(getattr(event, name) for name in Event.__struct_fields__)


def _print_table(found: Sequence[Event], view: View) -> None:
    rows = [
        (minute(event.at), event.id, event.kind, event.who, event.commit[:10], sentence(event))
        for event in found
    ]
    if rows:
        print_table(_COLUMNS, rows, ["" if event.counts else "dim" for event in found])
    click.echo(f"{amount(len(found), 'event')} · {caption(view)}")

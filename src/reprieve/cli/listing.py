"""`reprieve list`: the exceptions of a register, filtered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

import click

from reprieve.cli.options import Reading, output_option, read_options
from reprieve.cli.output import Columns, print_csv, print_json, print_table
from reprieve.cli.reading import caption, remark, view_of
from reprieve.record.lifecycle import EXPIRING_DAYS, Status
from reprieve.record.model import SCOPE_KEYS
from reprieve.record.scope import values_of
from reprieve.report.text import amount
from reprieve.standing.entries import (
    Entry,
    checks_of,
    entry_of,
    expiry_words,
    short_checks,
    status_words,
)
from reprieve.standing.view import View
from reprieve.words import CHECK_TYPES, ENVIRONMENTS, RISKS

_COLUMNS = Columns(
    ("id", "status", "risk", "environment", "owner", "expires", "checks", "summary"),
    wraps=("status", "expires", "summary"),
    spare=("checks", "environment", "owner"),
)
_STYLES = {"expired": "red", "invalid": "red", "void": "red", "closed": "dim", "revoked": "dim"}


@click.command("list")
@click.option("--status", "statuses", multiple=True, type=click.Choice(get_args(Status)), help="Repeatable.")
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice(CHECK_TYPES),
    help="Whose scope may hold such findings; one that names no type holds all. Repeatable.",
)
@click.option("--risk", "risks", multiple=True, type=click.Choice(RISKS), help="Repeatable.")
@click.option("--owner", metavar="NAME", help="The team or person who must remove it.")
@click.option(
    "--environment", "environments", multiple=True, type=click.Choice(ENVIRONMENTS), help="Repeatable."
)
@click.option(
    "--expiring",
    is_flag=False,
    flag_value=str(EXPIRING_DAYS),
    metavar="[DAYS]",
    type=click.IntRange(min=0),
    help=f"Active ones in their last days; {EXPIRING_DAYS} when no number is given.",
)
@click.option("--search", metavar="TEXT", help="In id, summary, people, reason and scope; case is ignored.")
@output_option("table", "json", "csv")
@read_options
def list_command(
    statuses: tuple[str, ...],
    types: tuple[str, ...],
    risks: tuple[str, ...],
    owner: str | None,
    environments: tuple[str, ...],
    expiring: int | None,
    search: str | None,
    output: str,
    reading: Reading,
) -> None:
    """The exceptions of the register, ended ones and requests included, by id.

    \b
    reprieve list --status active --status expired
    reprieve list --expiring 30 --owner payments
    reprieve list --type vulnerability --risk critical --output json
    reprieve list --as-of 2026-10-31 --output csv > october.csv
    """
    view = view_of(reading)
    entries = [
        entry
        for entry in entries_of(view)
        if (not statuses or entry.status in statuses)
        and (not types or _of_type(entry, types))
        and (not risks or entry.risk in risks)
        and (not environments or entry.environment in environments)
        and (owner is None or (entry.owner or "").casefold() == owner.casefold())
        and (expiring is None or _ends_within(entry, expiring))
        and (search is None or _mentions(entry, search))
    ]
    remark(view, machine=output != "table")
    if output == "json":
        print_json(entries)
    elif output == "csv":
        _print_csv(entries)
    else:
        _print_table(entries, view)


def entries_of(view: View) -> list[Entry]:
    """Every exception of the register, by id; of one id, that on the protected branch first."""
    cases = sorted(view.register.cases(view.now), key=lambda pair: (pair[0].number, pair[0].branch or ""))
    return [entry_of(case, standing, view) for case, standing in cases]


def _of_type(entry: Entry, types: Sequence[str]) -> bool:
    return any(not part.type or part.type in types for part in entry.scope)


def _ends_within(entry: Entry, days: int) -> bool:
    left = entry.expires_in_days
    return entry.status == "active" and left is not None and left < max(days, 1)


def _mentions(entry: Entry, text: str) -> bool:
    values = [value for part in entry.scope for key in SCOPE_KEYS for value in values_of(part, key)]
    people = [entry.requester, entry.owner]
    everything = [entry.id, entry.summary, entry.reason, entry.why, *people, *values]
    return any(text.casefold() in value.casefold() for value in everything if value)


def _print_csv(entries: Sequence[Entry]) -> None:
    fields = [name for name in Entry.__struct_fields__ if name != "scope"]
    rows = [[*(getattr(entry, name) for name in fields), checks_of(entry), entry.scope] for entry in entries]
    print_csv([*fields, "checks", "scope"], rows)


def _print_table(entries: Sequence[Entry], view: View) -> None:
    rows = [
        (
            entry.id,
            status_words(entry),
            entry.risk or "",
            entry.environment or "",
            entry.owner or "",
            expiry_words(entry),
            short_checks(entry),
            entry.summary or entry.why,
        )
        for entry in entries
    ]
    if rows:
        print_table(_COLUMNS, rows, [_style(entry) for entry in entries])
    click.echo(f"{amount(len(entries), 'exception')} · {caption(view)}")


def _style(entry: Entry) -> str:
    return "yellow" if entry.expiring or entry.overdue else _STYLES.get(entry.status, "")

"""`reprieve report`: what an auditor asks for."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from reprieve.cli.options import Reading, past_options
from reprieve.cli.reading import remark, view_of
from reprieve.errors import ReprieveError, UsageError
from reprieve.standing.view import View

if TYPE_CHECKING:
    from reprieve.auditor.period import Period
    from reprieve.auditor.report import Report

FORMATS = ("md", "html", "csv", "json", "oscal")


@click.command("report")
@click.option(
    "--period",
    metavar="FROM..TO",
    help="Days that the population is counted over; default: the twelve months up to the date.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="md", show_default=True)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; default: standard output."
)
@past_options
def report_command(period: str | None, format_: str, out: Path | None, reading: Reading) -> None:
    """The auditor's report: the register at a date, and what happened in a period. From Git alone.

    \b
    reprieve report --as-of 2026-09-30 --period 2026-07-01..2026-09-30
    reprieve report --as-of 2026-09-30 --format html --out report.html
    reprieve report --as-of 2026-09-30 --format oscal --out poam.json

    The same commits and dates give the same report, byte for byte.
    """
    from reprieve.auditor.report import report as audit

    view = past_view(reading)
    made = audit(view.register, view.now, _period(period, view))
    remark(view, machine=False)
    deliver(_written(made, format_), out)


def past_view(reading: Reading) -> View:
    """The register now or at a day that has come. Errors: `UsageError`, `RegisterError`."""
    view = view_of(reading)
    if view.now.date() > dt.datetime.now(dt.UTC).date():
        raise UsageError(f"--as-of {view.now.date()}: that day has not come", hint="this is about the past")
    return view


def deliver(content: bytes, out: Path | None) -> None:
    """To a file, whole or not at all, or to standard output. Errors: `ReprieveError`."""
    if out is None:
        click.echo(content, nl=False)
        return
    draft = out.with_name(f".{out.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(out)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise ReprieveError(f"cannot be written: {error.strerror}", where=str(out)) from None
    click.echo(f"wrote {out} ({len(content):,} bytes)", err=True)


def _period(text: str | None, view: View) -> Period:
    """What was asked for, all of it past. Errors: `UsageError`."""
    from reprieve.auditor.period import parse_period, year_up_to

    today = view.now.date()
    period = parse_period(text) if text else year_up_to(today)
    if period.last > today:
        raise UsageError(
            f"--period {period} ends after {today}, the date of the report",
            hint=f"--as-of {period.last}, once that day has come",
        )
    return period


def _written(report: Report, format_: str) -> bytes:
    if format_ == "json":
        return msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n"
    if format_ == "oscal":
        from reprieve.auditor.oscal import oscal

        return oscal(report)
    if format_ == "html":
        from reprieve.auditor.html import html

        return html(report).encode()
    if format_ == "csv":
        from reprieve.auditor.csv import csv

        return csv(report).encode()
    from reprieve.auditor.markdown import markdown

    return markdown(report).encode()

"""`reprieve pack`: one exception, whole, in an archive that anybody can verify."""

from __future__ import annotations

from pathlib import Path

import click

from reprieve.cli.options import Reading, past_options
from reprieve.cli.reading import remark
from reprieve.cli.report import deliver, past_view
from reprieve.cli.reports import Taken, read_reports, taken_options
from reprieve.record.model import format_id
from reprieve.register.writing.clerk import number_of


@click.command("pack")
@click.argument("identifier", metavar="EXC-NNN")
@click.argument("paths", metavar="[REPORT]...", nargs=-1)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The archive; default: EXC-NNN.zip in this folder.",
)
@taken_options
@past_options
def pack_command(
    identifier: str,
    paths: tuple[str, ...],
    out: Path | None,
    taken: Taken,
    reading: Reading,
) -> None:
    """One exception in one archive: the record at each version, decisions with their proof, evidence.

    \b
    reprieve pack EXC-007
    reprieve pack EXC-007 trivy.json --as-of 2026-09-30 --out EXC-007.zip

    With reports it lists the findings that the exception's scope covers. The README in it says how to verify
    it with sha256sum, git and ssh-keygen alone. The same commits, date and reports give the same bytes.
    """
    from reprieve.auditor.pack import pack

    number = number_of(identifier)
    reports = read_reports(paths, taken)
    view = past_view(reading)
    made = pack(view.register, number, view.now, reports, environment=taken.environment)
    remark(view, machine=False)
    deliver(made, out or Path(f"{format_id(number)}.zip"))

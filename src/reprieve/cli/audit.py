"""`reprieve audit`: every ignore in a tree, and the record that stands behind it, or none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from reprieve.cli.options import Reading, chained, gathered, moment, opened, output_option, read_options
from reprieve.register.locate import in_play
from reprieve.words import ENVIRONMENTS, Environment

if TYPE_CHECKING:
    from reprieve.shadow.model import Audit


class Wanted(NamedTuple):
    """What to look at, and what counts."""

    exclude: tuple[str, ...]
    baseline: str | None
    write_baseline: str | None
    adopt: str | None
    owner: str | None
    no_blame: bool
    every_linter: bool
    repository: str | None
    environment: Environment | None


_wanted_options = chained(
    click.option("--exclude", multiple=True, metavar="GLOB", help="Files to leave out: 'vendor/*'."),
    click.option("--baseline", metavar="FILE", help="Only what is not in it counts."),
    click.option("--write-baseline", metavar="FILE", help="Write what has no record now, to start from."),
    click.option("--adopt", metavar="DIR", help="Draft requests for what has no record, into a folder."),
    click.option("--owner", help="With --adopt: team or person who must remove it."),
    click.option("--no-blame", is_flag=True, help="Don't ask git since when and by whom."),
    click.option(
        "--every-linter",
        is_flag=True,
        help="Count markers without ids also of linters whose security rules are not in use.",
    ),
    click.option("--repository", help="What scopes call this repository; default: by origin's address."),
    click.option(
        "--environment", type=click.Choice(ENVIRONMENTS), help="Over the charter's map of clusters."
    ),
)


@click.command("audit")
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
@read_options
@_wanted_options
@gathered("wanted", Wanted)
@click.option("--no-register", is_flag=True, help="No records, even where there is a register.")
@click.option("--fail-on-shadow", is_flag=True, help="Exit 1 when something has no record.")
@click.option("--all", "everything", is_flag=True, help="Every suppression, backed ones too.")
@output_option("text", "json", "sarif")
def audit_command(
    paths: tuple[str, ...],
    reading: Reading,
    wanted: Wanted,
    no_register: bool,
    fail_on_shadow: bool,
    everything: bool,
    output: str,
) -> None:
    """Find every ignore, and the record that stands behind it, or none.

    \b
    reprieve audit .
    reprieve audit . --fail-on-shadow --baseline .reprieve-baseline.json
    reprieve audit . --write-baseline .reprieve-baseline.json   start from what there is today
    reprieve audit . --output sarif > shadow.sarif
    reprieve audit . --adopt drafts   a request for each group, to be completed

    Comments and annotations in code, ignore files and exceptions of scanners, exempting objects of
    clusters, and settings that silence a scanner in CI. A record stands behind one when it is active
    and covers what is silenced: cited (`# nosec B608 EXC-007`), or by its scope.

    Exit 0: looked at everything. 1: shadow suppressions, with --fail-on-shadow. 2: an error, or a
    file that silences a scanner and cannot be read.
    """
    from reprieve.shadow.audit import Options, audit

    at, read_at, simulated = moment(reading.now, reading.as_of)
    play = not no_register and (reading.where is not None or in_play())
    register = opened(reading, read_at) if play else None
    options = Options(
        exclude=wanted.exclude,
        blame=not (wanted.no_blame or wanted.write_baseline),
        every=wanted.every_linter,
        baseline=wanted.baseline,
        repository=wanted.repository,
        environment=wanted.environment,
    )
    found = audit(paths, register, at, options, simulated=simulated)
    if wanted.adopt:
        _adopt(found, reading, wanted)
    elif wanted.write_baseline:
        _write_baseline(found, wanted.write_baseline)
    else:
        _write(found, output, everything=everything)
    sys.exit(_exit_code(found, fail=fail_on_shadow and not (wanted.write_baseline or wanted.adopt)))


def _write(found: Audit, output: str, *, everything: bool) -> None:
    from reprieve.shadow import json, sarif, text

    if output == "json":
        json.write(found, sys.stdout)
    elif output == "sarif":
        sarif.write(found, sys.stdout)
    else:
        text.write(found, sys.stdout, everything=everything)


def _write_baseline(found: Audit, path: str) -> None:
    from reprieve.report.text import amount
    from reprieve.shadow import baseline

    wanted = [(one.identity, one.suppression) for one in found.found if one.state in {"shadow", "known"}]
    number = baseline.write(path, wanted)
    click.echo(f"{path}: {amount(number, 'suppression')} without a record; have it reviewed, and commit it")


def _adopt(found: Audit, reading: Reading, wanted: Wanted) -> None:
    from pathlib import Path

    from reprieve.register.writing.clerk import Clerk
    from reprieve.report.text import amount, clean
    from reprieve.shadow.adopt import adopt

    clerk = Clerk(
        reading.where,
        ref=reading.ref,
        charter_root=reading.charter_root,
        push=False,
        fetch=bool(reading.fetch),
    )
    drafted, left = adopt(
        found,
        clerk,
        Path(wanted.adopt or "."),
        owner=wanted.owner,
        repository=wanted.repository,
        environment=wanted.environment,
    )
    for one in drafted:
        state = "" if one.written else "  (there already: left as it is)"
        click.echo(f"{clean(str(one.path))}  {amount(one.number, 'suppression')}{state}")
    for rest in left:
        click.echo(f"{amount(rest.number, 'suppression')} left out: {rest.why}", err=True)
    if drafted:
        click.echo("complete each, then: reprieve request --file DRAFT")


def _exit_code(found: Audit, *, fail: bool) -> int:
    if found.faults:
        number = len(found.faults)
        what = "one file" if number == 1 else f"{number:,} files"
        click.echo(f"error: {what} could not be read; nobody knows what is silenced there", err=True)
        return 2
    return 1 if fail and found.count("shadow") else 0

"""`reprieve simulate`: the verdict if these were approved and those had ended, on another day."""

from __future__ import annotations

import datetime as dt
import sys
from typing import NamedTuple

import click

from reprieve.cli.judged import exit_code, needs_fingerprints, write
from reprieve.cli.options import (
    Decorator,
    Reading,
    chained,
    day_or_moment,
    gathered,
    opened,
    output_option,
    place_options,
)
from reprieve.cli.reports import Taken, read_reports, taken_options
from reprieve.register.register import Register
from reprieve.register.writing.clerk import number_of
from reprieve.report import OUTPUTS
from reprieve.standing.simulation import Assumptions, difference, simulate, turns
from reprieve.words import SEVERITIES, Severity


class _Given(NamedTuple):
    """What the options of an assumption were given, by ids."""

    approve: tuple[str, ...]
    implement: tuple[str, ...]
    expire: tuple[str, ...]
    revoke: tuple[str, ...]
    close: tuple[str, ...]

    def assumed(self) -> Assumptions:
        """The same, by numbers. Errors: `UsageError`."""
        return Assumptions(*(tuple(map(number_of, identifiers)) for identifiers in self))


def _ids(option: str, text: str) -> Decorator:
    return click.option(f"--{option}", option, multiple=True, metavar="EXC-NNN", help=text)


_assumptions: Decorator = gathered(
    "given",
    _Given,
    chained(
        _ids("approve", "As if everybody had approved it. Repeatable, as all of these."),
        _ids("implement", "As if the controls that it promises were in place."),
        _ids("expire", "As if its last day were over."),
        _ids("revoke", "As if it were revoked."),
        _ids("close", "As if it were closed."),
        click.option("--on", metavar="DATE", help="Judge on that day; default: now."),
    ),
)


@click.command("simulate")
@click.argument("reports", nargs=-1, metavar="[REPORT…]")
@_assumptions
@place_options
@taken_options
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES[:-1]),
    default="low",
    show_default=True,
    help="The lowest severity that fails; `unknown` always does.",
)
@output_option(*OUTPUTS)
@click.option("--all", "everything", is_flag=True, help="Every finding in the table, not the first 20.")
def simulate_command(
    reports: tuple[str, ...],
    given: _Given,
    on: str | None,
    reading: Reading,
    taken: Taken,
    fail_on: Severity,
    output: str,
    everything: bool,
) -> None:
    """The verdict if these were approved and those had ended, on some day; and what that would change.

    \b
    reprieve simulate trivy.json --approve EXC-012
    reprieve simulate trivy.json --approve EXC-012 --implement EXC-012 --expire EXC-003
    reprieve simulate trivy.json --on 2027-01-31 --output markdown
    reprieve simulate --on 2027-01-31

    Nothing is written. The last one, without a report, says which exceptions would stand otherwise.

    Exit 0: it would pass. 1: it would fail. 2: error.
    """
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    then = day_or_moment("--on", on) if on else now
    assumed = given.assumed()
    register = opened(reading, None)
    if not reports:
        _without_reports(register, assumed, now, then, output)
        return
    found = difference(
        read_reports(reports, taken),
        register,
        assumed,
        now,
        then,
        fail_on=fail_on,
        environment=taken.environment,
        with_fingerprints=needs_fingerprints(output),
    )
    from reprieve.standing import telling

    told = telling.OUTPUTS.get(output)
    if told is None:
        write(found.after, output, everything=everything)
    else:
        told(found, assumed, sys.stdout, None if everything else 20)
    sys.exit(exit_code(found.after, strict=False))


def _without_reports(
    register: Register, assumed: Assumptions, now: dt.datetime, then: dt.datetime, output: str
) -> None:
    from reprieve.cli.output import print_json
    from reprieve.errors import UsageError
    from reprieve.standing import telling

    found = turns(register, simulate(register, assumed, then), now, then)
    if output == "json":
        print_json({"version": 1, "simulated": True, "now": now, "on": then, "turns": found})
    elif output == "table":
        for line in telling.turn_lines(found, assumed, then):
            click.echo(line)
    else:
        raise UsageError(f"--output {output} is for a verdict, which needs a report", hint="name a report")

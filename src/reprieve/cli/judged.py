"""What `gate` and `scan` share: options of a verdict, its output, its exit code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from reprieve.cli.options import Decorator, chained, gathered, output_option
from reprieve.report import OUTPUTS
from reprieve.words import ENVIRONMENTS, SEVERITIES, Environment, Severity

if TYPE_CHECKING:
    from reprieve.verdict import Verdict

_NEED_FINGERPRINTS = frozenset({"json", "sarif"})


class Judging(NamedTuple):
    """How findings are judged, and how the verdict is shown: the options that the two share."""

    fail_on: Severity
    cluster: str | None
    environment: Environment | None
    repository: str | None
    output: str
    everything: bool
    strict: bool


_options: Decorator = chained(
    click.option(
        "--fail-on",
        type=click.Choice(SEVERITIES[:-1]),
        default="low",
        show_default=True,
        help="The lowest severity that fails; `unknown` always does.",
    ),
    click.option("--cluster", help="The cluster that was scanned, over what the report says."),
    click.option(
        "--environment", type=click.Choice(ENVIRONMENTS), help="Over the charter's map of clusters."
    ),
    click.option("--repository", help="The repository that was scanned, over what the report says."),
    output_option(*OUTPUTS),
    click.option("--all", "everything", is_flag=True, help="Every finding in the table, not the first 20."),
    click.option("--strict", is_flag=True, help="Exit 2 when the register holds problems."),
)
verdict_options = gathered("judging", Judging, _options)


def needs_fingerprints(output: str) -> bool:
    """Whether an output shows fingerprints."""
    return output in _NEED_FINGERPRINTS


def write(verdict: Verdict, output: str, *, everything: bool, code: bool = False) -> None:
    """Writes a verdict to standard output; `code` is for the table, with the lines that a scan is about."""
    if output == "table":
        from reprieve.report import table

        table.write(verdict, sys.stdout, limit=None if everything else 20, code=code)
    else:
        OUTPUTS[output](verdict, sys.stdout)


def exit_code(verdict: Verdict, *, strict: bool) -> int:
    """0 pass, 1 findings that count, 2 something that was not looked at, or problems with `--strict`."""
    if verdict.faults:
        number = len(verdict.faults)
        what = "one thing" if number == 1 else f"{number:,} things"
        click.echo(f"error: {what} could not be scanned", err=True)
        return 2
    if strict and any(problem.level == "error" for problem in verdict.problems):
        click.echo("error: the register holds problems, and --strict was asked for", err=True)
        return 2
    return 1 if verdict.verdict == "fail" else 0

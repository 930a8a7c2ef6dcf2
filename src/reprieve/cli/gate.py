"""`reprieve gate`: scanner reports in, one verdict out."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reprieve.cli.options import Reading, moment, opened, output_option, read_options
from reprieve.findings.source import MAX_REPORT_SIZE
from reprieve.report import OUTPUTS
from reprieve.words import ENVIRONMENTS, SEVERITIES, Environment, Severity

if TYPE_CHECKING:
    from reprieve.verdict import Verdict

_NEED_FINGERPRINTS = frozenset({"json", "sarif"})


@click.command("gate")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@read_options
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES[:-1]),
    default="low",
    show_default=True,
    help="The lowest severity that fails; `unknown` always does.",
)
@click.option("--cluster", help="The cluster that was scanned, over what the report says.")
@click.option("--environment", type=click.Choice(ENVIRONMENTS), help="Over the charter's map of clusters.")
@click.option("--repository", help="The repository that was scanned, over what the report says.")
@click.option("--format", "format_", metavar="NAME", help="The reports' format; default: by content.")
@output_option(*OUTPUTS)
@click.option("--all", "everything", is_flag=True, help="Every finding in the table, not the first 20.")
@click.option("--strict", is_flag=True, help="Exit 2 when the register holds problems.")
@click.option("--max-report-size", type=click.IntRange(min=1), default=MAX_REPORT_SIZE, metavar="BYTES")
def gate_command(
    reports: tuple[str, ...],
    reading: Reading,
    fail_on: Severity,
    cluster: str | None,
    environment: Environment | None,
    repository: str | None,
    format_: str | None,
    output: str,
    everything: bool,
    strict: bool,
    max_report_size: int,
) -> None:
    """Turn scanner reports into pass or fail, with the register's exceptions applied.

    \b
    trivy config --format json . | reprieve gate -
    reprieve gate trivy.json checkov.json --fail-on high
    reprieve gate kubescape.json --cluster prod-eu-1 --output sarif > gate.sarif
    reprieve gate report.json --register https://git.example.com/security/register.git

    Exit 0: pass. 1: open, expired or pending findings that count. 2: error.
    """
    from reprieve.api import gate

    at, read_at, simulated = moment(reading.now, reading.as_of)
    register = opened(reading, read_at)
    verdict = gate(
        reports,
        register,
        now=at if simulated else None,
        fail_on=fail_on,
        cluster=cluster,
        environment=environment,
        repository=repository,
        format=format_,
        max_report_size=max_report_size,
        with_fingerprints=output in _NEED_FINGERPRINTS,
    )
    _write(verdict, output, everything=everything)
    sys.exit(_exit_code(verdict, strict))


def _write(verdict: Verdict, output: str, *, everything: bool) -> None:
    if output == "table":
        from reprieve.report import table

        table.write(verdict, sys.stdout, limit=None if everything else 20)
    else:
        OUTPUTS[output](verdict, sys.stdout)


def _exit_code(verdict: Verdict, strict: bool) -> int:
    if strict and any(problem.level == "error" for problem in verdict.problems):
        click.echo("error: the register holds problems, and --strict was asked for", err=True)
        return 2
    return 1 if verdict.verdict == "fail" else 0

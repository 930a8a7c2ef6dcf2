"""`reprieve gate`: scanner reports in, one verdict out."""

from __future__ import annotations

import sys

import click

from reprieve.cli.judged import Judging, exit_code, needs_fingerprints, verdict_options, write
from reprieve.cli.options import Reading, moment, opened, read_options
from reprieve.findings.source import MAX_REPORT_SIZE


@click.command("gate")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@read_options
@verdict_options
@click.option("--format", "format_", metavar="NAME", help="The reports' format; default: by content.")
@click.option("--max-report-size", type=click.IntRange(min=1), default=MAX_REPORT_SIZE, metavar="BYTES")
def gate_command(
    reports: tuple[str, ...],
    reading: Reading,
    judging: Judging,
    format_: str | None,
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
        fail_on=judging.fail_on,
        cluster=judging.cluster,
        environment=judging.environment,
        repository=judging.repository,
        format=format_,
        max_report_size=max_report_size,
        with_fingerprints=needs_fingerprints(judging.output),
    )
    write(verdict, judging.output, everything=judging.everything)
    sys.exit(exit_code(verdict, strict=judging.strict))

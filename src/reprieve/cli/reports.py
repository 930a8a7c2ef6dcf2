"""Reports as the commands beside the gate take them: where they were taken, and in which format."""

from __future__ import annotations

from collections.abc import Iterable

import click

from reprieve.cli.options import Decorator, chained
from reprieve.findings.model import Report
from reprieve.findings.reading import read_with_progress, relocated
from reprieve.words import ENVIRONMENTS

reading_options: Decorator = chained(
    click.option("--cluster", help="The cluster that was scanned, over what the reports say."),
    click.option("--repository", help="The repository that was scanned, over what the reports say."),
    click.option(
        "--environment", type=click.Choice(ENVIRONMENTS), help="Over the charter's map of clusters."
    ),
    click.option("--format", "format_", metavar="NAME", help="The reports' format; default: by content."),
)
"""Where reports were taken, and what they are."""


def read_reports(
    paths: Iterable[str],
    *,
    cluster: str | None = None,
    repository: str | None = None,
    format_: str | None = None,
) -> list[Report]:
    """Every report, read whole. Errors: `ReportError` for one that cannot be."""
    reports = [read_with_progress(path, format=format_) for path in paths]
    return [relocated(report, cluster=cluster, repository=repository) for report in reports]

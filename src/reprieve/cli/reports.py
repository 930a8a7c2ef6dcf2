"""Reports as the commands beside the gate take them: where they were taken, and in which format."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import click

from reprieve.cli.options import chained, gathered
from reprieve.findings.model import Report
from reprieve.findings.reading import read_with_progress, relocated
from reprieve.standing.radius import EnvironmentOf
from reprieve.words import ENVIRONMENTS, Environment


class Taken(NamedTuple):
    """What `taken_options` were given: where reports were taken, and what they are."""

    cluster: str | None = None
    repository: str | None = None
    environment: Environment | None = None
    format_: str | None = None

    def environment_of(self) -> EnvironmentOf | None:
        """The environment that was named, for any cluster; None when none was."""
        named = self.environment
        return (lambda _: named) if named else None


taken_options = gathered(
    "taken",
    Taken,
    chained(
        click.option("--cluster", help="The cluster that was scanned, over what the reports say."),
        click.option("--repository", help="The repository that was scanned, over what the reports say."),
        click.option(
            "--environment", type=click.Choice(ENVIRONMENTS), help="Over the charter's map of clusters."
        ),
        click.option("--format", "format_", metavar="NAME", help="The reports' format; default: by content."),
    ),
)
"""Where reports were taken, and what they are: the command's argument `taken`."""


def read_reports(paths: Iterable[str], taken: Taken | None = None) -> list[Report]:
    """Every report, read whole. Errors: `ReportError` for one that cannot be."""
    taken = taken or Taken()
    reports = [read_with_progress(path, format=taken.format_) for path in paths]
    return [relocated(report, cluster=taken.cluster, repository=taken.repository) for report in reports]

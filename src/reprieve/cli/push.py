"""`reprieve push`: reports to the console."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import msgspec

from reprieve.cli.options import Decorator, chained, gathered, output_option
from reprieve.report.text import clean
from reprieve.words import ENVIRONMENTS

if TYPE_CHECKING:
    from reprieve.cli.sending import Pushed


class Destination(NamedTuple):
    """What `destination_options` were given: which console, and as which target."""

    console: str | None = None
    token: str | None = None
    target: str | None = None


destination_options: Decorator = gathered(
    "destination",
    Destination,
    chained(
        click.option("--console", metavar="URL", envvar="REPRIEVE_CONSOLE", help="The console's address."),
        click.option(
            "--token",
            metavar="TOKEN",
            envvar="REPRIEVE_TOKEN",
            help="With the scope upload; better in the environment as REPRIEVE_TOKEN, where nobody sees it.",
        ),
        click.option("--target", metavar="NAME", help="What was scanned; default: as the report says."),
    ),
)
"""Where scans are sent: the command's argument `destination`."""


@click.command("push")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@destination_options
@click.option("--cluster", help="The cluster that was scanned, over what the report says.")
@click.option("--repository", help="The repository that was scanned, over what the report says.")
@click.option("--environment", type=click.Choice(ENVIRONMENTS), help="Over the charter's map of clusters.")
@click.option("--format", "format_", metavar="NAME", help="The reports' format; default: by content.")
@click.option("--taken", metavar="ISO", help="When the scan was made, with its offset; default: now.")
@output_option("text", "json")
def push_command(
    reports: tuple[str, ...],
    destination: Destination,
    cluster: str | None,
    repository: str | None,
    environment: str | None,
    format_: str | None,
    taken: str | None,
    output: str,
) -> None:
    """Send scanner reports to the console.

    \b
    reprieve push trivy.json --console https://reprieve.example.com
    trivy k8s --format json | reprieve push - --target nightly --cluster prod-eu-1
    reprieve push kubescape.json checkov.json --repository shop

    A report takes the place of the last one of the same tool, cluster, repository and target; the same
    report again changes nothing. One that cannot be read whole changes nothing either.
    """
    from reprieve.cli.sending import console_of, send

    console = console_of(destination.console, destination.token)
    for report in reports:
        with _file(report) as path:
            pushed = send(
                console,
                path,
                {
                    "name": "-" if report == "-" else Path(report).name,
                    "cluster": cluster,
                    "repository": repository,
                    "environment": environment,
                    "format": format_,
                    "taken": taken,
                    "target": destination.target,
                },
            )
        if output == "json":
            click.echo(msgspec.json.encode(pushed))
        else:
            click.echo(said(pushed))


def said(pushed: Pushed) -> str:
    """One line for people."""
    what = clean(f"{pushed.target or 'standard input'} ({pushed.tool})")
    findings = f"{pushed.findings:,} finding{'' if pushed.findings == 1 else 's'}"
    if pushed.known:
        return f"{what}: {findings}, as before: this report was here already"
    sums: dict[str, int] = {}
    for counts in pushed.counts.values():
        for disposition, number in counts.items():
            sums[disposition] = sums.get(disposition, 0) + number
    told = ", ".join(f"{number:,} {_WORD.get(name, name)}" for name, number in sorted(sums.items()))
    return f"{what}: {findings}{f' ({told})' if told else ''}; {pushed.new:,} new, {pushed.gone:,} gone"


_WORD = {"native": "suppressed by the scanner"}


@contextmanager
def _file(report: str) -> Iterator[str]:
    """A report's file; standard input becomes one, as it may have to be sent again."""
    if report != "-":
        yield report
        return
    with tempfile.NamedTemporaryFile(prefix="reprieve-push-") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
        file.flush()
        yield file.name

"""`reprieve demo`: an example register to look around in, and a verdict to look at."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reprieve import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reprieve.verdict import Verdict

_SHOWN = 10
"""Lines per group of the table: the demo's verdict should fit on two screens."""

_COMMAND_WIDTH = 70
"""A longer command does not push the remarks of the others aside."""


@click.command("demo")
@click.option(
    "--directory",
    type=click.Path(file_okay=False, path_type=Path),
    default="demo",
    show_default=True,
    help="Where to build it.",
)
@click.option("--rebuild", is_flag=True, help="Build it again; what you did in it is lost.")
def demo_command(directory: Path, rebuild: bool) -> None:
    """Build an example register, and gate the reports of a small shop's scanners against it.

    The register is a real one, in Git: half a year of requests, decisions and what came of them, told
    relative to today. It is used again until it is a day old.

    \b
    reprieve demo
    reprieve demo --directory ~/shop
    cd demo/register && reprieve list

    Exit 0 whatever the verdict: it is a demo.
    """
    from reprieve.api import gate
    from reprieve.demo.build import CLONE
    from reprieve.demo.examples import example_reports
    from reprieve.register.register import Register
    from reprieve.report import table

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    _made(directory, now, rebuild=rebuild)
    clone, reports = directory / CLONE, example_reports()
    verdict = gate(reports, Register.open(clone, fetch=False), with_fingerprints=False)
    table.write(verdict, sys.stdout, limit=_SHOWN)
    _say_next(verdict, clone, reports)


def _made(directory: Path, now: dt.datetime, *, rebuild: bool) -> None:
    """Builds the demo unless one is there that is still good."""
    from reprieve.demo import stamp

    if stamp.is_fresh(directory, now) and not rebuild:
        return
    from reprieve.demo.build import build
    from reprieve.demo.story import steps

    stamp.write(directory, None)
    with progress.task("Building the register", len(steps()), "steps") as advance:
        build(directory, now, lambda: advance(1))
    stamp.write(directory, now)


def suggestions(clone: Path, reports: Sequence[Path]) -> list[tuple[str, str]]:
    """What to try in the clone: command, and what it shows. The ids are those of the story."""
    trivy = next(report for report in reports if report.name.startswith("trivy-prod"))
    path = shlex.quote(os.path.relpath(trivy.resolve(), clone.resolve()))
    return [
        ("reprieve list", "every exception, and where it stands"),
        ("reprieve review", "what waits for whom; one is overdue, one waits for an answer"),
        ("reprieve show EXC-007", "one exception whole: scope, controls, decisions"),
        ("reprieve history EXC-018", "denied, escalated, half approved: who, when, commit"),
        ("reprieve review --weekly", "the agenda of the weekly review"),
        ("reprieve charter", "the rules, and who decides"),
        (f"reprieve gate {path} --all", "one scanner's report, every finding"),
        ("reprieve decide EXC-020 approve", "your approval merges it: two pending findings are excepted"),
    ]


def _say_next(verdict: Verdict, clone: Path, reports: Sequence[Path]) -> None:
    from reprieve.demo.build import VISITOR

    if verdict.verdict == "fail":
        click.echo("\nIn CI this would be exit 1; a demo exits 0.")
    click.echo(f"\nLook around; there you are {VISITOR.email}, of the security team:")
    click.echo(f"  cd {shlex.quote(str(clone))}")
    if activate := _activation(clone):
        click.echo(f"  . {activate}")
    commands = suggestions(clone, reports)
    width = max(len(command) for command, _ in commands if len(command) < _COMMAND_WIDTH)
    for command, shows in commands:
        click.echo(f"  {command.ljust(width)}  # {shows}")


def _activation(clone: Path) -> str | None:
    """The script that puts this very program on PATH, when a shell would not find it."""
    script = Path(sys.prefix, "bin", "activate")
    if shutil.which("reprieve") or not script.exists():
        return None
    return shlex.quote(os.path.relpath(script, clone.resolve()))

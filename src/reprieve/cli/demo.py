"""`reprieve demo`: an example register and estate to look around in, and a verdict to look at."""

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

    from reprieve.register.register import Register
    from reprieve.scan.scan import Scanned
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
@click.option("--serve", is_flag=True, help="Then serve the console on it.")
@click.option(
    "--port", default=8421, show_default=True, type=click.IntRange(1, 65535), help="Of the console."
)
@click.option("--as", "person", metavar="'NAME <EMAIL>'", help="Who you are in the console.")
@click.option("--no-open", is_flag=True, help="Do not open a browser.")
def demo_command(
    directory: Path, rebuild: bool, serve: bool, port: int, person: str | None, no_open: bool
) -> None:
    """Build an example register, scan a small shop's files, and gate them with its scanners' reports.

    The register is a real one, in Git: half a year of requests, decisions and what came of them, told
    relative to today. Beside it are the shop's manifests, Dockerfiles, Terraform and policies, with a
    made-up credential. All is used again until it is a day old.

    \b
    reprieve demo
    reprieve demo --directory ~/shop
    cd demo/register && reprieve list
    reprieve demo --serve --as "CISO <ciso@example.com>"

    Exit 0 whatever the verdict: it is a demo.
    """
    from reprieve.demo.examples import example_reports
    from reprieve.report import table

    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    _made(directory, now, rebuild=rebuild)
    reports = example_reports()
    register, scanned = looked_at(directory)
    verdict = judged(register, scanned, reports)
    table.write(verdict, sys.stdout, limit=_SHOWN)
    _say_next(verdict, directory, reports)
    if serve:
        from reprieve.cli.demo_console import show
        from reprieve.demo.past import postures
        from reprieve.findings.reading import read_report

        past = postures(directory, [scanned.report, *(read_report(str(path)) for path in reports)], now)
        estate = judged(register, scanned)
        show(directory, estate, reports, past, port=port, person=person, no_open=no_open)


def judged(register: Register, scanned: Scanned, reports: Sequence[Path] = ()) -> Verdict:
    """The one verdict over the estate and the reports, by the register of a demo."""
    import msgspec

    from reprieve.api import gate

    verdict = gate([scanned.report, *reports], register, with_fingerprints=not reports)
    return msgspec.structs.replace(verdict, scan=scanned.looked)


def looked_at(directory: Path) -> tuple[Register, Scanned]:
    """The register of a demo, and what a scan of its estate finds."""
    from reprieve.demo import estate
    from reprieve.demo.build import CLONE
    from reprieve.register.register import Register
    from reprieve.secrets.identity import find_key

    register = Register.open(directory / CLONE, fetch=False)
    key = find_key(os.environ, register.snapshot.charter.secret_key)
    return register, estate.scanned(directory, key)


def _made(directory: Path, now: dt.datetime, *, rebuild: bool) -> None:
    """Builds the demo unless one is there that is still good."""
    from reprieve.demo import stamp

    if stamp.is_fresh(directory, now) and not rebuild:
        return
    from reprieve.demo.build import build
    from reprieve.demo.estate import lay_out
    from reprieve.demo.story import steps

    stamp.write(directory, None)
    with progress.task("Building the register", len(steps()), "steps") as advance:
        build(directory, now, lambda: advance(1))
    lay_out(directory)
    stamp.write(directory, now)


def suggestions(directory: Path, reports: Sequence[Path]) -> dict[str, list[tuple[str, str]]]:
    """What to try: folder of the demo -> command, and what it shows. The ids are those of the story."""
    from reprieve.demo.build import CLONE
    from reprieve.demo.estate import CLUSTER, DATA, ESTATE, POLICIES

    trivy = next(report for report in reports if report.name.startswith("trivy-prod"))
    path = shlex.quote(os.path.relpath(trivy.resolve(), (directory / CLONE).resolve()))
    scan = f"reprieve scan . --cluster {CLUSTER} --policy {POLICIES} --data {DATA} --register ../{CLONE}"
    return {
        CLONE: [
            ("reprieve list", "every exception, and where it stands"),
            ("reprieve review", "what waits for whom; one is overdue, one waits for an answer"),
            ("reprieve show EXC-007", "one exception whole: scope, controls, decisions"),
            ("reprieve history EXC-018", "denied, escalated, half approved: who, when, commit"),
            ("reprieve review --weekly", "the agenda of the weekly review"),
            ("reprieve charter", "the rules, and who decides"),
            (f"reprieve gate {path} --all", "one scanner's report, every finding"),
            (
                "reprieve decide EXC-020 approve",
                "your approval merges it: three pending findings are excepted",
            ),
        ],
        ESTATE: [
            (scan, "the shop's files alone; change one and scan again"),
            (f"{scan} --explain KSV012", "why one is excepted and the other is not"),
            ("reprieve check show KSV012", "one check: what it looks at, how to fix it, how to except it"),
        ],
    }


def _say_next(verdict: Verdict, directory: Path, reports: Sequence[Path]) -> None:
    from reprieve.demo.build import VISITOR

    if verdict.verdict == "fail":
        click.echo("\nIn CI this would be exit 1; a demo exits 0.")
    click.echo(f"\nLook around; in the register you are {VISITOR.email}, of the security team:")
    for folder, commands in suggestions(directory, reports).items():
        place = directory / folder
        click.echo(f"\n  cd {shlex.quote(str(place))}")
        if activate := _activation(place):
            click.echo(f"  . {activate}")
        width = max(len(command) for command, _ in commands if len(command) < _COMMAND_WIDTH)
        for command, shows in commands:
            click.echo(f"  {command.ljust(width)}  # {shows}")


def _activation(place: Path) -> str | None:
    """The script that puts this very program on PATH, when a shell would not find it."""
    script = Path(sys.prefix, "bin", "activate")
    if shutil.which("reprieve") or not script.exists():
        return None
    return shlex.quote(os.path.relpath(script, place.resolve()))

"""`reprieve control`, `progress` and `incident`: keeping a record current."""

from __future__ import annotations

import datetime as dt

import click

from reprieve.cli.options import Writing, date_of, write_options
from reprieve.cli.steps import clerk_of, report_step


@click.command("control")
@click.argument("identifier", metavar="EXC-NNN")
@click.argument("control", metavar="CONTROL")
@click.option("--implemented", metavar="DATE", help="Since when; default: today.")
@click.option("--evidence", metavar="URL", help="What shows it.")
@write_options
def control_command(
    identifier: str,
    control: str,
    implemented: str | None,
    evidence: str | None,
    writing: Writing,
) -> None:
    """Say that a compensating control is implemented. An exception is not active before all are.

    \b
    reprieve control EXC-007 network-policy --implemented 2026-11-05 --evidence https://git.example.com/pull/412
    """
    from reprieve.register.writing.clerk import find
    from reprieve.register.writing.upkeep import control as implement

    clerk = clerk_of(writing)
    on = date_of("--implemented", implemented, clerk.now().date())
    step = implement(clerk, identifier, control, on, evidence)
    report_step(step, f"{step.id}: {control} implemented on {on}")
    if step.written.refused is None and step.written.pushed == (step.register.located.remote is not None):
        _, standing = find(clerk.register(), identifier, clerk.now())
        click.echo(f"  {step.id} is {standing.status}" + (f" ({standing.reason})" if standing.reason else ""))


@click.command("progress")
@click.argument("identifier", metavar="EXC-NNN")
@click.argument("note")
@click.option("--date", "date", metavar="DATE", help="Default: today.")
@write_options
def progress_command(
    identifier: str,
    note: str,
    date: str | None,
    writing: Writing,
) -> None:
    """Add a note on how the remediation goes.

    \b
    reprieve progress EXC-007 "v4 runs in staging"
    """
    from reprieve.register.writing.upkeep import progress

    clerk = clerk_of(writing)
    step = progress(clerk, identifier, note, date_of("--date", date, clerk.now().date()))
    report_step(step, f"{step.id}: progress noted")


@click.command("incident")
@click.argument("identifier", metavar="EXC-NNN")
@click.argument("summary")
@click.option("--url", help="The incident's page.")
@click.option("--date", "date", metavar="DATE", help="Default: today.")
@write_options
def incident_command(
    identifier: str,
    summary: str,
    url: str | None,
    date: str | None,
    writing: Writing,
) -> None:
    """Link an incident that touched what the exception covers.

    \b
    reprieve incident EXC-007 "Port scan against billing" --url https://incidents.example.com/88
    """
    from reprieve.register.writing.upkeep import incident

    clerk = clerk_of(writing)
    on: dt.date = date_of("--date", date, clerk.now().date())
    step = incident(clerk, identifier, summary, url, on)
    report_step(step, f"{step.id}: incident linked")

"""What the commands that read have in common: a register at a moment, and a line that says which."""

from __future__ import annotations

import click

from reprieve.cli.options import Reading, moment, opened
from reprieve.report.text import amount, clean
from reprieve.standing.view import View, minute


def view_of(reading: Reading) -> View:
    """What the shared options of reading commands ask for. Errors: `UsageError`, `RegisterError`."""
    at, read_at, simulated = moment(reading.now, reading.as_of)
    return View(opened(reading, read_at), at, simulated)


def caption(view: View) -> str:
    """`main @ 3f9a2c1 · fetched 5 hours ago · SIMULATED as of 2026-11-05 23:59 UTC`."""
    located = view.register.located
    parts = [f"{clean(located.branch or located.ref)} @ {view.register.commit[:7]}"]
    if located.remote:
        age = located.age_hours
        parts.append(f"fetched {amount(age, 'hour')} ago" if age else "fetched less than an hour ago")
    if view.simulated:
        parts.append(simulation(view))
    return " · ".join(parts)


def simulation(view: View) -> str:
    """That this is not about the present."""
    return f"SIMULATED as of {minute(view.now)}"


def remark(view: View, *, machine: bool) -> None:
    """On standard error: the register's own problems; for machine output also that it is simulated."""
    for problem in view.register.snapshot.problems:
        hint = f" ({clean(problem.hint)})" if problem.hint else ""
        click.echo(f"{problem.level}: {clean(problem.path)}: {clean(problem.message)}{hint}", err=True)
    if machine and view.simulated:
        click.echo(simulation(view), err=True)

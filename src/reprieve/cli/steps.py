"""What the commands that write have in common: a clerk from the options, and what to say afterwards."""

from __future__ import annotations

import click

from reprieve.cli.options import Writing
from reprieve.register.writing.clerk import Clerk, Step
from reprieve.register.writing.pull_request import pull_request_link


def clerk_of(writing: Writing) -> Clerk:
    """The clerk that the shared options of writing commands ask for."""
    return Clerk(
        writing.where,
        ref=writing.ref,
        charter_root=writing.charter_root,
        push=not writing.no_push,
        fetch=not writing.no_fetch,
    )


def report_step(step: Step, done: str) -> None:
    """Says what was done, where the commit is and, where a pull request is needed, its link."""
    click.echo(click.style("✓ ", fg="green") + done)
    written = step.written
    place = "pushed to" if written.pushed else "committed on"
    click.echo(f"  {written.commit[:10]} {place} {written.branch}")
    protected = step.register.located.branch
    if written.refused:
        click.echo(f"  {protected} takes no pushes ({written.refused}); it waits as a pull request:")
    if written.behind:
        click.echo(f"  your local {protected} was left behind: {written.behind}")
        remote = step.register.located.remote
        click.echo(f"  bring it up to date with: git merge --ff-only {remote}/{protected}")
    if written.branch != protected and written.pushed:
        click.echo(f"  {pull_request_link(step, written.branch)}")
    elif not written.pushed and step.register.located.remote:
        click.echo(f"  push it with: git push {step.register.located.remote} {written.branch}")

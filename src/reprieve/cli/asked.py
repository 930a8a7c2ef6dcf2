"""What became of a request or a renewal, in words."""

from __future__ import annotations

import click

from reprieve.cli.steps import report_step
from reprieve.record.lifecycle import unsigned_terms
from reprieve.register.writing.clerk import Clerk, find
from reprieve.register.writing.request import Asked, check


def report_asked(clerk: Clerk, asked: Asked, *, dry_run: bool) -> None:
    """Says what became of a request: the document, what covers it already, or who decides by when."""
    if dry_run:
        click.echo(asked.document.decode(), nl=False)
        _report_problems(clerk, asked)
        return
    if asked.existing:
        case, standing = asked.existing
        assert case.record is not None  # noqa: S101  (a case that covers something is readable)
        click.echo(f"{case.id} covers this already: {case.record.summary} ({standing.status})")
        return
    assert asked.step is not None  # noqa: S101
    report_step(asked.step, f"requested {asked.id}")
    register = clerk.register()
    case, standing = find(register, asked.id, clerk.now(), asked=True)
    due = f", by {standing.due:%a %d %b %H:%M} UTC" if standing.due else ""
    click.echo(f"  to approve: {', '.join(standing.missing)}{due}")
    unsigned = unsigned_terms(case.facts, register.snapshot.charter_of(case))
    if unsigned:
        click.echo(f"  nobody can approve it yet: {unsigned}")


def _report_problems(clerk: Clerk, asked: Asked) -> None:
    _, problems = check(clerk, clerk.register(), f"security/exceptions/{asked.id}-draft.md", asked.document)
    for problem in problems:
        hint = f" ({problem.hint})" if problem.hint else ""
        click.echo(click.style("missing: ", fg="yellow") + problem.message + hint, err=True)

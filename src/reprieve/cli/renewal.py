"""`reprieve renew` and `escalate`: when it takes longer, or the ordinary process does not do."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import click

from reprieve.cli.asked import report_asked
from reprieve.cli.options import Writing, date_of, write_options
from reprieve.cli.steps import clerk_of, report_step
from reprieve.errors import UsageError
from reprieve.record.model import EscalationCase

_CASES = click.Choice(get_args(EscalationCase))


@click.command("renew")
@click.argument("identifier", metavar="EXC-NNN")
@click.option("--why", required=True, help="Why the original timeline was not met.")
@click.option("--plan", required=True, help="The updated remediation plan.")
@click.option("--expires", metavar="DATE", help="Default: the longest that the charter allows.")
@click.option("--target", metavar="DATE", help="New remediation date; default: the end.")
@click.option("--escalate", "case", type=_CASES, help="Above the maximum of renewals.")
@click.option("--reason", help="Why it is escalated; with --escalate.")
@click.option("--dry-run", is_flag=True, help="Only show the document.")
@write_options
def renew_command(
    identifier: str,
    why: str,
    plan: str,
    expires: str | None,
    target: str | None,
    case: str | None,
    reason: str | None,
    dry_run: bool,
    writing: Writing,
) -> None:
    """Ask for the same exception again, under a new id. Twice at most; then only with an escalation.

    \b
    reprieve renew EXC-007 --why "The vendor slipped by a month" --plan "v4 on 15 March, then remove"
    """
    from reprieve.register.writing.renewal import renew

    if case and not reason:
        raise UsageError("an escalation needs a reason", hint="--reason 'why it cannot wait'")
    clerk = clerk_of(writing)
    asked = renew(
        clerk,
        identifier,
        why=why,
        plan=plan,
        expires=_date("--expires", expires),
        target=_date("--target", target),
        escalation={"case": case, "reason": reason or ""} if case else None,
        dry_run=dry_run,
    )
    report_asked(clerk, asked, dry_run=dry_run)


@click.command("escalate")
@click.argument("identifier", metavar="EXC-NNN")
@click.option("--case", "case", type=_CASES, required=True)
@click.option("--reason", required=True, help="Why the ordinary process does not do.")
@write_options
def escalate_command(
    identifier: str,
    case: EscalationCase,
    reason: str,
    writing: Writing,
) -> None:
    """Escalate to the ciso: a renewal was denied, critical is needed in production, the team disagrees
    with a denial, or compensating controls cannot be implemented.

    \b
    reprieve escalate EXC-007 --case critical-in-production --reason "Payments stop otherwise"
    """
    from reprieve.register.writing.renewal import escalate

    clerk = clerk_of(writing)
    step = escalate(clerk, identifier, case, reason)
    report_step(step, f"escalated {step.id}: {case}")
    click.echo("  former decisions ended with that; the ciso and the approvers of its risk decide anew")


def _date(name: str, text: str | None) -> dt.date | None:
    return date_of(name, text, dt.date.min) if text else None

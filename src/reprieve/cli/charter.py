"""`reprieve charter`: what rules, since when and why; and the approval of a changed charter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import click
import msgspec

from reprieve.cli.options import Reading, Writing, output_option, read_options, write_options
from reprieve.cli.output import print_json
from reprieve.cli.reading import caption, remark, view_of
from reprieve.cli.steps import clerk_of, report_step
from reprieve.record.charter import CISO, Charter
from reprieve.record.model import Problem
from reprieve.register.snapshot import Ruling
from reprieve.report.text import clean
from reprieve.standing.view import View, minute
from reprieve.words import RISKS


class Ruled(msgspec.Struct, frozen=True):
    """A charter, and since when and why it rules or ruled."""

    digest: str
    commit: str
    since: dt.datetime
    why: str


class InForce(msgspec.Struct, frozen=True):
    """What rules at a moment."""

    now: dt.datetime
    simulated: bool
    digest: str
    commit: str
    since: dt.datetime
    why: str
    charter: Charter
    signers: int
    """How many lines of `allowed_signers` name a key."""
    unfilled: list[str]
    """Roles that decide on something and that nobody holds."""
    former: list[Ruled]
    problems: list[Problem]


@click.group("charter", invoke_without_command=True)
@output_option("text", "json")
@read_options
@click.pass_context
def charter_command(
    context: click.Context,
    output: str,
    reading: Reading,
) -> None:
    """What rules, since when and why: limits, review times, approvers, roles, calendar.

    \b
    reprieve charter
    reprieve charter --as-of 2026-10-31
    reprieve charter approve --branch charter/new-roles
    """
    if context.invoked_subcommand is not None:
        return
    view = view_of(reading)
    found = in_force(view)
    remark(view, machine=output == "json")
    if output == "json":
        print_json(found)
        return
    for line in _lines(found, view):
        click.echo(line)


@charter_command.command("approve")
@click.option("--branch", metavar="NAME", help="The branch that holds it; default: the protected one.")
@write_options
@click.pass_context
def approve_command(
    context: click.Context,
    branch: str | None,
    writing: Writing,
) -> None:
    """Approve a changed charter (and `allowed_signers`), as the owner of the one that rules.

    \b
    reprieve charter approve
    reprieve charter approve --branch charter/new-roles
    """
    from reprieve.register.writing.charter import approve_charter

    given = context.parent.params if context.parent else {}
    clerk = clerk_of(
        Writing(
            writing.where or given.get("where"),
            writing.ref or given.get("ref"),
            writing.charter_root or given.get("charter_root"),
            writing.no_push,
            writing.no_fetch or given.get("fetch") is False,
        )
    )
    report_step(approve_charter(clerk, branch), "approved the charter")
    if branch:
        click.echo(f"  it rules once {branch} is merged, with a merge commit")


def in_force(view: View) -> InForce:
    """What rules at the moment looked at."""
    snapshot = view.register.snapshot
    ruling = snapshot.rulings[snapshot.ruling]
    return InForce(
        now=view.now,
        simulated=view.simulated,
        digest=ruling.digest,
        commit=ruling.commit,
        since=ruling.since,
        why=ruling.why,
        charter=_shown(ruling.charter),
        signers=_keys(ruling),
        unfilled=_unfilled(ruling.charter),
        former=[
            Ruled(former.digest, former.commit, former.since, former.why)
            for former in reversed(snapshot.rulings[: snapshot.ruling])
        ],
        problems=[problem for problem in snapshot.problems if problem.rule.startswith("charter")],
    )


def _shown(charter: Charter) -> Charter:
    """Without what fingerprints of secrets are made with."""
    hidden = {"secret_key": "****"}
    return msgspec.structs.replace(charter, **hidden) if charter.secret_key else charter


def _keys(ruling: Ruling) -> int:
    lines = (line.strip() for line in ruling.signers.splitlines())
    return sum(1 for line in lines if line and not line.startswith(b"#"))


def _unfilled(charter: Charter) -> list[str]:
    """In the charter's order; an escalation needs the ciso, a change of the charter its owner."""
    needed = {CISO, charter.charter_owner, *(role for risk in RISKS for role in charter.approvers[risk])}
    return [role for role in charter.roles if role in needed and not charter.holders(role)]


def _lines(found: InForce, view: View) -> Iterator[str]:
    charter = found.charter
    yield f"{click.style('Charter', bold=True)}  {found.digest}"
    yield f"  rules since {minute(found.since)} ({found.commit[:10]}): {clean(found.why)}"
    for key, value in _settings(charter, found):
        yield f"  {key:<18} {clean(value)}"
    yield from _titled("Limits", (f"{name}: {value}" for name, value in _limits(charter)))
    yield from _titled("Review and approval", (_risk(charter, risk) for risk in RISKS))
    yield from _titled("Roles", (_role(charter, role) for role in charter.roles))
    yield from _titled(
        "Environments", (f"{pattern}: {name}" for pattern, name in charter.environments.items())
    )
    yield from _titled(
        "Warnings",
        [
            *(f"nobody holds {role}, so nothing that needs it can be approved" for role in found.unfilled),
            *(p.message + (f" ({p.hint})" if p.hint else "") for p in found.problems),
        ],
    )
    yield from _titled(
        "Former", (f"{minute(f.since)} ({f.commit[:10]}): {f.why}, {f.digest}" for f in found.former)
    )
    yield ""
    yield caption(view)


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    texts = list(lines)
    if texts:
        yield ""
        yield click.style(title, bold=True)
        yield from (f"  {clean(text)}" for text in texts)


def _settings(charter: Charter, found: InForce) -> Iterator[tuple[str, str]]:
    yield "charter owner", charter.charter_owner
    yield "approvals", charter.approvals
    yield "signatures", f"{charter.signatures}; allowed_signers lists {found.signers}"
    yield "recorders", ", ".join(charter.recorders) or "none"
    calendar = charter.calendar
    country = f"holidays of {calendar.country}" if calendar.country else "Monday to Friday"
    yield "calendar", f"{calendar.hours} {calendar.timezone}, {country}"
    yield "rego exceptions", charter.rego_exceptions
    yield "scanners' ignores", charter.native_suppressions


def _limits(charter: Charter) -> Iterator[tuple[str, str]]:
    limits = charter.limits
    yield "duration", f"at most {limits.duration_days} days"
    yield "renewals", f"at most {limits.renewals}, then an escalation"
    allowed = str(limits.critical_in_production) if limits.critical_in_production else "none"
    if limits.breadth is not None:
        yield "breadth", f"at most {limits.breadth:,} findings without a higher approver"
    yield "critical in production", f"{allowed} without an escalation that a {CISO} decides"


def _risk(charter: Charter, risk: str) -> str:
    roles = charter.approvers[risk]  # type: ignore[index]
    return f"{risk:<8} within {charter.review[risk]}, by {' and '.join(roles)}"  # type: ignore[index]


def _role(charter: Charter, role: str) -> str:
    return f"{role}: {', '.join(sorted(charter.holders(role))) or 'nobody'}"

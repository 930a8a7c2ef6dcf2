"""`reprieve decide`, `answer` and `merge`: what the approvers do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reprieve.cli.options import Writing, write_options
from reprieve.cli.steps import clerk_of, report_step
from reprieve.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reprieve.record.charter import Charter
    from reprieve.register.snapshot import Case
    from reprieve.register.writing.clerk import Clerk, Step


@click.command("decide")
@click.argument("identifier", metavar="EXC-NNN")
@click.argument("verdict", type=click.Choice(["approve", "deny", "ask"]))
@click.option("--role", help="The role you decide in; needed when you hold several of those required.")
@click.option("--reason", help="Why; required with deny.")
@click.option("--question", help="What you need to know; required with ask. Pauses the review clock.")
@click.option(
    "--terms",
    metavar="SHA256:…",
    help="Only if these are still its terms: the digest that you read, or 12 digits.",
)
@click.option(
    "--report",
    "reports",
    metavar="FILE",
    multiple=True,
    help="A scan: note how many findings it covers in it. Repeatable; with approve.",
)
@click.option("--no-merge", is_flag=True, help="Do not merge with the last approval.")
@write_options
def decide_command(
    identifier: str,
    verdict: str,
    role: str | None,
    reason: str | None,
    question: str | None,
    terms: str | None,
    reports: tuple[str, ...],
    no_merge: bool,
    writing: Writing,
) -> None:
    """Decide on a record: a commit of yours on its branch, about its present terms.

    \b
    reprieve decide EXC-007 approve --role ciso
    reprieve decide EXC-007 approve --terms sha256:3f2a9c41d07b
    reprieve decide EXC-007 approve --report trivy.json
    reprieve decide EXC-007 deny --reason "v4 shipped last week"
    reprieve decide EXC-007 ask --question "Who watches the gateway at night?"

    `show` and `review` print the digest of the terms: with --terms, whoever changes them after you have
    read them gets no decision of yours. With --report, your approval says how many findings it covers, for
    later scans to be held against (`blast-radius`). With the last approval that its risk demands, the
    branch is merged.
    """
    from reprieve.register.writing.decide import decide
    from reprieve.register.writing.settling import refuse_uncounted

    if verdict == "deny" and not reason:
        raise UsageError("a denial needs a reason", hint="--reason 'what would have to change'")
    if verdict == "ask" and not question:
        raise UsageError("nothing was asked", hint="--question 'what you need to know'")
    if reports and verdict != "approve":
        raise UsageError("only an approval says how much it covers", hint="leave out --report")
    clerk = clerk_of(writing)
    prose = question or reason or ""
    covers = _counting(reports) if reports else None
    step = decide(clerk, identifier, verdict, role, prose, terms, covers)  # type: ignore[arg-type]  # click checked
    report_step(
        step, {"approve": "approved", "deny": "denied", "ask": "asked about"}[verdict] + f" {step.id}"
    )
    refuse_uncounted(clerk, step.written.commit)
    if verdict == "approve":
        _after_approval(clerk, step, hold=no_merge or step.written.refused is not None)


def _counting(names: tuple[str, ...]) -> Callable[[Case, Charter], int]:
    """Reads the reports, once; counts in them what a record covers."""
    from reprieve.cli.reports import read_reports
    from reprieve.standing.reach import radii

    reports = read_reports(names)

    def covers(case: Case, charter: Charter) -> int:
        assert case.record is not None  # noqa: S101  (what is decided on is readable)
        return radii([case.record], reports, charter.environment_of)[case.record.id].findings

    return covers


def _after_approval(clerk: Clerk, step: Step, *, hold: bool) -> None:
    from reprieve.register.writing.settling import settle

    settled = settle(clerk, step.id, hold=hold)
    case, standing = settled.case, settled.standing
    if case.branch is None or standing.status == "denied":
        click.echo(f"  {case.id} is {standing.status}" + (f": {standing.reason}" if standing.reason else ""))
    elif standing.missing:
        click.echo(f"  still to approve: {', '.join(standing.missing)}")
    elif hold:
        click.echo(f"  all approvals are in; merge it with: reprieve merge {case.id}")
    elif settled.merged is not None:
        report_step(settled.merged, f"merged {case.id}")
    else:
        click.echo(f"  somebody else has merged {case.id}")


@click.command("merge")
@click.argument("identifier", metavar="EXC-NNN")
@write_options
def merge_command(
    identifier: str,
    writing: Writing,
) -> None:
    """Merge an approved record into the protected branch, with a merge commit.

    \b
    reprieve merge EXC-007
    """
    from reprieve.register.writing.merge import merge

    step = merge(clerk_of(writing), identifier)
    report_step(step, f"merged {step.id}")


@click.command("answer")
@click.argument("identifier", metavar="EXC-NNN")
@click.option("--text", required=True, help="The answer.")
@write_options
def answer_command(
    identifier: str,
    text: str,
    writing: Writing,
) -> None:
    """Answer an open question: the review clock goes on.

    \b
    reprieve answer EXC-007 --text "The platform team is on call for it."
    """
    from reprieve.register.writing.decide import answer

    step = answer(clerk_of(writing), identifier, text)
    report_step(step, f"answered on {step.id}")

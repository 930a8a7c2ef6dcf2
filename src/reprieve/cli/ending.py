"""`reprieve close` and `revoke`: the ends of an exception."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from reprieve.cli.options import Writing, write_options
from reprieve.cli.steps import clerk_of, report_step
from reprieve.errors import UsageError
from reprieve.record.model import CLOSE_REASONS
from reprieve.register.snapshot import Case


@click.command("close")
@click.argument("identifier", metavar="EXC-NNN")
@click.option("--reason", type=click.Choice(CLOSE_REASONS), required=True)
@click.option("--report", metavar="FILE", multiple=True, help="A scan in which the scope no longer matches.")
@click.option("--evidence", metavar="URL", help="What shows that the fix is in place.")
@write_options
def close_command(
    identifier: str,
    reason: str,
    report: tuple[str, ...],
    evidence: str | None,
    writing: Writing,
) -> None:
    """Close an exception that is no longer needed, and move its document to the archive.

    `remediated` wants proof: a scan in which the scope no longer matches, or a link.

    \b
    reprieve close EXC-007 --reason remediated --report trivy.json
    reprieve close EXC-007 --reason remediated --evidence https://git.example.com/pull/500
    reprieve close EXC-009 --reason withdrawn
    """
    from reprieve.register.writing.ending import close

    if reason == "remediated" and not report and not evidence:
        raise UsageError(
            "remediated needs proof that the fix is in place",
            hint="--report SCAN in which the scope no longer matches, or --evidence URL",
        )
    clerk = clerk_of(writing)
    step = close(clerk, identifier, reason, lambda case: _proof(case, report, evidence))
    report_step(step, f"closed {step.id}: {reason}")
    snapshot = step.register.snapshot
    _tickets((*snapshot.cases, *snapshot.proposed), step.id)


@click.command("revoke")
@click.argument("identifier", metavar="EXC-NNN")
@click.option("--reason", required=True, help="Why it ends now.")
@write_options
def revoke_command(
    identifier: str,
    reason: str,
    writing: Writing,
) -> None:
    """End an exception at once, before its time.

    \b
    reprieve revoke EXC-007 --reason "The gateway was bypassed on Friday"
    """
    from reprieve.register.writing.ending import revoke

    step = revoke(clerk_of(writing), identifier, reason)
    report_step(step, f"revoked {step.id}")


def _proof(case: Case, reports: tuple[str, ...], evidence: str | None) -> str:
    """In words, for the record. Errors: `UsageError` while a report still shows what the record covers."""
    shown = [f"evidence: {evidence}"] if evidence else []
    shown += [_clean_report(case, path) for path in reports]
    return "closed; " + "; ".join(shown) if shown else ""


def _clean_report(case: Case, path: str) -> str:
    from reprieve.findings.fingerprint import fingerprints
    from reprieve.findings.reading import read_report
    from reprieve.match.matcher import Matcher
    from reprieve.match.model import Scoped

    if case.record is None:
        raise UsageError(f"{case.id} cannot be read, so nothing says what it covered", where=case.path)
    report = read_report(path)
    record = case.record
    alone = Scoped(case.id, "excepted", record.environment, record.risk, (), record.scope)
    matcher = Matcher([alone], lambda _: record.environment)
    outcomes = matcher.outcomes(report.findings, fingerprints(report.findings))
    still = [f for f, o in zip(report.findings, outcomes, strict=True) if o.disposition == "excepted"]
    if still:
        where = still[0].resource or still[0].path or still[0].image or still[0].package or "?"
        example = f"{still[0].check} on {where}"
        raise UsageError(
            f"the scope of {case.id} still matches {len(still)} findings, such as {example}",
            where=path,
            hint="the fix is not in place everywhere; scan again when it is",
        )
    digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16]
    return f"no finding in scope in {Path(path).name} (sha256 {digest}, {len(report.findings)} findings)"


def _tickets(cases: tuple[Case, ...], identifier: str) -> None:
    for case in cases:
        if case.id == identifier and case.record and case.record.remediation.tickets:
            click.echo("  tickets to close:")
            for ticket in case.record.remediation.tickets:
                click.echo(f"    {ticket}")
            return

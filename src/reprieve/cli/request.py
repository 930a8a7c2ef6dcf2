"""`reprieve request`: asking for an exception."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reprieve.cli.options import Writing, date_of, write_options
from reprieve.cli.steps import clerk_of, report_step
from reprieve.errors import UsageError
from reprieve.record import template
from reprieve.record.model import ESCALATION_CASES, REASONS
from reprieve.words import CHECK_TYPES, ENVIRONMENTS, RISKS, Environment

if TYPE_CHECKING:
    from reprieve.register.writing.clerk import Clerk
    from reprieve.register.writing.request import Asked, Draft


@click.command("request")
@click.option("--file", "file", metavar="FILE", help="A record that you wrote; only its id is given anew.")
@click.option("--from", "report", metavar="REPORT", help="A scanner's report: the scope is what you pick.")
@click.option("--finding", "fingerprints", multiple=True, metavar="FINGERPRINT", help="Picks from --from.")
@click.option("--summary", help="One sentence.")
@click.option("--reason", type=click.Choice(REASONS))
@click.option("--risk", type=click.Choice(RISKS), help="Default with --from: the worst severity picked.")
@click.option(
    "--environment",
    type=click.Choice(ENVIRONMENTS),
    help="Default: by the charter's map of clusters, else production.",
)
@click.option("--owner", help="Team or person who must remove it.")
@click.option("--expires", metavar="DATE", help="Default: the longest that the charter allows.")
@click.option("--target", metavar="DATE", help="Remediation date; default: the end.")
@click.option("--ticket", "tickets", multiple=True, metavar="URL")
@click.option("--type", "type_", type=click.Choice(CHECK_TYPES), help="Scope: check type.")
@click.option("--check", "checks", multiple=True, help="Scope; repeatable, as all that follow.")
@click.option("--cluster", "clusters", multiple=True)
@click.option("--namespace", "namespaces", multiple=True)
@click.option("--resource", "resources", multiple=True, metavar="KIND/NAME")
@click.option("--path", "paths", multiple=True)
@click.option("--image", "images", multiple=True)
@click.option("--repository", "repositories", multiple=True)
@click.option("--package", "packages", multiple=True, metavar="PURL")
@click.option(
    "--control",
    "controls",
    multiple=True,
    metavar="ID:KIND:DESCRIPTION",
    help="KIND: preventive, monitoring.",
)
@click.option("--void", "voids", multiple=True, type=click.Choice(["fix-available", "severity-raised"]))
@click.option("--escalate", "case", type=click.Choice(ESCALATION_CASES), help="For the ciso to decide.")
@click.option("--escalation", help="Why it is escalated; with --escalate.")
@click.option("--justification", help="Prose of the section; the same for the next three.")
@click.option("--risk-assessment")
@click.option("--compensating-controls")
@click.option("--plan")
@click.option("--dry-run", is_flag=True, help="Only show the document, and what is missing.")
@write_options
def request_command(
    dry_run: bool,
    writing: Writing,
    **options: Any,
) -> None:
    """Ask for an exception: a record on a branch of its own, in one commit, ready for a pull request.

    \b
    reprieve request --from trivy.json                  pick failing findings from a list
    reprieve request --from trivy.json --finding 3f2a…  pick without asking
    reprieve request --file draft.md                    from a record that you wrote
    reprieve request --from trivy.json --finding 3f2a… --dry-run > draft.md

    \b
    reprieve request --summary "Billing runs as root until the vendor ships v4." \\
      --reason legacy-system --risk high --owner payments \\
      --check KSV012 --namespace billing --resource 'Deployment/billing-*' \\
      --control 'network-policy:preventive:Only the gateway may reach it.' \\
      --justification … --risk-assessment … --compensating-controls … --plan …

    Asking for what an open request or an active exception covers already answers with that one.
    """
    from reprieve.register.writing.request import request

    clerk = clerk_of(writing)
    draft = _draft(clerk, options, dry_run=dry_run)
    report_asked(clerk, request(clerk, draft, dry_run=dry_run), dry_run=dry_run)


def report_asked(clerk: Clerk, asked: Asked, *, dry_run: bool) -> None:
    """Says what became of a request: the document, what covers it already, or who decides by when."""
    from reprieve.register.writing.clerk import find

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


def _report_problems(clerk: Clerk, asked: Asked) -> None:
    from reprieve.register.writing.request import check

    _, problems = check(clerk, clerk.register(), f"security/exceptions/{asked.id}-draft.md", asked.document)
    for problem in problems:
        hint = f" ({problem.hint})" if problem.hint else ""
        click.echo(click.style("missing: ", fg="yellow") + problem.message + hint, err=True)


def _draft(clerk: Clerk, options: dict[str, Any], *, dry_run: bool) -> Draft:
    from reprieve.register.writing.request import PLACEHOLDER, Draft, from_file

    if options["file"]:
        _refuse_flags_beside_file(options)
        return from_file(_content(options["file"]), options["file"], as_written=True)
    scope, risk, environment = _scope(clerk, options)
    needed = ("summary", "reason", "owner")
    missing = [f"--{name}" for name in needed if not options[name]] + ([] if risk else ["--risk"])
    if missing and not dry_run:
        raise UsageError(f"missing: {', '.join(missing)}", hint="`reprieve request --help` has examples")
    for flag in missing:
        click.echo(
            click.style("missing: ", fg="yellow") + f"{flag} (what stands there is a placeholder)", err=True
        )
    today = dt.date.today()
    return Draft(
        summary=options["summary"] or PLACEHOLDER,
        reason=options["reason"] or "gate-blocked",
        risk=risk or "high",
        environment=options["environment"] or environment,
        owner=options["owner"] or "team",
        scope=scope,
        controls=[_control(text) for text in options["controls"]],
        expires=date_of("--expires", options["expires"], today) if options["expires"] else None,
        target=date_of("--target", options["target"], today) if options["target"] else None,
        tickets=list(options["tickets"]),
        voids=list(options["voids"]),
        escalation=_escalation(options),
        sections={
            heading: options[key] or ""
            for heading, key in zip(
                template.required_sections(renewal=False),
                ("justification", "risk_assessment", "compensating_controls", "plan"),
                strict=True,
            )
        },
    )


_SCOPE_OPTIONS = (
    "checks",
    "clusters",
    "namespaces",
    "resources",
    "paths",
    "images",
    "repositories",
    "packages",
)


def _scope(clerk: Clerk, options: dict[str, Any]) -> tuple[list[dict[str, Any]], str | None, Environment]:
    """The scope, and the risk and environment that go with it."""
    if options["report"]:
        from reprieve.cli.picking import scope_from_report

        if any(options[name] for name in _SCOPE_OPTIONS):
            raise UsageError("--from fills the scope; give no scope options with it")
        scope, worst = scope_from_report(options["report"], options["fingerprints"])
        clusters = {cluster for entry in scope for cluster in entry.get("clusters", [None])}
        return scope, options["risk"] or worst, _environment_of(clerk, clusters, options["environment"])
    entry = {key: list(options[key]) for key in _SCOPE_OPTIONS if options[key]}
    if options["type_"]:
        entry = {"type": options["type_"], **entry}
    if not entry:
        hint = "--from REPORT, --file FILE, or --check with --namespace, --resource, …"
        raise UsageError("no scope", hint=hint)
    return [entry], options["risk"], "production"


def _environment_of(clerk: Clerk, clusters: set[str | None], given: Environment | None) -> Environment:
    """Of what was picked, by the charter's map. Errors: `UsageError` when that is more than one."""
    if given:
        return given
    charter = clerk.register().snapshot.charter
    found = sorted({charter.environment_of(cluster) for cluster in clusters})
    if len(found) > 1:
        raise UsageError(
            f"what was picked is in {' and '.join(found)}", hint="one request for each environment"
        )
    return found[0]


def _escalation(options: dict[str, Any]) -> dict[str, str] | None:
    if not options["case"]:
        return None
    if not options["escalation"]:
        raise UsageError("an escalation needs a reason", hint="--escalation 'why it cannot wait'")
    return {"case": options["case"], "reason": options["escalation"]}


def _refuse_flags_beside_file(options: dict[str, Any]) -> None:
    given = [name for name, value in options.items() if value and name != "file"]
    if given:
        names = ", ".join("--" + name.rstrip("_").replace("_", "-") for name in given)
        raise UsageError(f"{names}: not together with --file", hint="the file says all of it; edit it there")


def _control(text: str) -> dict[str, Any]:
    parts = text.split(":", 2)
    if len(parts) != 3 or parts[1] not in {"preventive", "monitoring"}:
        raise UsageError(
            f"--control: expected ID:KIND:DESCRIPTION, got {text!r}",
            hint="KIND is preventive or monitoring: 'network-policy:preventive:Only the gateway reaches it.'",
        )
    return {"id": parts[0].strip(), "kind": parts[1], "description": parts[2].strip()}


def _content(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read it: {error.strerror}", where=name) from None

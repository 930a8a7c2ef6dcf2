"""`reprieve request`: asking for an exception."""

from __future__ import annotations

from typing import Any

import click

from reprieve.cli.options import Writing, write_options
from reprieve.cli.steps import clerk_of
from reprieve.record.model import ESCALATION_CASES, REASONS
from reprieve.words import CHECK_TYPES, ENVIRONMENTS, RISKS


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
    from reprieve.cli.asked import report_asked
    from reprieve.cli.drafting import draft_of
    from reprieve.register.writing.request import request

    clerk = clerk_of(writing)
    draft = draft_of(clerk, options, dry_run=dry_run)
    report_asked(clerk, request(clerk, draft, dry_run=dry_run), dry_run=dry_run)

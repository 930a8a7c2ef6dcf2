"""From the options of `reprieve request` to a draft: flags, a file, or findings of a report."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from reprieve.cli.options import date_of
from reprieve.errors import UsageError
from reprieve.match.model import Scoped
from reprieve.record import template
from reprieve.record.model import ScopeEntry, Void
from reprieve.register.writing.clerk import Clerk
from reprieve.register.writing.request import PLACEHOLDER, Draft, from_file
from reprieve.words import Environment, Risk

if TYPE_CHECKING:
    from reprieve.cli.picking import Picked


def draft_of(clerk: Clerk, options: dict[str, Any], *, dry_run: bool) -> Draft:
    """What the options of `request` ask for. Errors: `UsageError` when something is missing or too much."""
    if options["file"]:
        _refuse_flags_beside_file(options)
        return from_file(_content(options["file"]), options["file"], as_written=True)
    picked = _picked(options)
    scope, risk, environment = _scope(clerk, options, picked)
    needed = ("summary", "reason", "owner")
    missing = [f"--{name}" for name in needed if not options[name]] + ([] if risk else ["--risk"])
    if missing and not dry_run:
        raise UsageError(f"missing: {', '.join(missing)}", hint="`reprieve request --help` has examples")
    for flag in missing:
        click.echo(
            click.style("missing: ", fg="yellow") + f"{flag} (what stands there is a placeholder)", err=True
        )
    today = dt.date.today()
    draft = Draft(
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
    return draft if picked is None else msgspec.structs.replace(draft, covers=_covered(draft, picked))


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


def _picked(options: dict[str, Any]) -> Picked | None:
    """From the report, where there is one. Errors: `UsageError`."""
    if not options["report"]:
        return None
    from reprieve.cli.picking import scope_from_report

    if any(options[name] for name in _SCOPE_OPTIONS):
        raise UsageError("--from fills the scope; give no scope options with it")
    return scope_from_report(options["report"], options["fingerprints"])


def _covered(draft: Draft, picked: Picked) -> int:
    """How many findings of the report the draft would silence."""
    from reprieve.standing.radius import blast

    scope = msgspec.convert(draft.scope, tuple[ScopeEntry, ...])
    wanted = msgspec.convert((draft.risk, tuple(draft.voids)), tuple[Risk, tuple[Void, ...]])
    alone = Scoped("", "excepted", "production", *wanted, scope)
    return blast(alone, picked.findings, picked.fingerprints).findings


def _scope(
    clerk: Clerk, options: dict[str, Any], picked: Picked | None
) -> tuple[list[dict[str, Any]], str | None, Environment]:
    """The scope, and the risk and environment that go with it."""
    if picked is not None:
        clusters = {cluster for entry in picked.scope for cluster in entry.get("clusters", [None])}
        environment = _environment_of(clerk, clusters, options["environment"])
        return picked.scope, options["risk"] or picked.worst, environment
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

"""What the formats for people say in the same words."""

from __future__ import annotations

import datetime as dt

from reprieve.auditor.entries import Entry, Signed
from reprieve.record.model import SCOPE_KEYS, Control, ScopeEntry
from reprieve.record.scope import values_of
from reprieve.report.text import amount


def minute(moment: dt.datetime | None) -> str:
    """`2026-11-23 17:00 UTC`; empty for none."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC" if moment else ""


def scope_words(part: ScopeEntry) -> str:
    """`misconfiguration; checks KSV012, KSV001; namespaces billing`."""
    keys = [f"{key} {', '.join(values)}" for key in SCOPE_KEYS if (values := values_of(part, key))]
    return "; ".join([part.type or "any type", *keys])


def control_words(control: Control) -> str:
    """`network-policy (preventive): Only the gateway may reach it. Implemented on 2026-11-05, https://…`."""
    proof = f"evidence: {control.evidence}" if control.evidence else "no evidence named"
    done = f"Implemented on {control.implemented}, {proof}" if control.implemented else "NOT IMPLEMENTED"
    return f"{control.id} ({control.kind}): {control.description} {done}"


def decision_words(decision: Signed) -> str:
    """`2026-11-05 10:00 UTC approve by carol@example.com as ciso (signed)`, and whether it counts."""
    said = f"{minute(decision.at)} {decision.verdict} by {decision.person} as {decision.role or 'nobody'}"
    note = f": {decision.note}" if decision.note else ""
    lost = "" if decision.counts else f" [does not count: {decision.why_not}]"
    return f"{said} ({decision.trust}), commit {decision.commit[:10]}{note}{lost}"


def days_words(entry: Entry) -> str:
    """`in 12 days`, `today`, `3 days ago`; empty for what has ended otherwise."""
    days = entry.days_left
    if days is None:
        return ""
    if days < 0:
        return f"{amount(-days, 'day')} ago"
    return f"in {amount(days, 'day')}" if days else "today"


def status_words(entry: Entry) -> str:
    """`active (expiring)`."""
    return f"{entry.status} (expiring)" if entry.expiring else entry.status

"""Every operation of the API, with what to send it, so that each is tried for every rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.console.desk import Console
from tests.support import today, trivy_report

if TYPE_CHECKING:
    from django.test import Client

ROOT = "/api/v1"
DRAFT: dict[str, Any] = {
    "summary": "Legacy shop runs as root.",
    "reason": "legacy-system",
    "risk": "medium",
    "owner": "shop",
    "scope": [{"type": "misconfiguration", "checks": ["KSV012"], "namespaces": ["shop"]}],
    "controls": [{"id": "policy", "kind": "preventive", "description": "Only the gateway gets in."}],
    "justification": "The vendor ships it so.",
    "risk_assessment": "Contained.",
    "compensating_controls": "A network policy.",
    "remediation_plan": "Version 4.",
}


class Call(NamedTuple):
    """One operation."""

    method: str
    path: str
    """`{id}` is an exception's."""
    scope: str
    status: int = 200
    body: Any = None
    role: str | None = None
    """Who may; None for anybody."""
    state: str = "active"
    """What the exception has to be: active, requested, asked, approved."""


CALLS = {
    "me": Call("get", "/me", "read"),
    "list": Call("get", "/exceptions", "read"),
    "one": Call("get", "/exceptions/{id}", "read"),
    "findings": Call("get", "/findings", "read"),
    "audit": Call("get", "/audit", "read"),
    "queue": Call("get", "/reviews", "read"),
    "agenda": Call("get", "/reviews/weekly", "read"),
    "preview": Call("post", "/exceptions/preview", "read", 200, {"scope": DRAFT["scope"], "risk": "high"}),
    "gate": Call("post", "/gate", "gate", 200, trivy_report()),
    "upload": Call("post", "/scans?name=trivy.json", "upload", 200, trivy_report()),
    "scans": Call("get", "/scans", "read"),
    "overview": Call("get", "/overview", "read"),
    "checks": Call("get", "/checks", "read"),
    "compliance": Call("get", "/compliance?framework=pss-restricted", "read"),
    "as-of": Call("get", f"/as-of?date={today()}", "read"),
    "create": Call("post", "/exceptions", "request", 201, DRAFT),
    "approve": Call(
        "post",
        "/exceptions/{id}/decisions",
        "decide",
        201,
        {"verdict": "approve"},
        "security-team",
        "requested",
    ),
    "deny": Call(
        "post",
        "/exceptions/{id}/decisions",
        "decide",
        201,
        {"verdict": "deny", "text": "No."},
        "security-team",
        "requested",
    ),
    "ask": Call(
        "post",
        "/exceptions/{id}/decisions",
        "decide",
        201,
        {"verdict": "ask", "text": "Why?"},
        "security-team",
        "requested",
    ),
    "answer": Call("post", "/exceptions/{id}/answers", "request", 201, {"text": "Because."}, None, "asked"),
    "merge": Call("post", "/exceptions/{id}/merge", "decide", 201, None, "security-team", "approved"),
    "control": Call(
        "post", "/exceptions/{id}/controls", "maintain", 201, {"control": "network-policy", "evidence": "x"}
    ),
    "progress": Call("post", "/exceptions/{id}/progress", "maintain", 201, {"note": "v4 in staging"}),
    "incident": Call(
        "post", "/exceptions/{id}/incidents", "maintain", 201, {"summary": "Scan", "date": str(today())}
    ),
    "renew": Call(
        "post",
        "/exceptions/{id}/renewals",
        "request",
        201,
        {"why": "The vendor slipped.", "plan": "Version 4."},
    ),
    "escalate": Call(
        "post",
        "/exceptions/{id}/escalation",
        "request",
        201,
        {"case": "team-disagrees", "reason": "Payments stop."},
        None,
        "requested",
    ),
    "revoke": Call(
        "post", "/exceptions/{id}/revocation", "decide", 201, {"reason": "Bypassed."}, "security-team"
    ),
    "close": Call("post", "/exceptions/{id}/closure", "maintain", 201, {"reason": "not-needed"}),
    "record": Call("post", "/reviews/weekly", "decide", 201, None, "security-team"),
}
WRITING = [name for name, call in CALLS.items() if call.status == 201]
DECIDING = [name for name in WRITING if CALLS[name].role]


def ready(console: Console, call: Call) -> str:
    """An exception on which the call can be made."""
    office = console.office
    if "{id}" not in call.path:
        identifier = "EXC-001"
    elif call.state == "active":
        identifier = office.active()
    else:
        identifier = office.request(risk="medium")
    if call.state == "asked":
        office.desk("security-team").ok("decide", identifier, "ask", "--question", "Who?")
    if call.state == "approved":
        office.desk("security-team").ok("decide", identifier, "approve", "--no-merge")
    console.sync()
    return identifier


def send(client: Client, call: Call, identifier: str, **more: Any) -> Any:
    """Makes the call."""
    body = call.body
    if isinstance(body, dict) and "verdict" in body:
        body = {"terms": terms(identifier), **body}
    data = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    kind = "application/octet-stream" if isinstance(body, str) else "application/json"
    path = ROOT + call.path.format(id=identifier)
    if call.method == "get":
        return client.get(path, **more)
    return client.generic(call.method.upper(), path, data, content_type=kind, **more)


def terms(identifier: str) -> str:
    """The digest of what is asked for."""
    from reprieve.console.api.exceptions import number_in
    from reprieve.console.opened import opened

    merged, proposed = opened().snapshot.find(number_in(identifier))
    case = proposed[0] if proposed else merged
    assert case is not None and case.digest is not None
    return case.digest

"""Complete requests to start from, and what became of them."""

from __future__ import annotations

from reprieve.record.document import Document, parse
from tests.support import FOLDER, PROSE, Office, git

PROSE_FLAGS = {
    "--justification": PROSE["Justification"],
    "--risk-assessment": PROSE["Risk assessment"],
    "--compensating-controls": PROSE["Compensating controls"],
    "--plan": PROSE["Remediation plan"],
}
_FLAGS = {
    "--summary": "Billing runs as root until the vendor ships v4.",
    "--reason": "legacy-system",
    "--risk": "medium",
    "--owner": "payments",
    "--control": "network-policy:preventive:Only the gateway may reach it.",
    **PROSE_FLAGS,
}
_SCOPE = {"--check": "KSV012", "--namespace": "billing", "--resource": "Deployment/billing-*"}


def flags(**changes: str | None) -> list[str]:
    """Complete flags, some of them changed (`owner="web"`) or left out (`owner=None`)."""
    chosen: dict[str, str | None] = {**_FLAGS, **_SCOPE}
    chosen |= {f"--{key.replace('_', '-')}": value for key, value in changes.items()}
    return [part for key, value in chosen.items() if value is not None for part in (key, value)]


def without_scope(**changes: str | None) -> list[str]:
    """The same without scope flags, for `--from`."""
    return flags(check=None, namespace=None, resource=None, **changes)


def document(office: Office, identifier: str = "EXC-001", branch: str | None = None) -> Document:
    """The record as its branch at the remote holds it."""
    name = branch or f"exception/{identifier}"
    listing = git(office.remote, "ls-tree", "-r", "--name-only", name, FOLDER)
    (path,) = [line for line in listing.splitlines() if f"/{identifier}-" in line]
    parsed = parse(path, git(office.remote, "show", f"{name}:{path}").encode() + b"\n")
    assert isinstance(parsed, Document), parsed
    return parsed


def write(office: Office, text: str | bytes, name: str = "draft.md") -> str:
    """A file that somebody has at hand; gives its name."""
    path = office.root / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)

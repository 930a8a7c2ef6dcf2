"""The console's own SSH key: its public part, and whether the register knows it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import subprocess
from pathlib import Path

import msgspec

from reprieve.console.config import Config
from reprieve.record.charter import Charter
from reprieve.register.git import GitError
from reprieve.register.layout import CHARTER, SIGNERS
from reprieve.register.register import Register


class OwnKey(msgspec.Struct, frozen=True):
    """What the page Settings shows of it, and the lines that make its signatures count."""

    path: str
    public: str
    """Type and key; empty when it cannot be read."""
    fingerprint: str
    """As ssh-keygen(1) shows it: `SHA256:…`."""
    is_signer: bool
    """Whether `allowed_signers` on the protected branch holds it for the console's address."""
    is_recorder: bool
    """Whether the charter in force lists that address among its `recorders`."""
    signers_line: str
    charter_line: str
    problem: str = ""

    signers_path = SIGNERS
    charter_path = CHARTER


def own_key(settings: Config, register: Register | None, charter: Charter) -> OwnKey | None:
    """The key that the console signs with; None when it has none.

    Args:
        settings: of the console.
        register: to look into; None when it cannot be opened.
        charter: the one in force.
    """
    if settings.signing_key is None:
        return None
    public, problem = _public_part(settings.signing_key)
    return OwnKey(
        path=settings.signing_key,
        public=public,
        fingerprint=_fingerprint(public),
        is_signer=bool(public) and register is not None and _listed(register, settings.email, public),
        is_recorder=charter.is_recorder(settings.email),
        signers_line=f'{settings.email} namespaces="git" {public}' if public else "",
        charter_line=f"recorders: [{', '.join((*charter.recorders, settings.email))}]",
        problem=problem,
    )


def _public_part(path: str) -> tuple[str, str]:
    """Type and key of a key's public part, and why there is none. Only ssh-keygen reads the private one."""
    beside = Path(path if path.endswith(".pub") else f"{path}.pub")
    fields = beside.read_text(encoding="ascii", errors="replace").split() if beside.is_file() else []
    if len(fields) >= 2 and fields[0].startswith(("ssh-", "ecdsa-", "sk-")):
        return f"{fields[0]} {fields[1]}", ""
    try:
        done = subprocess.run(
            ["ssh-keygen", "-y", "-P", "", "-f", path],
            capture_output=True,
            text=True,
            check=False,
            timeout=10,
        )
    except OSError as error:
        return "", f"ssh-keygen cannot be run: {error.strerror}"
    if done.returncode:
        return "", done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "ssh-keygen failed"
    fields = done.stdout.split()
    return f"{fields[0]} {fields[1]}", ""


def _fingerprint(public: str) -> str:
    try:
        blob = base64.b64decode(public.split()[1], validate=True)
    except (IndexError, binascii.Error):
        return ""
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def _listed(register: Register, email: str, public: str) -> bool:
    """Whether a line of `allowed_signers` gives this key to this address alone."""
    try:
        text = register.git.run("cat-file", "blob", f"{register.commit}:{SIGNERS}").decode("utf-8", "replace")
    except GitError:
        return False
    lines = (line.split() for line in text.splitlines() if not line.lstrip().startswith("#"))
    return any(
        fields and fields[0].strip('"').lower() == email.lower() and public.split()[1] in fields
        for fields in lines
    )

"""Who signed a commit: git verifies, with nothing of the user's configuration (design section 4, rule 6).

Only SSH signatures count. The programs for OpenPGP and X.509 are replaced by one that always fails, so
that such a signature is "cannot be checked", whatever a key ring says.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from reprieve import progress
from reprieve.errors import RegisterError
from reprieve.register.git import Git

_STATES: dict[str, Literal["good", "unknown", "bad", "none"]] = {"G": "good", "N": "none", "B": "bad"}
_BATCH = 64
"""Commits that one process of git verifies: about a second of work, so that it can be followed."""


class Signature(msgspec.Struct, frozen=True):
    """`good` with the principal that `allowed_signers` gives; `unknown` for a key or kind that it does not
    list; `bad` for one that does not fit the commit; `none`."""

    state: Literal["good", "unknown", "bad", "none"]
    principal: str = ""


def verify(git: Git, commits: Iterable[str], signers: bytes) -> dict[str, Signature]:
    """The signature of each commit, judged by the content of one `allowed_signers` file."""
    asked = list(commits)
    if not asked:
        return {}
    if shutil.which("ssh-keygen") is None:
        raise RegisterError(
            "signatures cannot be verified: ssh-keygen is not installed", hint="install OpenSSH's client"
        )
    with tempfile.TemporaryDirectory(prefix="reprieve-") as folder:
        allowed = Path(folder, "allowed_signers")
        allowed.write_bytes(signers)
        config = (
            f"gpg.ssh.allowedSignersFile={allowed}",
            "gpg.ssh.program=ssh-keygen",
            "gpg.ssh.revocationFile=",
            "gpg.program=false",
            "gpg.openpgp.program=false",
            "gpg.x509.program=false",
            "gpg.minTrustLevel=fully",
        )
        found: dict[str, Signature] = {}
        with progress.task("Verifying signatures", len(asked), "commits") as advance:
            for start in range(0, len(asked), _BATCH):
                batch = asked[start : start + _BATCH]
                found |= _verified(git, batch, config)
                advance(len(batch))
    return found


def _verified(git: Git, commits: Iterable[str], config: Iterable[str]) -> dict[str, Signature]:
    stdin = "".join(f"{commit}\n" for commit in commits).encode()
    form = "--format=%H%x00%G?%x00%GS"
    out = git.run("log", "-z", "--no-walk=unsorted", form, "--stdin", stdin=stdin, config=config)
    fields = out.decode("utf-8", "replace").removesuffix("\0").split("\0")
    return {
        fields[at]: Signature(_STATES.get(fields[at + 1], "unknown"), fields[at + 2].strip().lower())
        for at in range(0, len(fields), 3)
    }


class Verifier:
    """Verifies each commit once per `allowed_signers`, many in one go, and remembers across runs.

    `ssh-keygen` is started twice for a signature, some 10 ms; an object id and the keys it was judged by
    settle the answer for good, so it is kept in the user's cache.
    """

    def __init__(self, git: Git, folder: Path) -> None:
        self._git = git
        self._folder = folder / "signatures"
        self._expected: set[str] = set()
        self._known: dict[bytes, dict[str, Signature]] = {}
        self._new: set[bytes] = set()

    def expect(self, commits: Iterable[str]) -> None:
        """Commits that are signed and likely to be asked about: verified together with the first."""
        self._expected = set(commits)

    def verify(self, commit: str, signers: bytes) -> Signature:
        """The signature of a commit, by the content of an `allowed_signers` file."""
        if not signers.strip():
            return Signature("unknown")  # no key is listed: nothing can be known, or contradicted
        known = self._known.setdefault(signers, self._load(signers))
        if commit not in known and commit not in self._expected and not self._is_ssh(commit):
            return Signature("unknown")  # git would stumble over nonsense, and nothing else counts
        if commit not in known:
            known |= verify(self._git, {commit, *self._expected} - known.keys(), signers)
            self._new.add(signers)
        return known[commit]

    def _is_ssh(self, commit: str) -> bool:
        return read_messages(self._git, [commit])[commit].signature == "ssh"

    def keep(self) -> None:
        """Writes what was found out; a cache that cannot be written is no reason to fail."""
        for signers in self._new:
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                path = self._path(signers)
                draft = path.with_suffix(f".{os.getpid()}")
                draft.write_bytes(msgspec.msgpack.encode(self._known[signers]))
                draft.replace(path)

    def _load(self, signers: bytes) -> dict[str, Signature]:
        try:
            return msgspec.msgpack.decode(self._path(signers).read_bytes(), type=dict[str, Signature])
        except (OSError, ValueError, msgspec.DecodeError):
            return {}

    def _path(self, signers: bytes) -> Path:
        return self._folder / f"{hashlib.sha256(signers).hexdigest()[:40]}.msgpack"


class Messages(msgspec.Struct, frozen=True):
    """What the raw object of a commit says beyond its log line."""

    body: str
    signature: Literal["ssh", "other", "none"]
    """`other` is OpenPGP, X.509, more than one, or nonsense: nothing that counts."""


def read_messages(git: Git, commits: Iterable[str]) -> dict[str, Messages]:
    """Prose of the message (without subject and trailers), and whether there is any signature at all."""
    asked = list(dict.fromkeys(commits))
    if not asked:
        return {}
    raw = git.objects(asked)
    found = {}
    for commit in asked:
        header, _, message = raw[commit].partition(b"\n\n")
        paragraphs = message.decode("utf-8", "replace").strip().split("\n\n")[1:]
        prose = [text for text in paragraphs if not text.startswith("Reprieve-")]
        found[commit] = Messages("\n\n".join(prose).strip(), _scheme(header))
    return found


def _scheme(header: bytes) -> Literal["ssh", "other", "none"]:
    found = re.findall(rb"^gpgsig(?:-sha256)?(?: (.*))?$", header, re.MULTILINE)
    if not found:
        return "none"
    return "ssh" if found == [b"-----BEGIN SSH SIGNATURE-----"] else "other"

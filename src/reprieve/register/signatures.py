"""Who signed a commit: git verifies, with nothing of the user's configuration (design section 4, rule 6).

Only SSH signatures count. The programs for OpenPGP and X.509 are replaced by one that always fails, so
that such a signature is "cannot be checked", whatever a key ring says.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from reprieve.register.git import Git

_STATES: dict[str, Literal["good", "unknown", "bad", "none"]] = {"G": "good", "N": "none", "B": "bad"}


class Signature(msgspec.Struct, frozen=True):
    """`good` with the principal that `allowed_signers` gives; `unknown` for a key or kind that it does not
    list; `bad` for one that does not fit the commit; `none`."""

    state: Literal["good", "unknown", "bad", "none"]
    principal: str = ""


UNSIGNED = Signature("none")


def verify(git: Git, commits: Iterable[str], signers: bytes) -> dict[str, Signature]:
    """The signature of each commit, judged by the content of one `allowed_signers` file."""
    asked = list(commits)
    if not asked:
        return {}
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
        stdin = "".join(f"{commit}\n" for commit in asked).encode()
        form = "--format=%H%x00%G?%x00%GS"
        out = git.run("log", "-z", "--no-walk=unsorted", form, "--stdin", stdin=stdin, config=config)
    fields = out.decode("utf-8", "replace").removesuffix("\0").split("\0")
    return {
        fields[at]: Signature(_STATES.get(fields[at + 1], "unknown"), fields[at + 2].strip().lower())
        for at in range(0, len(fields), 3)
    }


class Messages(msgspec.Struct, frozen=True):
    """What the raw object of a commit says beyond its log line."""

    body: str
    signed: bool


def read_messages(git: Git, commits: Iterable[str]) -> dict[str, Messages]:
    """Prose of the message (without subject and trailers), and whether there is any signature at all."""
    asked = list(dict.fromkeys(commits))
    if not asked:
        return {}
    raw = git.objects(asked)
    found = {}
    for commit in asked:
        header, _, message = raw[commit].partition(b"\n\n")
        signed = b"\ngpgsig " in header or b"\ngpgsig-sha256 " in header
        paragraphs = message.decode("utf-8", "replace").strip().split("\n\n")[1:]
        prose = [text for text in paragraphs if not text.startswith("Reprieve-")]
        found[commit] = Messages("\n\n".join(prose).strip(), signed)
    return found

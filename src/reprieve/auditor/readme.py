"""The README of an archive: what is in it, and how to verify it with tools that are not ours.

The lines of shell in it are run by a test, from the archive alone.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reprieve.auditor.entries import Entry
from reprieve.auditor.words import minute, status_words
from reprieve.register.snapshot import Ruling
from reprieve.report.document import markdown_table, words
from reprieve.report.text import amount

if TYPE_CHECKING:
    from reprieve.auditor.pack import Proof


class Facts(NamedTuple):
    """What the README says beside the exception and its decisions."""

    commit: str
    """Of the register."""
    now: dt.datetime
    ruling: Ruling
    commits: int
    has_terms: bool
    has_charter: bool
    """False where the charter holds a key that must not leave the register."""


def readme(entry: Entry, proofs: Sequence[Proof], facts: Facts) -> bytes:
    """The document."""
    return ("\n".join(_lines(entry, proofs, facts)) + "\n").encode()


def _lines(entry: Entry, proofs: Sequence[Proof], facts: Facts) -> Iterator[str]:
    yield f"# {words(entry.id)}: {words(entry.summary or 'a record that cannot be read')}"
    yield ""
    yield f"Status on {minute(facts.now)}: **{status_words(entry)}**. Register at commit `{facts.commit}`."
    yield f"Judged by the charter `{facts.ruling.digest}`, in force since {minute(facts.ruling.since)}."
    yield from ("", "## Decisions", "")
    yield from _decisions(proofs)
    yield from ("", "## What is here", "")
    yield from _CONTENTS
    yield from ("", "## How to verify it", "")
    yield from _steps(entry, proofs, facts)
    yield from ("", "## What this does not prove", "")
    yield from _LIMITS
    yield ""
    yield f"    git merge-base --is-ancestor COMMIT {facts.commit}"


def _decisions(proofs: Sequence[Proof]) -> Iterator[str]:
    if not proofs:
        yield "None."
        return
    rows = [
        (
            minute(proof.at),
            proof.verdict,
            words(proof.person),
            words(proof.role),
            f"{proof.signature} {words(proof.principal)}".strip(),
            "yes" if proof.counts else words(f"no: {proof.why_not}"),
            f"`{proof.commit}`",
        )
        for proof in proofs
    ]
    yield from markdown_table(("when", "what", "who", "as", "signature", "counts", "commit"), rows)


_CONTENTS = (
    "- `record.md`: the record as it is at that date; `versions/`: as it was at each version of its terms.",
    "- `terms/`: what each digest of terms is made of; the name of the file is the digest.",
    "- `exception.json`, `decisions.json`, `history.json`: where it stands, who decided, what happened.",
    "- `evidence.json`: compensating controls with their evidence, tickets, progress, incidents.",
    "- `findings.json`: what its scope covers in the reports that were given; only when some were.",
    "- `charter/`: the rules and the keys that judge it.",
    "- `commits/`: every commit about it, as git has it; `.payload` is what was signed, `.sig` by which.",
    "- `objects/`: the trees and files of these commits that lead to the record. Trees also name the other",
    "  files of their folders, with digests of what is in them.",
    "- `SHA256SUMS`: digests of all files.",
)

_LIMITS = (
    "That these commits are part of the protected branch of the register, and that nothing was left out of",
    "the history: only the register can say that. Of each commit here, this must hold in a clone of it:",
)


def _steps(entry: Entry, proofs: Sequence[Proof], facts: Facts) -> Iterator[str]:
    sha256 = " --object-format=sha256" if len(facts.commit) == 64 else ""
    yield "With `sha256sum`, `git` and `ssh-keygen`, in this folder. Every line must succeed."
    yield ""
    yield "No file was changed since the archive was made:"
    yield from _shell("sha256sum --check --quiet SHA256SUMS")
    if facts.has_terms:
        yield "Each digest of terms is that of the terms beside it:"
        yield from _shell(_each("terms/*.txt", 'sha256sum < "$file" | cut -c 1-64', ".txt"))
    yield from _charter(facts)
    yield f"The objects have the ids that git gives them ({amount(facts.commits, 'commit')}):"
    yield from _shell(
        f'git init --quiet --template="$(mktemp -d)"{sha256} repository',
        *(
            _each(f"*/*.{kind}", f'git -C repository hash-object -w -t {kind} "$PWD/$file"', f".{kind}")
            for kind in ("blob", "tree", "commit")
        ),
    )
    yield "The record, and each version of its terms, is in the tree of one of these commits:"
    yield from _shell(_IN_A_TREE)
    deciding = [proof for proof in proofs if proof.counts]
    if deciding:
        yield "Each decision that counts names the terms, and its own tree holds the record:"
        for proof in deciding:
            yield from _shell(
                f"git -C repository cat-file commit {proof.commit} |"
                f" grep -qx 'Reprieve-Terms: {proof.terms}'",
                f"git -C repository ls-tree -r --name-only {proof.commit} security/exceptions |"
                f" grep -q '/{entry.id}-'",
            )
    good = [proof for proof in proofs if proof.signature == "good"]
    if good:
        yield "The signatures are those of the keys that the register lists, by git and by OpenSSH:"
        for proof in good:
            yield from _shell(
                'git -C repository -c gpg.ssh.allowedSignersFile="$PWD/charter/allowed_signers"'
                f" verify-commit {proof.commit}",
                f"ssh-keygen -Y verify -f charter/allowed_signers -I {shlex.quote(proof.principal)} -n git"
                f" -s commits/{proof.commit}.sig < commits/{proof.commit}.payload",
            )
    else:
        yield "No decision carries a signature of a key that the register lists: the authors of the commits"
        yield "are names that somebody wrote."


_IN_A_TREE = (
    '(for file in record.md versions/*.md; do test ! -e "$file" || for commit in commits/*.commit; do'
    ' git -C repository ls-tree -r "$(basename "$commit" .commit)" security/exceptions 2>/dev/null; done |'
    ' grep -q "$(git -C repository hash-object "$PWD/$file")" || exit 1; done)'
)


def _charter(facts: Facts) -> Iterator[str]:
    digest = facts.ruling.digest.removeprefix("sha256:")
    files = "charter/charter.yaml charter/allowed_signers"
    if not facts.has_charter:
        yield "The charter holds a key that stays in the register, so that it is not here whole; in a clone,"
        yield f"`git show {facts.ruling.commit}:security/exceptions/charter.yaml` shows it, and its digest is"
        yield f"`{facts.ruling.digest}`, as `reprieve charter` says."
        yield ""
        return
    yield "The charter is the one whose digest judges:"
    yield from _shell(
        "{ printf 'reprieve-charter-v1\\n'; for file in " + files + "; do"
        ' printf \'%d\\n\' "$(wc -c < "$file")"; cat "$file"; done; } |'
        f" sha256sum | grep -q '^{digest} '"
    )


def _each(files: str, command: str, suffix: str) -> str:
    """A line that holds what a command says of each file against the file's name."""
    test = f'test "$({command})" = "$(basename "$file" {suffix})"'
    return f'(for file in {files}; do test ! -e "$file" || {test} || exit 1; done)'


def _shell(*lines: str) -> Iterator[str]:
    yield from ("", "```sh", *lines, "```", "")
